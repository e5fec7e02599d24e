# An interactive login shell of a node on a pty of the node's own devpts, so that it has a name in there (`tty`, tmux).
# The server holds the master; this starts the shell on the other end. Answers `started`, later `exit STATUS`.
package Vethlab::Terminal;
use strict;
use Vethlab::Context;
use Vethlab::Job;
use Vethlab::Kernel;
use Vethlab::Loop;

sub O_RDWR_NOCTTY () { 2 | Vethlab::Kernel::O_NOCTTY }

sub start {
    my ($connection, $loop, $holder, $node, $name, $number, $columns, $rows) = @_;
    my ($pid, $failure) = Vethlab::Job::fork_child(sub {
        my $slave;
        Vethlab::Context::node($holder, $node, sub {
            my $path = "/run/vethlab/lab/nodes/$name/pts/" . ($number + 0);
            sysopen $slave, $path, O_RDWR_NOCTTY or die "$path: $!\n";
        });
        ioctl $slave, Vethlab::Kernel::TIOCSCTTY, 0 or die "controlling terminal: $!\n";
        ioctl $slave, Vethlab::Kernel::TIOCSWINSZ, pack('S4', $rows, $columns, 0, 0) or die "terminal size: $!\n";
        Vethlab::Job::attach($slave, $slave, $slave);
        $ENV{COLORTERM} = 'truecolor';
        exec({ '/bin/bash' } '-bash') or exec({ '/bin/sh' } '-sh') or die "the node has no shell any more (/bin/bash, /bin/sh): $!\n";
    }, "/proc/$node/ns/pid", 1);
    # End of file: the shell runs. Words: it does not. Read before its exit is told, whichever the loop sees first.
    Vethlab::Loop::nonblocking($failure);
    my $why = '';
    my $is_told;
    my $tell = sub {
        return if $is_told;
        my $count;
        1 while $count = sysread $failure, $why, 4096, length $why;
        return unless defined $count;
        $is_told = 1;
        $loop->not_readable($failure);
        close $failure;
        chomp $why;
        $connection->send(length $why ? ('failed', $why) : 'started');
    };
    $loop->on_readable($failure, $tell);
    $loop->on_exit($pid, sub {
        my ($status) = @_;
        $tell->();
        $connection->send('exit', $status & 127 ? 128 + ($status & 127) : $status >> 8);
        $connection->finish;
    });
    $connection->{on_frame} = sub { kill 'KILL', $pid if $_[0] eq 'kill' };
}

1;
