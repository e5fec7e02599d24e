# What a process enters before it runs a program. Each function is called in a forked child of an agent.
# Programs from a file system that a learner can write to run with the lab's credentials only, never with the agent's.
package Vethlab::Context;
use strict;
use Vethlab::Kernel;

my $path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

# Root of the lab's user namespace: nobody outside it. The capabilities of the agent are gone for good.
sub lab_user {
    my ($holder) = @_;
    Vethlab::Kernel::enter("/proc/$holder/ns/user", Vethlab::Kernel::NEWUSER);
    Vethlab::Kernel::become(0);
}

# `outer`: files, programs and processes as the agent sees them, with the lab's credentials, in the lab's own empty network.
sub outer {
    my ($holder) = @_;
    lab_user($holder);
    Vethlab::Kernel::enter("/proc/$holder/ns/net", Vethlab::Kernel::NEWNET);
    environment(HOME => '/run/vethlab/tmp', TMPDIR => '/run/vethlab/tmp');
    chdir '/';
}

# `net`: as `outer`, in the network of the node.
sub net {
    my ($holder, $node) = @_;
    lab_user($holder);
    Vethlab::Kernel::enter("/proc/$node/ns/net", Vethlab::Kernel::NEWNET);
    environment(HOME => '/run/vethlab/tmp', TMPDIR => '/run/vethlab/tmp');
    chdir '/';
}

my @node_namespaces = (
    [net => Vethlab::Kernel::NEWNET], [uts => Vethlab::Kernel::NEWUTS], [ipc => Vethlab::Kernel::NEWIPC],
    [cgroup => Vethlab::Kernel::NEWCGROUP], [mnt => Vethlab::Kernel::NEWNS],
);

# `node`: everything of the node, as a learner is in it. The caller was born in the node's pid namespace.
# BETWEEN, when given, is called with the lab's credentials in the lab's own mount namespace.
sub node {
    my ($holder, $node, $between) = @_;
    my @entered = @node_namespaces;
    my @files = map { open my $file, '<', "/proc/$node/ns/$_->[0]" or die "the node has ended\n"; $file } @entered;
    lab_user($holder);
    if ($between) {
        Vethlab::Kernel::enter("/proc/$holder/ns/mnt", Vethlab::Kernel::NEWNS);
        $between->();
    }
    Vethlab::Kernel::call("enter $entered[$_][0]", 'setns', fileno $files[$_], $entered[$_][1]) for 0 .. $#entered;
    environment(HOME => '/root');
    chdir '/root' or chdir '/';
    umask 022;
    may_be_killed();
}

# When the memory of the sandbox runs out, what learners started goes before the agents. Nobody in the lab can lower it again.
sub may_be_killed {
    open my $score, '>', '/proc/self/oom_score_adj' or return;
    syswrite $score, "500\n";
}

sub environment {
    my (%more) = @_;
    %ENV = (PATH => $path, LANG => 'C.UTF-8', USER => 'root', LOGNAME => 'root', SHELL => '/bin/bash', TERM => 'xterm-256color', %more);
}

1;
