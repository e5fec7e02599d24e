# A node's namespaces, its file system and its first process. Called by Vethlab::Build in a process per node.
package Vethlab::Node;
use strict;
use warnings;
use Vethlab::Context;
use Vethlab::Kernel;

my @devices = qw(null zero full random urandom tty net/tun);

# In the lab's own mount namespace, before the node's is made: the terminals' file system stays reachable there, where no
# learner can put something else in its place.
sub prepare {
    my ($holder, $name) = @_;
    Vethlab::Context::lab_user($holder);
    Vethlab::Kernel::enter("/proc/$holder/ns/mnt", Vethlab::Kernel::NEWNS);
    my $home = "/run/vethlab/lab/nodes/$name";
    mkdir $_ or die "$_: $!\n" for $home, map { "$home/$_" } qw(upper work root pts);
    Vethlab::Kernel::mount('devpts', "$home/pts", 'devpts',
        Vethlab::Kernel::MS_NOSUID | Vethlab::Kernel::MS_NOEXEC, 'newinstance,uid=0,gid=5,mode=620,ptmxmode=0666');
    Vethlab::Kernel::unshare(Vethlab::Kernel::NEWNET | Vethlab::Kernel::NEWUTS | Vethlab::Kernel::NEWIPC
        | Vethlab::Kernel::NEWCGROUP | Vethlab::Kernel::NEWNS | Vethlab::Kernel::NEWPID);
    Vethlab::Kernel::hostname($name);
    return $home;
}

# In the first process of the node's pid namespace: the file system a learner sees becomes the root.
sub make_root {
    my ($home) = @_;
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

    mkdir "$root/dev/$_" for qw(pts shm net);
    chmod 01777, "$root/dev/shm";
    for my $device (grep { -e "/dev/$_" } @devices) {
        open my $file, '>', "$root/dev/$device" or die "/dev/$device: $!\n";
        Vethlab::Kernel::bind("/dev/$device", "$root/dev/$device");
    }
    Vethlab::Kernel::bind("$home/pts", "$root/dev/pts");
    symlink 'pts/ptmx', "$root/dev/ptmx";
    symlink '/proc/self/fd', "$root/dev/fd";
    symlink "/proc/self/fd/$_->[0]", "$root/dev/$_->[1]" for [0, 'stdin'], [1, 'stdout'], [2, 'stderr'];

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
    # A link to sleep(1), so that `ps` and `pkill sleep` take it for what it is.
    exec { '/usr/lib/vethlab/init' } 'init', 'infinity' or die "init: $!\n";
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

# KEY as sysctl(8) writes it, with slashes for dots already.
sub write_sysctl {
    my ($key, $value) = @_;
    open my $file, '>', "/proc/sys/$key" or die "sysctl $key: $!\n";
    syswrite($file, "$value\n") // die "sysctl $key = $value: $!\n";
}

# Offloads that would let captures show frames larger than the wire carries, or sums not yet computed, by ethtool(8)'s names.
my $offloads = qr/^tx-checksum-|^tx-generic-segmentation$|^tx-tcp|^tx-udp-segmentation$|^rx-gro/;
# linux/ethtool.h
use constant { ETHTOOL_GSTRINGS => 0x1b, ETHTOOL_SFEATURES => 0x3b, ETH_SS_FEATURES => 4, NAME_BYTES => 32, MOST_FEATURES => 256 };

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
