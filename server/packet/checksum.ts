/** The Internet checksum (RFC 1071), over the frame's own bytes. */

/** One's complement sum of 16-bit words, not yet inverted; `sum` carries an earlier part on. An odd last byte counts as high. */
export function addWords(bytes: Uint8Array, offset: number, length: number, sum = 0): number {
  let total = sum;
  const end = offset + length - (length & 1);
  for (let at = offset; at < end; at += 2) total += ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
  if (length & 1) total += (bytes[end] as number) << 8;
  return total;
}

export function fold(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 0x10000);
  return folded;
}

/** The checksum that would make the sum right: `sum` includes the field as found, `found` is its value. */
export function expectedChecksum(sum: number, found: number): number {
  // Taking a word out of a one's complement sum is adding its complement.
  return ~fold(sum + (0xffff ^ found)) & 0xffff;
}

/** tshark's values of `*.checksum.status`. */
export const CHECKSUM_BAD = 0;
export const CHECKSUM_GOOD = 1;
export const CHECKSUM_UNVERIFIED = 2;
export const CHECKSUM_NOT_PRESENT = 3;
export const CHECKSUM_ILLEGAL = 4;

/** The part of a TCP, UDP or ICMPv6 checksum that comes from the IP header (RFC 793, RFC 8200 section 8.1). */
export function pseudoHeaderSum(
  bytes: Uint8Array,
  addresses: { offset: number; length: number },
  protocol: number,
  length: number,
): number {
  return (
    addWords(bytes, addresses.offset, addresses.length) + protocol + (length & 0xffff) + Math.floor(length / 0x10000)
  );
}
