# One loop over file handles, children and deadlines. Knows nothing of sandboxes.
# Written with core operators only: each module of the standard library would cost every sandbox memory.
package Vethlab::Loop;
use strict;
use Vethlab::Kernel;

sub F_SETFL () { 4 }
sub O_RDWR_NONBLOCK () { 2 | 04000 }

sub new {
    my ($class) = @_;
    open my $uptime, '<', '/proc/uptime' or die "/proc/uptime: $!\n";
    my $self = bless { readers => {}, writers => {}, children => {}, timers => {}, directories => {}, next_timer => 1, uptime => $uptime }, $class;
    # A child may end between the look for ended children and select.
    my $signals = Vethlab::Kernel::awaited_signals();
    $self->on_readable($signals, sub {
        # struct signalfd_siginfo, whose first word is the number of the signal.
        my $count = sysread $signals, my $bytes, 1024;
        return unless $count && grep { $_ == Vethlab::Kernel::SIGIO } unpack '(L x124)*', $bytes;
        $_->() for values %{ $self->{directories} };
    });
    $SIG{PIPE} = 'IGNORE';
    return $self;
}

sub nonblocking { fcntl $_[0], F_SETFL, O_RDWR_NONBLOCK or die "fcntl: $!\n" }

# Seconds since the machine's start.
sub now {
    my ($self) = @_;
    sysseek $self->{uptime}, 0, 0;
    sysread $self->{uptime}, my $text, 64;
    return 0 + (split ' ', $text)[0];
}

sub on_readable { my ($self, $handle, $run) = @_; $self->{readers}{ fileno $handle } = [$handle, $run] }
sub on_writable { my ($self, $handle, $run) = @_; $self->{writers}{ fileno $handle } = [$handle, $run] }
sub not_readable { my ($self, $handle) = @_; delete $self->{readers}{ fileno $handle } }
sub not_writable { my ($self, $handle) = @_; delete $self->{writers}{ fileno $handle } }
# RUN gets the wait status of the child.
sub on_exit { my ($self, $pid, $run) = @_; $self->{children}{$pid} = $run }

# Runs RUN after SECONDS, once; returns what cancel takes.
sub after {
    my ($self, $seconds, $run) = @_;
    my $id = $self->{next_timer}++;
    $self->{timers}{$id} = [$self->now + $seconds, $run];
    return $id;
}
sub cancel { my ($self, $id) = @_; delete $self->{timers}{$id} if defined $id }

# RUN is called after files were made in the directory, and at times without; false where the kernel cannot tell.
sub on_new_files {
    my ($self, $directory, $run) = @_;
    my $handle = Vethlab::Kernel::tell_of_new_files($directory) or return 0;
    $self->{directories}{ fileno $handle } = sub { $handle; $run->() };
    return 1;
}

# Called with (pid, status) for children nobody waits for: as first process of a container, that is every orphan.
sub on_orphan { my ($self, $run) = @_; $self->{orphan} = $run }

sub reap {
    my ($self) = @_;
    while ((my $pid = waitpid -1, 1) > 0) {
        my $status = $?;
        my $run = delete $self->{children}{$pid} // $self->{orphan};
        $run->($status, $pid) if $run;
    }
}

sub run {
    my ($self) = @_;
    while (1) {
        $self->reap;
        my $wait;
        if (%{ $self->{timers} }) {
            my $now = $self->now;
            for my $id (keys %{ $self->{timers} }) {
                my $timer = $self->{timers}{$id} or next;
                if ($timer->[0] <= $now) { delete $self->{timers}{$id}; $timer->[1]->() }
            }
            for my $timer (values %{ $self->{timers} }) {
                my $left = $timer->[0] - $now;
                $wait = $left if !defined $wait || $left < $wait;
            }
            $wait = 0.01 if defined $wait && $wait < 0.01;
        }
        my ($read, $write) = ('', '');
        vec($read,  $_, 1) = 1 for keys %{ $self->{readers} };
        vec($write, $_, 1) = 1 for keys %{ $self->{writers} };
        next if select($read, $write, undef, $wait) <= 0;
        for my $descriptor (keys %{ $self->{readers} }) {
            my $reader = $self->{readers}{$descriptor} or next;
            $reader->[1]->() if vec $read, $descriptor, 1;
        }
        for my $descriptor (keys %{ $self->{writers} }) {
            my $writer = $self->{writers}{$descriptor} or next;
            $writer->[1]->() if vec $write, $descriptor, 1;
        }
    }
}

1;
