# System calls that Perl has no name for, so that a sandbox needs no program of its own and no start of another.
# Knows numbers and flags of x86_64 and aarch64 (asm/unistd_64.h, asm-generic/unistd.h); knows nothing of sandboxes.
package Vethlab::Kernel;
use strict;

sub NEWNS () { 0x00020000 }
sub NEWCGROUP () { 0x02000000 }
sub NEWUTS () { 0x04000000 }
sub NEWIPC () { 0x08000000 }
sub NEWUSER () { 0x10000000 }
sub NEWPID () { 0x20000000 }
sub NEWNET () { 0x40000000 }
sub MS_RDONLY () { 1 }
sub MS_NOSUID () { 2 }
sub MS_NODEV () { 4 }
sub MS_NOEXEC () { 8 }
sub MS_REMOUNT () { 32 }
sub MS_BIND () { 4096 }
sub MS_REC () { 16384 }
sub MS_PRIVATE () { 1 << 18 }
sub MNT_DETACH () { 2 }
sub PR_CAPBSET_DROP () { 24 }
sub PR_SET_NO_NEW_PRIVS () { 38 }
sub PR_SET_SECCOMP () { 22 }
sub SECCOMP_MODE_FILTER () { 2 }
sub O_NOCTTY () { 0400 }
sub TIOCSCTTY () { 0x540E }
sub TIOCSWINSZ () { 0x5414 }
sub SIOCGIFFLAGS () { 0x8913 }
sub SIOCETHTOOL () { 0x8946 }

my %numbers = (
    62 => {    # EM_X86_64
        clone => 56, prctl => 157, setsid => 112, setgroups => 116, setresuid => 117, setresgid => 119, capset => 126, pivot_root => 155,
        mount => 165, umount2 => 166, sethostname => 170, unshare => 272, setns => 308, rt_sigprocmask => 14, signalfd4 => 289,
    },
    183 => {    # EM_AARCH64
        clone => 220, prctl => 167, setsid => 157, setgroups => 159, setresuid => 147, setresgid => 149, capset => 91, pivot_root => 41,
        mount => 40, umount2 => 39, sethostname => 161, unshare => 97, setns => 268, rt_sigprocmask => 135, signalfd4 => 74,
    },
);

sub machine {
    open my $program, '<:raw', '/proc/self/exe' or die "cannot read /proc/self/exe: $!\n";
    sysread $program, my $header, 20;
    return unpack 'v', substr $header, 18, 2;
}
my $number = $numbers{ machine() } or die "this kind of processor is not supported\n";

# Calls NAME and dies with WHAT was tried and why it failed.
sub call {
    my ($what, $name, @arguments) = @_;
    my $result = syscall $number->{$name}, @arguments;
    die "$what: $!\n" if $result == -1;
    return $result;
}

sub unshare { call('new namespaces', 'unshare', $_[0] + 0) }

# As fork, into new namespaces at once: returns the child's pid as this process numbers it, and 0 in the child.
sub fork_into {
    my ($namespaces) = @_;
    my $sigchld = 17;
    return call('a process in new namespaces', 'clone', $namespaces | $sigchld, 0, 0, 0, 0);
}

sub SIGCHLD () { 17 }
sub SIGIO () { 29 }
my $awaited = pack 'Q', 1 << (SIGCHLD - 1) | 1 << (SIGIO - 1);

# A handle that is readable when children have ended or a watched directory has a new file, in place of the signals, which are
# blocked: Perl runs handlers between operations, so one that comes just before a select is not seen by it (perlipc(1),
# deferred signals; signalfd(2)).
sub awaited_signals {
    call('block signals', 'rt_sigprocmask', 0, $awaited, 0, 8);
    my $descriptor = call('signalfd', 'signalfd4', -1, $awaited, 8, 04000 | 02000000);
    open my $handle, '<&=', $descriptor or die "signalfd: $!\n";
    return $handle;
}

# For a child that executes a program: it inherits what is blocked.
sub take_signals { call('unblock signals', 'rt_sigprocmask', 1, $awaited, 0, 8) }

# Sends SIGIO whenever a file is made in the directory, for as long as the handle that is returned stays open; undef where the
# kernel cannot. dnotify and not inotify, of which a user may have no more than 128 in all sandboxes together.
sub tell_of_new_files {
    my ($directory) = @_;
    sysopen my $handle, $directory, 0200000 or return;
    return fcntl($handle, 1024 + 2, 0x80000004) ? $handle : undef;
}

# Enters the namespace that the file names, for example /proc/7/ns/net.
sub enter {
    my ($file, $type) = @_;
    open my $namespace, '<', $file or die "$file: $!\n";
    call("enter $file", 'setns', fileno($namespace), $type + 0);
}

sub mount {
    my ($source, $target, $type, $flags, $data) = @_;
    my ($s, $t, $k, $d) = map { "$_" } $source, $target, $type // 'none', $data // '';
    call("mount $target", 'mount', $s, $t, $k, ($flags // 0) + 0, $d);
}

sub bind       { mount($_[0], $_[1], undef, MS_BIND | ($_[2] // 0)) }
sub unmount    { my $target = "$_[0]"; call("unmount $target", 'umount2', $target, ($_[1] // 0) + 0) }
sub pivot_root { my ($new, $old) = map { "$_" } @_; call("pivot_root $new", 'pivot_root', $new, $old) }
sub hostname   { my $name = "$_[0]"; call('hostname', 'sethostname', $name, length $name) }
sub prctl      { my ($what, $option, $value) = @_; call($what, 'prctl', $option + 0, $value + 0, 0, 0, 0) }

sub new_session { call('setsid', 'setsid') }

# All three ids to ID, without supplementary groups.
sub become {
    my $id = $_[0] + 0;
    my $none = '';
    call('setgroups', 'setgroups', 0,   $none);
    call('setgid',    'setresgid', $id, $id, $id);
    call('setuid',    'setresuid', $id, $id, $id);
}

# Leaves of the bounding set only the capabilities of the list (numbers), so that no program gets others by exec.
sub bound_capabilities {
    my %kept = map { $_ => 1 } @_;
    open my $last_file, '<', '/proc/sys/kernel/cap_last_cap' or die "cap_last_cap: $!\n";
    my $last = <$last_file> + 0;
    for my $capability (0 .. $last) {
        prctl("drop capability $capability", PR_CAPBSET_DROP, $capability) unless $kept{$capability};
    }
}

# Sets permitted and effective to the list, inheritable to none (capset(2), version 3).
sub set_capabilities {
    my @words = (0, 0);
    $words[$_ >> 5] |= 1 << ($_ & 31) for @_;
    my $header = pack 'L l', 0x20080522, 0;
    my $data   = pack 'L6', $words[0], $words[0], 0, $words[1], $words[1], 0;
    call('capset', 'capset', $header, $data);
}

# Installs a filter (an array of struct sock_filter, as bytes) for this process and its children.
sub filter_syscalls {
    my ($program) = @_;
    my $filter = pack 'S x6 P', length($program) / 8, $program;
    my $result = syscall $number->{prctl}, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, $filter, 0, 0;
    die "seccomp: $!\n" if $result == -1;
}

1;
