# One child process of a request: its output goes out as frames, its end is the request's end.
# Frames to it: `input BYTES`, `end-input`, `kill`. Frames from it: `out BYTES`, `err BYTES`, then one of `exit STATUS`,
# `signal NUMBER`, `timeout`, `failed WHY` (it could not start).
# Knows processes; which context they enter is the caller's.
package Vethlab::Job;
use strict;
use Vethlab::Kernel;
use Vethlab::Loop;

sub EAGAIN () { 11 }

# Forks a child that is a process group (or, asked for, a session) of its own, calls BODY in it with everything of the agent's closed on exec, and
# ends when BODY returns. PID_NAMESPACE is the file of the pid namespace it is born in. Returns (pid, handle): the handle
# gets the reason when BODY dies, and end of file when it executed a program.
sub fork_child {
    my ($body, $pid_namespace, $is_session) = @_;
    pipe my $failure, my $report or die "pipe: $!\n";
    Vethlab::Kernel::enter($pid_namespace, Vethlab::Kernel::NEWPID) if $pid_namespace;
    my $pid = fork;
    my $error = "$!";
    # Only children are born in the other pid namespace; the agent's next ones must be born here again.
    Vethlab::Kernel::enter('/proc/self/ns/pid', Vethlab::Kernel::NEWPID) if $pid_namespace && ($pid // 1) != 0;
    die "no new process could be started: $error\n" unless defined $pid;
    if ($pid == 0) {
        if ($is_session) { Vethlab::Kernel::new_session() }
        else             { setpgrp 0, 0 }
        $SIG{PIPE} = 'DEFAULT';
        eval { Vethlab::Kernel::take_signals(); $body->(); 1 } or syswrite $report, $@;
        exit 0;
    }
    # Here too: whoever ends the group next must find it. After the exec it fails, and has been done.
    setpgrp $pid, $pid unless $is_session;
    return ($pid, $failure);
}

# Makes the three handles 0, 1 and 2 of this process.
sub attach {
    my ($in, $out, $err) = @_;
    open STDIN,  '<&', $in  or die "stdin: $!\n";
    open STDOUT, '>&', $out or die "stdout: $!\n";
    open STDERR, '>&', $err or die "stderr: $!\n";
}

# Forks a child that calls BODY with pipes for its input and output; what start takes as `child`. It may be forked before anybody
# asks for it, and wait for its input.
sub fork_with_pipes {
    my ($body, $pid_namespace) = @_;
    pipe my $child_in, my $in or die "pipe: $!\n";
    pipe my $out, my $child_out or die "pipe: $!\n";
    pipe my $err, my $child_err or die "pipe: $!\n";
    my ($pid, $failure) = fork_child(sub { close $in; attach($child_in, $child_out, $child_err); $body->() }, $pid_namespace);
    close $_ for $child_in, $child_out, $child_err;
    Vethlab::Loop::nonblocking($_) for $in, $out, $err, $failure;
    return { pid => $pid, in => $in, out => $out, err => $err, failure => $failure };
}

# OPTIONS: connection, loop, body (and optionally its pid_namespace) or child, and optionally seconds, input, keep_input_open.
sub start {
    my (%options) = @_;
    my ($connection, $loop) = @options{qw(connection loop)};
    my $child = $options{child} // fork_with_pipes(@options{qw(body pid_namespace)});
    my ($pid, $in, $out, $err, $failure) = @$child{qw(pid in out err failure)};

    my $pending = $options{input} // '';
    my $is_last = !$options{keep_input_open};
    my $write = sub {
        return unless $in;
        while (length $pending) {
            my $count = syswrite $in, $pending, 65536;
            if (!defined $count) {
                if ($! == EAGAIN) { $loop->on_writable($in, $options{write}); return }
                $pending = '';
                $is_last = 1;
                last;
            }
            substr($pending, 0, $count) = '';
        }
        $loop->not_writable($in);
        if ($is_last) { close $in; undef $in }
    };
    $options{write} = $write;

    my %open = (out => $out, err => $err);
    my $relay = sub {
        my ($name) = @_;
        my $count = sysread $open{$name}, my $bytes, 65536;
        return 0 if !defined $count && $! == EAGAIN;
        if (!$count) { $loop->not_readable($open{$name}); close delete $open{$name}; return 0 }
        $connection->send($name, $bytes);
        return 1;
    };
    my $listen; $listen = sub {
        for my $name (keys %open) {
            $loop->on_readable($open{$name}, sub {
                $relay->($name);
                if ($connection->is_full) { $loop->not_readable($_) for values %open }
            });
        }
    };
    $connection->{on_drain} = $listen;

    my ($timer, $is_late);
    my $stop = sub { kill 'KILL', -$pid };
    $timer = $loop->after($options{seconds}, sub { $is_late = 1; $stop->() }) if $options{seconds};

    $loop->on_exit($pid, sub {
        my ($status) = @_;
        $loop->cancel($timer);
        delete $connection->{on_drain};
        sysread $failure, my $why, 65536;
        for my $name (keys %open) { 1 while $open{$name} && $relay->($name) }
        # A daemon that was started holds the pipes and must not die of writing to them: read on, into nothing.
        for my $name (keys %open) {
            my $handle = $open{$name};
            $loop->on_readable($handle, sub {
                my $count = sysread $handle, my $bytes, 65536;
                if (!$count && !(!defined $count && $! == EAGAIN)) { $loop->not_readable($handle); close $handle }
            });
        }
        if ($in) { $loop->not_writable($in); close $in; undef $in }
        $connection->{on_close} = undef;
        chomp $why if defined $why;
        if    ($is_late)      { $connection->send('timeout') }
        elsif (length $why)   { $connection->send('failed', $why) }
        elsif ($status & 127) { $connection->send('signal', $status & 127) }
        else                  { $connection->send('exit', $status >> 8) }
        $connection->finish;
        undef $listen;
    });
    $connection->{on_close} = $stop;
    $connection->{on_frame} = sub {
        my ($kind, $bytes) = @_;
        if    ($kind eq 'input')     { $pending .= $bytes; $write->() }
        elsif ($kind eq 'end-input') { $is_last = 1; $write->() }
        elsif ($kind eq 'kill')      { $stop->() }
    };
    $listen->();
    $write->();
    return $pid;
}

1;
