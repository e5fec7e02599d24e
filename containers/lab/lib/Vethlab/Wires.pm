# The wires of a sandbox: links with two ports in their middle, which are in the network namespace of the agent, where nobody in
# the lab can see or change them. The kernel's netem works them where it can be had, a forwarder (wire/wire.py) otherwise.
# Runs in the platform agent, so that wires outlive the server. Loaded with the first wire. Knows ports and what netem or the
# forwarder is told of them; why is the server's.
package Vethlab::Wires;
use strict;
use Vethlab::Context;
use Vethlab::Job;
use Vethlab::Kernel;
use Vethlab::Loop;
use Vethlab::Netem;
use Vethlab::Netlink;

sub CAP_NET_ADMIN () { 12 }
sub CAP_NET_RAW () { 13 }
sub RESTART_SECONDS () { 0.2 }
my $forwarder = '/run/vethlab/lib/wire/wire.py';

sub new {
    my ($class, $loop) = @_;
    return bless { loop => $loop, orders => {}, waiting => [], words => '' }, $class;
}

# Adds links by LINES of `ip -batch`, in which `@` is this namespace. WAY is netem, forwarder, or auto: netem if the kernel takes
# the lines NETEM of `tc -batch`.
sub make {
    my ($self, $way, $netem, @lines) = @_;
    # The ports must not speak: no neighbour or router of the lab may hear of them.
    if (open my $file, '>:unix', '/run/vethlab/proc/sys/net/ipv6/conf/default/disable_ipv6') {
        syswrite $file, "1\n" or die "disable_ipv6: $!\n";
    }
    my @refused = Vethlab::Netlink::carry_out(map { s/netns \@ /netns $$ /r } @lines);
    die "links\n$refused[0]\nthe kernel refused it\n" if @refused;
    my $why = $way eq 'forwarder' ? 'not wanted' : Vethlab::Netem::carry_out(split /\n/, $netem);
    die "links\ntc\n$why\n" if length $why && $way eq 'netem';
    $self->{is_netem} = !length $why;
    # What the kernel took before it refused must not stand in the forwarder's way; mostly it was the first line.
    if ($way eq 'auto' && length $why && $why !~ /^Command failed -:1$/m) {
        Vethlab::Netem::try(map { s/^qdisc add dev (\S+) (root|clsact).*/qdisc del dev $1 $2/r } grep { /^qdisc/ } split /\n/, $netem);
    }
}

# ORDERS are per wire its name, a line of JSON for the forwarder, and lines of `ip -batch` and `tc -batch`. on_done gets the reason
# when one is refused, and an empty text otherwise.
sub tell {
    my ($self, $on_done, @orders) = @_;
    my (%orders, @lines);
    while (my ($name, $order, $netem) = splice @orders, 0, 3) { $orders{$name} = $order; push @lines, split /\n/, $netem }
    return $on_done->($self->tell_netem(@lines)) if $self->{is_netem};
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

sub tell_netem {
    my ($self, @lines) = @_;
    my ($refused) = Vethlab::Netlink::carry_out(grep { /^link / } @lines);
    return defined $refused ? "the kernel refused: $refused" : Vethlab::Netem::carry_out(grep { !/^link / } @lines);
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
