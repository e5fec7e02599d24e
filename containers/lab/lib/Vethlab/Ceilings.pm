# The lab's own control groups inside those of a container, for runtimes that give none: so that nothing learners do starves the
# agents. Needs a cgroup namespace of its own, in which the container's groups are the root. cgroups(7).
package Vethlab::Ceilings;
use strict;
use Vethlab::Kernel;

my $period_us = 100_000;

# Makes the group `lab` with its ceilings and names in HOME/cgroup what its processes have to be written to.
sub make {
    my ($home, $memory_bytes, $pids, $cpus) = @_;
    my $quota_us = int $cpus * $period_us;
    my %v1 = (
        memory => [['memory.limit_in_bytes', $memory_bytes], ['memory.memsw.limit_in_bytes', $memory_bytes]],
        pids   => [['pids.max', $pids]],
        cpu    => [['cpu.cfs_period_us', $period_us], ['cpu.cfs_quota_us', $quota_us]],
    );
    my %v2 = ('memory.max' => $memory_bytes, 'memory.swap.max' => 0, 'pids.max' => $pids, 'cpu.max' => "$quota_us $period_us");
    open my $own, '<', '/proc/self/cgroup' or die "/proc/self/cgroup: $!\n";
    my @lines = map { chomp; [split /:/, $_, 3] } <$own>;
    die "the control groups are the machine's\n" if grep { $_->[2] ne '/' } @lines;
    mkdir "$home/$_" for qw(cgroup cgroups);

    my @limited = grep { grep { $v1{$_} } split /,/, $_->[1] } @lines;
    for my $controllers (map { $_->[1] } @limited) {
        my $place = "$home/cgroups/$controllers";
        mkdir $place;
        Vethlab::Kernel::mount('cgroup', $place, 'cgroup', 0, $controllers);
        mkdir "$place/lab" or die "$place/lab: $!\n";
        for (map { @{ $v1{$_} // [] } } split /,/, $controllers) {
            my ($name, $value) = @$_;
            write_to("$place/lab/$name", $value) if -e "$place/lab/$name";
        }
        symlink "$place/lab/cgroup.procs", "$home/cgroup/$controllers";
    }
    return if @limited;

    my $place = "$home/cgroups/unified";
    mkdir $place;
    Vethlab::Kernel::mount('cgroup', $place, 'cgroup2');
    mkdir "$place/$_" or die "$place/$_: $!\n" for qw(outer lab);
    # A group whose controllers are handed down has no processes of its own.
    write_to("$place/outer/cgroup.procs", 0);
    write_to("$place/cgroup.subtree_control", '+memory +pids +cpu');
    for my $name (sort keys %v2) { write_to("$place/lab/$name", $v2{$name}) if -e "$place/lab/$name" }
    symlink "$place/lab/cgroup.procs", "$home/cgroup/unified";
}

sub write_to {
    my ($path, $value) = @_;
    open my $file, '>:unix', $path or die "$path: $!\n";
    syswrite $file, "$value\n" or die "$path: $!\n";
}

1;
