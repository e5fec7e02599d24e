# Builds a network of nodes from a plan (server/network/plan.ts says what is in one). Runs in a process of its own and prints
# `lab PID` for the process that holds the lab's namespaces, `made NODE PID` for each node whose namespaces are there and `up NODE` when its network is; dies with NODE, what was tried and
# what the tool said.
package Vethlab::Build;
use strict;
use Vethlab::Context;
use Vethlab::Kernel;
use Vethlab::Netlink;
use Vethlab::Node;

my %arguments_of = (
    link => 1, node => 1, default => 2, sysctl => 2, interface => 2, file => 3, wired => 1, offload => 1, batch => 1, await => 1,
);
# A veth whose two ends are up is up within a millisecond; the kernel may delay it by a second (linkwatch).
sub UP_SECONDS () { 5 }
# The forwarder is being started meanwhile.
sub WIRED_SECONDS () { 10 }
# BR_STATE_FORWARDING of linux/if_bridge.h
sub FORWARDING () { 3 }

sub parse {
    my (@fields) = @_;
    my (@links, @nodes);
    while (@fields) {
        my $kind = shift @fields;
        my $count = $arguments_of{$kind} or die "the plan has no part called $kind\n";
        my @arguments = splice @fields, 0, $count;
        if    ($kind eq 'link') { push @links, $arguments[0] }
        elsif ($kind eq 'node') { push @nodes, { name => $arguments[0], map { $_ => [] } qw(default sysctl interface file wired offload batch await) } }
        else                    { push @{ $nodes[-1]{$kind} }, \@arguments }
    }
    return (\@links, \@nodes);
}

sub build {
    my ($holder, @fields) = @_;
    my ($links, $nodes) = parse(@fields);
    # A node that ended early is reported by its own words, not by the write that found out.
    $SIG{PIPE} = 'IGNORE';
    print_line("lab $holder");
    Vethlab::Node::enter_lab($holder);
    Vethlab::Node::make_devices();
    my %pid;
    for my $node (@$nodes) {
        pipe $node->{reports}, my $report or die "pipe: $!\n";
        pipe my $go, $node->{go} or die "pipe: $!\n";
        my $home = Vethlab::Node::make_home($node->{name});
        my $pid = Vethlab::Node::start(sub {
            # Who builds is to be missed when it ends: no node may hold the other end of a `go`.
            close $_ for grep { defined } map { $_->{go} } @$nodes;
            eval { live($home, $node, $go, $report); 1 } or syswrite $report, "failed $@";
        });
        close $_ for $report, $go;
        $pid{ $node->{name} } = $pid;
        print_line("made $node->{name} $pid");
    }
    eval { add_links(\%pid, $links); 1 } or do {
        my $why = $@;
        # Links also fail for want of a node that ended meanwhile: then its own reason is the one to tell.
        fail_of_nodes($nodes);
        die $why;
    };
    syswrite $_->{go}, "go\n" for @$nodes;
    for my $node (@$nodes) {
        my $line = read_line($node->{reports});
        $line eq 'up' or fail($node, $line, $node->{reports});
        # End of file: it executes init. Until then the kernel lets nobody enter its namespaces (ptrace(2), dumpable).
        my $why = read_line($node->{reports});
        fail($node, $why, $node->{reports}) if length $why;
        print_line("up $node->{name}");
    }
}

sub print_line { syswrite STDOUT, "$_[0]\n" }

sub read_line {
    my ($handle) = @_;
    my $line = '';
    while (sysread $handle, my $byte, 1) {
        return $line if $byte eq "\n";
        $line .= $byte;
    }
    return $line;
}

sub fail {
    my ($node, $line, $handle) = @_;
    my $rest = '';
    1 while sysread $handle, $rest, 65536, length $rest;
    my $why = length $line ? "$line\n$rest" : $rest;
    $why =~ s/^failed //;
    $why =~ s/\s+\z//;
    die "$node->{name}\n", length $why ? $why : 'its first process ended', "\n";
}

sub fail_of_nodes {
    my ($nodes) = @_;
    for my $node (@$nodes) {
        my $ready = '';
        vec($ready, fileno $node->{reports}, 1) = 1;
        fail($node, '', $node->{reports}) if select $ready, undef, undef, 0.02;
    }
}

# In the first process of a node.
sub live {
    my ($home, $node, $go, $report) = @_;
    Vethlab::Node::make_root($node->{name}, $home);
    Vethlab::Node::write_sysctl_if_possible(@$_) for @{ $node->{default} };
    Vethlab::Node::write_sysctl(@$_)             for @{ $node->{sysctl} };
    Vethlab::Node::write_file(@$_)               for @{ $node->{file} };
    read_line($go) eq 'go' or exit 1;
    await_wired($_->[0]) for @{ $node->{wired} };
    Vethlab::Node::turn_offloads_off($_->[0]) for @{ $node->{offload} };
    Vethlab::Node::write_sysctl(@$_) for @{ $node->{interface} };
    run_ip(Vethlab::Netlink::carry_out(map { $_->[0] } @{ $node->{batch} }));
    await_up($_->[0]) for @{ $node->{await} };
    syswrite $report, "up\n";
    Vethlab::Node::become_init();
}

# From the lab's own network namespace; both ends of a link are made in place, in the nodes named by `@node`.
sub add_links {
    my ($pid, $links) = @_;
    my @left = Vethlab::Netlink::carry_out(map { s/\@([\w.-]+)/$pid->{$1}/gr } @$links);
    eval { run_ip(@left); 1 } or die "links\n$@";
}

# One `ip -batch`; dies with the line that failed and what ip said.
sub run_ip {
    my (@lines) = @_;
    return unless @lines;
    Vethlab::Context::environment();
    pipe my $in, my $lines or die "pipe: $!\n";
    pipe my $output, my $out or die "pipe: $!\n";
    my $pid = fork // die "no new process could be started: $!\n";
    if ($pid == 0) {
        open STDIN,  '<&', $in;
        open STDOUT, '>&', $out;
        open STDERR, '>&', $out;
        exec '/usr/sbin/ip', '-batch', '-' or exit 127;
    }
    close $_ for $in, $out;
    syswrite $lines, join '', map { "$_\n" } @lines;
    close $lines;
    my $said = '';
    1 while sysread $output, $said, 65536, length $said;
    waitpid $pid, 0;
    return if $? == 0;
    my ($number) = $said =~ /^Command failed -:(\d+)/m;
    $said =~ s/^Command failed -:\d+\n?//m;
    die "ip " . ($number ? $lines[$number - 1] : '-batch') . "\n$said";
}

# Another process adds these, one that may do so in the namespace where the wire's other end is.
sub await_wired {
    my ($interface) = @_;
    for (1 .. WIRED_SECONDS * 1000) {
        return if -e "/sys/class/net/$interface";
        select undef, undef, undef, 0.001;
    }
    die "interface $interface was not added\n";
}

sub await_up {
    my ($interface) = @_;
    my $directory = "/sys/class/net/$interface";
    for (1 .. UP_SECONDS * 1000) {
        return if read_word("$directory/operstate") eq 'up' && (!-e "$directory/brport" || read_word("$directory/brport/state") == FORWARDING);
        select undef, undef, undef, 0.001;
    }
    die "interface $interface did not come up\n";
}

sub read_word {
    my ($path) = @_;
    open my $file, '<', $path or die "$path: $!\n";
    sysread $file, my $word, 32;
    chomp $word;
    return $word;
}

1;
