# Captures of endpoints: tcpdump into a ring of files, started again whenever it ends (a learner may put the interface down
# or remove it). The file `G-N` is the N-th (none is 0) of the G-th tcpdump; old ones are deleted as new ones are made.
# A capture is wanted for good, or for as long as one of its requests stays open and some seconds after. The ring stays.
# Runs in the agent, so that captures outlive the server. Knows no filter and no reader.
package Vethlab::Capture;
use strict;
use Vethlab::Context;
use Vethlab::Job;
use Vethlab::Kernel;
use Vethlab::Loop;

sub IFF_UP () { 1 }
sub RESTART_SECONDS () { 0.05 }
sub KERNEL_BUFFER_KIB () { 2048 }
sub SNAP_BYTES () { 9200 }
sub KEPT_FILES () { 3 }

# Answers `listening SINCE` once no frame of the interface can be missed (it is being captured, or is down): nothing has been
# left out since then, in seconds since the epoch. Without GRACE the capture is for good and the request ends; with it, the
# request holds the capture while it is open.
sub start {
    my ($captures, $connection, $loop, $holder, $node, $interface, $directory, $megabytes, $grace) = @_;
    my $capture = $captures->{$directory} //= {
        loop => $loop, holder => $holder, node => $node, interface => $interface, directory => $directory,
        megabytes => $megabytes, generation => 0, waiting => [], holds => 0, words => '',
    };
    make_ring($capture) unless defined $capture->{is_trimmed};
    if (defined $grace) { hold($capture, $connection, $grace) }
    else                { $capture->{is_for_good} = 1 }
    if ($capture->{is_listening}) { return answer($capture, $connection) }
    push @{ $capture->{waiting} }, $connection;
    launch($capture) unless $capture->{is_launched};
}

# The agent deletes old files itself: in a flood there are hundreds of new ones a second, and a tcpdump that starts a program
# for each of them comes to receive nothing any more. Where the kernel does not tell of new files it has to.
sub make_ring {
    my ($self) = @_;
    mkdir $self->{directory};
    chmod 0777, $self->{directory};
    $self->{is_trimmed} = $self->{loop}->on_new_files($self->{directory}, sub { trim($self) });
}

sub trim {
    my ($self) = @_;
    opendir my $files, $self->{directory} or return;
    my @ring = sort { $a->[0] <=> $b->[0] || $a->[1] <=> $b->[1] } map { /^(\d+)-(\d*)$/ ? [$1, $2 || 0, $_] : () } readdir $files;
    closedir $files;
    unlink map { "$self->{directory}/$_->[2]" } @ring[0 .. $#ring - KEPT_FILES];
}

sub answer {
    my ($self, $connection) = @_;
    $connection->send('listening', $self->{since});
    $connection->finish unless $connection->{is_hold};
}

sub hold {
    my ($self, $connection, $grace) = @_;
    $self->{loop}->cancel(delete $self->{end});
    $self->{holds}++;
    $connection->{is_hold} = 1;
    $connection->{on_close} = sub {
        return if --$self->{holds} || $self->{is_for_good};
        $self->{end} = $self->{loop}->after($grace, sub { stop($self) });
    };
}

sub is_wanted { $_[0]{is_for_good} || $_[0]{holds} || $_[0]{end} }

# Whoever comes while it ends waits for the next one.
sub stop {
    my ($self) = @_;
    delete $self->{end};
    return if is_wanted($self);
    delete $self->{since};
    $self->{is_listening} = 0;
    $self->{words} = '';
    kill 'TERM', $self->{pid} if $self->{pid};
}

sub launch {
    my ($self) = @_;
    my $loop = $self->{loop};
    $self->{is_launched} = is_wanted($self) && -e "/proc/$self->{node}/ns/net";
    # Without its node there is nothing to come back to.
    return unless $self->{is_launched};
    $self->{generation}++;
    pipe my $words, my $err or die "pipe: $!\n";
    my ($pid, $failure) = eval { Vethlab::Job::fork_child(sub { capture($self, $err) }) };
    return $loop->after(1, sub { launch($self) }) unless $pid;
    close $err;
    close $failure;
    Vethlab::Loop::nonblocking($words);
    $self->{words} = '';
    $loop->on_readable($words, sub {
        my $count = sysread $words, $self->{words}, 4096, length $self->{words};
        if (!$count) { $loop->not_readable($words); return close $words }
        if (!$self->{is_listening} && $self->{words} =~ /listening on|waiting for .* to come up/) {
            $self->{is_listening} = 1;
            $self->{since} //= time;
            answer($self, $_) for splice @{ $self->{waiting} };
        }
        $self->{words} = substr $self->{words}, -1000 if length $self->{words} > 4000;
    });
    $self->{pid} = $pid;
    $loop->on_exit($pid, sub {
        $self->{is_listening} = 0;
        delete $self->{pid};
        # The first one may have met an interface that is just put down.
        $loop->after($self->{generation} == 1 ? 0 : RESTART_SECONDS, sub { launch($self) });
    });
}

sub capture {
    my ($self, $err) = @_;
    open my $nothing, '<', '/dev/null' or die "/dev/null: $!\n";
    Vethlab::Job::attach($nothing, $err, $err);
    Vethlab::Context::net($self->{holder}, $self->{node});
    chdir $self->{directory} or die "$self->{directory}: $!\n";
    my $has_told;
    until (my $is_up = is_up($self->{interface})) {
        syswrite STDERR, "waiting for $self->{interface} to come up\n" if defined $is_up && !$has_told++;
        select undef, undef, undef, 0.02;
    }
    # -p: promiscuous mode would show in the learner's own interface, and a veth hands over every frame anyway.
    exec 'tcpdump', '-i', $self->{interface}, qw(-n -p -U --immediate-mode -Z root), '-s', SNAP_BYTES, '-B', KERNEL_BUFFER_KIB,
        '-C', $self->{megabytes}, $self->{is_trimmed} ? () : ('-z', '/run/vethlab/lib/trim-capture'), '-w', "$self->{generation}-"
        or die "tcpdump: $!\n";
}

# Undefined while there is no such interface.
sub is_up {
    my ($interface) = @_;
    socket my $socket, 2, 2, 0 or die "socket: $!\n";
    my $request = pack 'a16 x24', $interface;
    ioctl $socket, Vethlab::Kernel::SIOCGIFFLAGS, $request or return;
    return unpack('x16 S', $request) & IFF_UP;
}

1;
