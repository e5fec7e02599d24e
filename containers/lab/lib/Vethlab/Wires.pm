# The wires of a sandbox: links with a forwarder (wire/wire.py) in the middle, whose ports are in the network namespace of the
# agent, where nobody in the lab can see or change them. Runs in the platform agent, so that wires outlive the server.
# Loaded with the first wire. Knows ports and what the forwarder is told of them; why is the server's.
package Vethlab::Wires;
use strict;
use Vethlab::Context;
use Vethlab::Job;
use Vethlab::Kernel;
use Vethlab::Loop;
use Vethlab::Netlink;

sub CAP_NET_ADMIN () { 12 }
sub CAP_NET_RAW () { 13 }
sub RESTART_SECONDS () { 0.2 }
my $forwarder = '/run/vethlab/lib/wire/wire.py';

sub new {
    my ($class, $loop) = @_;
    return bless { loop => $loop, orders => {}, waiting => [], words => '' }, $class;
}

# Adds links by lines of `ip -batch`, in which `@` is this namespace.
sub make {
    my ($self, @lines) = @_;
    # The ports must not speak: no neighbour or router of the lab may hear of them.
    if (open my $file, '>:unix', '/run/vethlab/proc/sys/net/ipv6/conf/default/disable_ipv6') {
        syswrite $file, "1\n" or die "disable_ipv6: $!\n";
    }
    my @refused = Vethlab::Netlink::carry_out(map { s/netns \@ /netns $$ /r } @lines);
    die "links\n$refused[0]\nthe kernel refused it\n" if @refused;
}

# Tells the forwarder a line of JSON for each wire; on_done gets the reason when it refused one, and an empty text otherwise.
sub tell {
    my ($self, $on_done, %orders) = @_;
    $self->{orders}{$_} = $orders{$_} for keys %orders;
    my $left = keys %orders;
    my $why = '';
    my $on_answer = sub {
        $why ||= $_[0] eq 'ok' ? '' : $_[0];
        $on_done->($why) unless --$left;
    };
    # One that is being started is told everything.
    if ($self->{pid}) { $self->order($orders{$_}, $on_answer) for sort keys %orders }
    else              { $self->launch($on_answer, %orders) }
}

sub order {
    my ($self, $line, $on_answer) = @_;
    push @{ $self->{waiting} }, $on_answer;
    syswrite $self->{in}, "$line\n";
}

sub launch {
    my ($self, $on_answer, %new) = @_;
    my $loop = $self->{loop};
    pipe my $child_in, my $in or die "pipe: $!\n";
    pipe my $out, my $child_out or die "pipe: $!\n";
    my ($pid, $failure) = Vethlab::Job::fork_child(sub { forward($child_in, $child_out) });
    close $_ for $child_in, $child_out, $failure;
    Vethlab::Loop::nonblocking($out);
    @$self{qw(pid in words)} = ($pid, $in, '');
    $loop->on_readable($out, sub {
        my $count = sysread $out, $self->{words}, 4096, length $self->{words};
        if (!$count) { $loop->not_readable($out); return close $out }
        while ($self->{words} =~ s/^(.*)\n//) { (shift @{ $self->{waiting} })->($1) }
    });
    $loop->on_exit($pid, sub {
        close $self->{in};
        delete @$self{qw(pid in)};
        $_->('the forwarder ended') for splice @{ $self->{waiting} };
        $loop->after(RESTART_SECONDS, sub { $self->launch(sub { }) unless $self->{pid} });
    });
    $self->order($self->{orders}{$_}, exists $new{$_} ? $on_answer : sub { }) for sort keys %{ $self->{orders} };
}

sub forward {
    my ($in, $out) = @_;
    open my $nothing, '>', '/dev/null' or die "/dev/null: $!\n";
    Vethlab::Job::attach($in, $out, $nothing);
    Vethlab::Kernel::bound_capabilities(CAP_NET_ADMIN, CAP_NET_RAW);
    Vethlab::Kernel::set_capabilities(CAP_NET_ADMIN, CAP_NET_RAW);
    Vethlab::Context::environment(HOME => '/');
    chdir '/';
    exec '/usr/bin/python3', '-I', '-S', $forwarder or die "python3: $!\n";
}

1;
