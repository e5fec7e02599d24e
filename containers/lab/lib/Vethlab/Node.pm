# A node's namespaces, its file system and its first process. Called by Vethlab::Build in a process per node.
package Vethlab::Node;
use strict;
use Vethlab::Context;
use Vethlab::Kernel;

my @devices = qw(null zero full random urandom tty net/tun);
my $template = '/run/vethlab/lab/dev';

# For the process that builds: in the lab's own mount namespace, where no learner can put something in the place of another.
sub enter_lab {
    my ($holder) = @_;
    Vethlab::Context::lab_user($holder);
    Vethlab::Kernel::enter("/proc/$holder/ns/$_->[0]", $_->[1]) for ['net', Vethlab::Kernel::NEWNET], ['mnt', Vethlab::Kernel::NEWNS];
}

# The directory of a node, with the file system of its terminals.
sub make_home {
    my ($name) = @_;
    my $home = "/run/vethlab/lab/nodes/$name";
    mkdir $_ or die "$_: $!\n" for $home, map { "$home/$_" } qw(upper work root pts shm);
    chmod 01777, "$home/shm";
    Vethlab::Kernel::mount('devpts', "$home/pts", 'devpts',
        Vethlab::Kernel::MS_NOSUID | Vethlab::Kernel::MS_NOEXEC, 'newinstance,uid=0,gid=5,mode=620,ptmxmode=0666');
    return $home;
}

# A /dev for all nodes to share: devices cannot be made in a user namespace, only bound from outside.
sub make_devices {
    return if -e $template;
    mkdir $_ for $template, map { "$template/$_" } qw(pts shm net);
    Vethlab::Kernel::bind($template, $template);
    for my $device (grep { -e "/dev/$_" } @devices) {
        open my $file, '>', "$template/$device" or die "/dev/$device: $!\n";
        Vethlab::Kernel::bind("/dev/$device", "$template/$device");
    }
    symlink 'pts/ptmx', "$template/ptmx";
    symlink '/proc/self/fd', "$template/fd";
    symlink "/proc/self/fd/$_->[0]", "$template/$_->[1]" for [0, 'stdin'], [1, 'stdout'], [2, 'stderr'];
    Vethlab::Kernel::mount('none', $template, undef, Vethlab::Kernel::MS_BIND | Vethlab::Kernel::MS_REMOUNT | Vethlab::Kernel::MS_RDONLY
        | Vethlab::Kernel::MS_NOSUID | Vethlab::Kernel::MS_NODEV);
}

# Starts the first process of a node, in namespaces of its own, which calls LIVE; returns its pid.
sub start {
    my ($live) = @_;
    my $pid = Vethlab::Kernel::fork_into(Vethlab::Kernel::NEWNET | Vethlab::Kernel::NEWUTS | Vethlab::Kernel::NEWIPC
        | Vethlab::Kernel::NEWCGROUP | Vethlab::Kernel::NEWNS | Vethlab::Kernel::NEWPID);
    return $pid if $pid;
    $live->();
    exit 1;
}

# In the first process: the file system a learner sees becomes the root.
sub make_root {
    my ($name, $home) = @_;
    Vethlab::Kernel::hostname($name);
    my $root = "$home/root";
    my $layers = "lowerdir=/run/vethlab/lower,upperdir=$home/upper,workdir=$home/work";
    # Without user.* attributes on tmpfs (before Linux 6.6) overlayfs works, but cannot replace a directory of the image.
    eval { Vethlab::Kernel::mount('overlay', $root, 'overlay', 0, "$layers,userxattr"); 1 }
        or Vethlab::Kernel::mount('overlay', $root, 'overlay', 0, $layers);
    my $quiet = Vethlab::Kernel::MS_NOSUID | Vethlab::Kernel::MS_NODEV | Vethlab::Kernel::MS_NOEXEC;
    Vethlab::Kernel::mount('proc', "$root/proc", 'proc', $quiet);
    # Two, one above the other: `ip netns exec` unmounts /sys and may mount it anew only while it sees another one. The kernel
    # refuses the same file system twice in one place, hence the one between.
    Vethlab::Kernel::mount('sysfs', "$root/sys", 'sysfs', $quiet);
    Vethlab::Kernel::mount('none',  "$root/sys", 'tmpfs', $quiet, 'size=4k,nr_inodes=1,mode=555');
    Vethlab::Kernel::mount('sysfs', "$root/sys", 'sysfs', $quiet);
    Vethlab::Kernel::bind($template, "$root/dev", Vethlab::Kernel::MS_REC);
    Vethlab::Kernel::bind("$home/$_", "$root/dev/$_") for qw(pts shm);

    chdir $root or die "$root: $!\n";
    Vethlab::Kernel::pivot_root('.', '.');
    Vethlab::Kernel::unmount('.', Vethlab::Kernel::MNT_DETACH);
    chdir '/';
}

# Never returns. With SIGCHLD ignored the kernel reaps orphans by itself, so the smallest program will do as init; the
# kernel keeps signals of the node's own processes from it.
sub become_init {
    $SIG{CHLD} = 'IGNORE';
    $SIG{PIPE} = 'DEFAULT';
    Vethlab::Context::environment(HOME => '/root');
    open STDIN,  '<', '/dev/null';
    open STDOUT, '>', '/dev/null';
    open STDERR, '>', '/dev/null';
    exec { '/usr/lib/vethlab/init' } 'init' or die "init: $!\n";
}

# Writes a file with all its parent directories; MODE is octal text.
sub write_file {
    my ($path, $mode, $content) = @_;
    my $directory = '';
    my @parts = split m{/+}, substr $path, 1;
    my $name = pop @parts;
    for my $part (@parts) { $directory .= "/$part"; mkdir $directory }
    open my $file, '>', $path or die "cannot write $path: $!\n";
    syswrite $file, $content;
    close $file or die "cannot write $path: $!\n";
    chmod oct $mode, $path;
}

# PATH is below /proc/sys.
sub write_sysctl {
    my ($path, $value) = @_;
    open my $file, '>:unix', "/proc/sys/$path" or die "sysctl $path: $!\n";
    syswrite($file, "$value\n") // die "sysctl $path = $value: $!\n";
}

# As write_sysctl, for settings that not every kernel has, or lets a network namespace change.
sub write_sysctl_if_possible {
    my ($path, $value) = @_;
    open my $file, '>:unix', "/proc/sys/$path" or return;
    syswrite $file, "$value\n";
}

# Offloads that would let captures show frames larger than the wire carries, or sums not yet computed, by ethtool(8)'s names.
my $offloads = qr/^tx-checksum-|^tx-generic-segmentation$|^tx-tcp|^tx-udp-segmentation$|^rx-gro/;
# linux/ethtool.h
sub ETHTOOL_GSTRINGS () { 0x1b }
sub ETHTOOL_SFEATURES () { 0x3b }
sub ETH_SS_FEATURES () { 4 }
sub NAME_BYTES () { 32 }
sub MOST_FEATURES () { 256 }

sub turn_offloads_off {
    my ($interface) = @_;
    socket my $socket, 2, 2, 0 or die "socket: $!\n";
    my $ask = sub {
        # struct ifreq: the name, and a pointer to what is asked or told.
        my $request = pack 'a16 P x16', $interface, $_[0];
        ioctl $socket, Vethlab::Kernel::SIOCETHTOOL, $request or die "offloads of $interface: $!\n";
    };
    my $strings = pack 'L3 x' . NAME_BYTES * MOST_FEATURES, ETHTOOL_GSTRINGS, ETH_SS_FEATURES, 0;
    $ask->($strings);
    my (undef, undef, $count) = unpack 'L3', $strings;
    my @names = map { unpack 'Z*', substr $strings, 12 + $_ * NAME_BYTES, NAME_BYTES } 0 .. $count - 1;
    my @off = (0) x int(($count + 31) / 32);
    $off[$_ >> 5] |= 1 << ($_ & 31) for grep { $names[$_] =~ $offloads } 0 .. $#names;
    $ask->(pack 'L2 (LL)*', ETHTOOL_SFEATURES, scalar @off, map { ($_, 0) } @off);
}

1;
