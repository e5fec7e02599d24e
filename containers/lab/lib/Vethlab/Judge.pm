# `judge`: the node's network, processes, host name and files, but programs and libraries of the image, so that whatever a
# learner replaced, preloaded or configured cannot change what a check sees.
# The process keeps the agent's user id and user namespace: the learner sees it in `ps`, but may neither signal nor trace it.
# It has CAP_DAC_READ_SEARCH alone, and all it sees is mounted read-only, the node's files without execution.
package Vethlab::Judge;
use strict;
use Vethlab::Context;
use Vethlab::Kernel;

sub CAP_DAC_READ_SEARCH () { 2 }

# Directories below /etc that hold code or say which code runs, and files of that kind.
my @trusted_directories = qw(alternatives ld.so.conf.d perl python3 python3.11 bash_completion.d profile.d);
my @trusted_files = qw(ld.so.cache ld.so.preload ld.so.conf nsswitch.conf bash.bashrc profile environment inputrc);
my $scratch = '/run/vethlab/judge';

# The caller was born in the node's pid namespace and has the agent's credentials.
sub enter {
    my ($holder, $node, $name) = @_;
    Vethlab::Kernel::enter("/proc/$node/ns/$_->[0]", $_->[1])
        for ['net', Vethlab::Kernel::NEWNET], ['uts', Vethlab::Kernel::NEWUTS], ['ipc', Vethlab::Kernel::NEWIPC];
    Vethlab::Kernel::enter("/proc/$holder/ns/mnt", Vethlab::Kernel::NEWNS);
    Vethlab::Kernel::unshare(Vethlab::Kernel::NEWNS);
    Vethlab::Kernel::mount('none', '/', undef, Vethlab::Kernel::MS_REC | Vethlab::Kernel::MS_PRIVATE);
    build("/run/vethlab/lab/nodes/$name/upper", '/run/vethlab/lower');
    chdir $scratch or die "$scratch: $!\n";
    Vethlab::Kernel::pivot_root('.', '.');
    Vethlab::Kernel::unmount('.', Vethlab::Kernel::MNT_DETACH);
    chdir '/';
    Vethlab::Kernel::bound_capabilities(CAP_DAC_READ_SEARCH);
    Vethlab::Kernel::set_capabilities(CAP_DAC_READ_SEARCH);
    Vethlab::Context::environment(HOME => '/', HISTFILE => '/dev/null');
}

sub build {
    my ($upper, $image) = @_;
    my $root = $scratch;
    my $quiet = Vethlab::Kernel::MS_NOSUID | Vethlab::Kernel::MS_NODEV;
    my $data = $quiet | Vethlab::Kernel::MS_NOEXEC;
    Vethlab::Kernel::mount('judge', $root, 'tmpfs', $quiet, 'size=1m,nr_inodes=2000,mode=755');
    mkdir "$root/$_" for qw(usr proc sys dev dev/net .view .etc);
    symlink "usr/$_", "$root/$_" for grep { -l "$image/$_" } qw(bin sbin lib lib32 lib64 libx32);

    overlay("$root/.view", $data, $upper, $image);
    opendir my $listing, "$root/.view" or die "the node's files: $!\n";
    for my $entry (grep { !/^\.\.?$/ } readdir $listing) {
        next if -l "$root/.view/$entry" || !-d _ || -e "$root/$entry" || -l "$root/$entry" || $entry eq 'etc';
        mkdir "$root/$entry";
        Vethlab::Kernel::bind("$root/.view/$entry", "$root/$entry");
    }
    closedir $listing;

    # In the uppermost layer these names win over whatever the learner made of them; links cannot lead elsewhere.
    for my $directory (grep { -d "$image/etc/$_" } @trusted_directories) { mkdir "$root/.etc/$directory" }
    for my $file (@trusted_files) { copy("$image/etc/$file", "$root/.etc/$file") }
    mkdir "$root/etc";
    my @learners = -d "$upper/etc" && !-l "$upper/etc" ? ("$upper/etc") : ();
    overlay("$root/etc", $data, "$root/.etc", @learners, "$image/etc");
    for my $directory (grep { -d "$image/etc/$_" } @trusted_directories) {
        Vethlab::Kernel::bind("$image/etc/$directory", "$root/etc/$directory");
    }

    # The image's own mount is read-only already, and stays so here.
    Vethlab::Kernel::bind("$image/usr", "$root/usr");
    Vethlab::Kernel::mount('proc', "$root/proc", 'proc', $data | Vethlab::Kernel::MS_RDONLY);
    Vethlab::Kernel::mount('sysfs', "$root/sys", 'sysfs', $data | Vethlab::Kernel::MS_RDONLY);
    for my $device (qw(null zero full random urandom)) {
        open my $file, '>', "$root/dev/$device";
        Vethlab::Kernel::bind("/dev/$device", "$root/dev/$device");
    }
    symlink '/proc/self/fd', "$root/dev/fd";
    symlink "/proc/self/fd/$_->[0]", "$root/dev/$_->[1]" for [0, 'stdin'], [1, 'stdout'], [2, 'stderr'];
    Vethlab::Kernel::unmount("$root/.view", Vethlab::Kernel::MNT_DETACH);
    rmdir "$root/.view";
    Vethlab::Kernel::mount('judge', $root, undef, $quiet | Vethlab::Kernel::MS_RDONLY | Vethlab::Kernel::MS_REMOUNT);
}

# userxattr: the node's own overlay keeps its marks in user.* attributes, which is where this one must look for them.
sub overlay {
    my ($target, $flags, @layers) = @_;
    my $lower = 'lowerdir=' . join ':', @layers;
    eval { Vethlab::Kernel::mount('overlay', $target, 'overlay', $flags | Vethlab::Kernel::MS_RDONLY, "$lower,userxattr"); 1 }
        or Vethlab::Kernel::mount('overlay', $target, 'overlay', $flags | Vethlab::Kernel::MS_RDONLY, $lower);
}

sub copy {
    my ($from, $to) = @_;
    open my $out, '>', $to or die "$to: $!\n";
    open my $in, '<', $from or return;    # What the image does not have is empty here.
    while (sysread $in, my $bytes, 65536) { syswrite $out, $bytes }
}

1;
