# Messages between the server and an agent: a frame is a 32-bit length, then fields, each a 32-bit length and its bytes
# (big endian). server/sandbox/frames.ts speaks the same. Knows no message's meaning.
package Vethlab::Frames;
use strict;

sub MAX_BYTES () { 16 << 20 }

sub encode {
    my $body = pack '(N/a*)*', @_;
    return pack 'N/a*', $body;
}

# Takes the first whole frame off the buffer (a reference) and returns its fields as a list reference; undef when there is none yet.
sub take {
    my ($buffer) = @_;
    return undef if length $$buffer < 4;
    my $length = unpack 'N', $$buffer;
    die "a frame of $length bytes is too large\n" if $length > MAX_BYTES;
    return undef if length $$buffer < 4 + $length;
    my $body = substr $$buffer, 4, $length;
    substr($$buffer, 0, 4 + $length) = '';
    return [unpack '(N/a*)*', $body];
}

1;
