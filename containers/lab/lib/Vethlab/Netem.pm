# The kernel's way to work wires: lines for tc(8), carried out in this network namespace. Knows no wire.
package Vethlab::Netem;
use strict;
use Vethlab::Context;
use Vethlab::Job;
use Vethlab::Kernel;

sub CAP_NET_ADMIN () { 12 }

# Carries out all lines or up to the first that is refused; returns what tc said, and an empty text when all went well.
# Waits for tc: some milliseconds.
sub carry_out { tc([], @_) }

# Tries all lines, whatever becomes of them.
sub try { tc(['-force'], @_) }

sub tc {
    my ($options, @lines) = @_;
    pipe my $child_in, my $in or die "pipe: $!\n";
    pipe my $words, my $child_out or die "pipe: $!\n";
    my ($pid, $failure) = Vethlab::Job::fork_child(sub {
        Vethlab::Job::attach($child_in, $child_out, $child_out);
        Vethlab::Kernel::bound_capabilities(CAP_NET_ADMIN);
        Vethlab::Kernel::set_capabilities(CAP_NET_ADMIN);
        Vethlab::Context::environment(HOME => '/');
        chdir '/';
        exec '/sbin/tc', @$options, '-batch', '-' or die "tc: $!\n";
    });
    close $_ for $child_in, $child_out;
    # Far less than a pipe holds.
    syswrite $in, join '', map { "$_\n" } @lines;
    close $in;
    my $said = '';
    for my $handle ($words, $failure) { 1 while sysread $handle, $said, 4096, length $said }
    waitpid $pid, 0;
    return $? == 0 ? '' : $said || "tc ended with status $?";
}

1;
