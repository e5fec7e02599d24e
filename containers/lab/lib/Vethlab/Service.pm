# Services of nodes: shell lines kept running. Started again when they end, soon at first, then every few seconds.
package Vethlab::Service;
use strict;
use Vethlab::Context;
use Vethlab::Job;

sub FIRST_SECONDS () { 0.2 }
sub LONGEST_SECONDS () { 5 }
sub STEADY_SECONDS () { 10 }

sub start {
    my ($loop, $holder, $node, $line, $delay) = @_;
    $delay //= FIRST_SECONDS;
    my $started = $loop->now;
    my ($pid) = eval {
        Vethlab::Job::fork_child(sub {
            open my $nothing, '+<', '/dev/null' or die "/dev/null: $!\n";
            Vethlab::Job::attach($nothing, $nothing, $nothing);
            Vethlab::Context::node($holder, $node);
            exec '/bin/bash', '-c', $line or die "bash: $!\n";
        }, "/proc/$node/ns/pid");
    };
    my $again = sub {
        return unless -e "/proc/$node/ns/net";
        my $next = $loop->now - $started > STEADY_SECONDS ? FIRST_SECONDS : $delay * 2;
        $next = LONGEST_SECONDS if $next > LONGEST_SECONDS;
        $loop->after($delay, sub { start($loop, $holder, $node, $line, $next) });
    };
    return $again->() unless $pid;
    $loop->on_exit($pid, $again);
}

1;
