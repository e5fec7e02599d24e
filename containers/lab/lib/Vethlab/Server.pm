# Takes requests on a unix socket: one connection is one request, its first frame says which (verb, arguments).
# Knows connections; the verbs are given to it.
package Vethlab::Server;
use strict;
use Vethlab::Frames;
use Vethlab::Loop;

sub EAGAIN () { 11 }
sub AF_UNIX () { 1 }
sub SOCK_STREAM () { 1 }
sub BUFFERED_BYTES () { 256 * 1024 }

# VERBS: name => sub (connection, arguments…).
sub listen_on {
    my ($loop, $path, $verbs) = @_;
    unlink $path;
    socket my $listener, AF_UNIX, SOCK_STREAM, 0 or die "socket: $!\n";
    bind $listener, pack 'S a*', AF_UNIX, $path or die "bind $path: $!\n";
    listen $listener, 64 or die "listen $path: $!\n";
    Vethlab::Loop::nonblocking($listener);
    $loop->on_readable($listener, sub {
        while (accept my $handle, $listener) {
            Vethlab::Loop::nonblocking($handle);
            my $self = bless { loop => $loop, handle => $handle, in => '', out => '', verbs => $verbs }, __PACKAGE__;
            $loop->on_readable($handle, sub { $self->receive });
        }
    });
    return $listener;
}

sub receive {
    my ($self) = @_;
    my $count = sysread $self->{handle}, $self->{in}, 65536, length $self->{in};
    return if !defined $count && $! == EAGAIN;
    return $self->close unless $count;
    eval {
        while (!$self->{closed} && (my $fields = Vethlab::Frames::take(\$self->{in}))) {
            if (my $on_frame = $self->{on_frame}) { $on_frame->(@$fields); next }
            my ($verb, @arguments) = @$fields;
            $self->{on_frame} = sub { };
            my $run = $self->{verbs}{$verb} or die "no request is called $verb\n";
            $run->($self, @arguments);
        }
        1;
    } or do { chomp(my $error = $@); $self->send('failed', $error); $self->finish };
}

sub send {
    my ($self, @fields) = @_;
    return if $self->{closed};
    $self->{out} .= Vethlab::Frames::encode(@fields);
    $self->flush;
}

sub flush {
    my ($self) = @_;
    while (length $self->{out}) {
        my $count = syswrite $self->{handle}, $self->{out}, 65536;
        if (!defined $count) {
            return $self->close unless $! == EAGAIN;
            $self->{loop}->on_writable($self->{handle}, sub { $self->flush });
            return;
        }
        substr($self->{out}, 0, $count) = '';
    }
    $self->{loop}->not_writable($self->{handle});
    return $self->close if $self->{finishing};
    $self->{on_drain}->() if $self->{on_drain};
}

# True while the other side does not keep up; on_drain is called when it has.
sub is_full { length $_[0]{out} > BUFFERED_BYTES }

# Closes when all is written.
sub finish {
    my ($self) = @_;
    $self->{finishing} = 1;
    $self->flush unless $self->{closed};
}

sub close {
    my ($self) = @_;
    return if $self->{closed}++;
    $self->{loop}->not_readable($self->{handle});
    $self->{loop}->not_writable($self->{handle});
    close $self->{handle};
    $self->{on_close}->() if $self->{on_close};
    delete @$self{qw(on_close on_frame on_drain)};
}

1;
