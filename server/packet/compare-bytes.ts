/** Order and search of bytes, without copies. */

/** As Wireshark orders bytes: the shorter is less; of equal length, as memcmp. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let at = 0; at < a.length; at++) {
    const difference = (a[at] as number) - (b[at] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Orders the first `bits` of the bytes at `offset` against those of `value`. */
export function comparePrefix(bytes: Uint8Array, offset: number, value: Uint8Array, bits: number): number {
  const whole = bits >> 3;
  for (let at = 0; at < whole; at++) {
    const difference = (bytes[offset + at] as number) - (value[at] as number);
    if (difference !== 0) return difference;
  }
  const rest = bits & 7;
  if (rest === 0) return 0;
  const mask = (0xff << (8 - rest)) & 0xff;
  return ((bytes[offset + whole] as number) & mask) - ((value[whole] as number) & mask);
}

export function containsBytes(bytes: Uint8Array, wanted: Uint8Array): boolean {
  const first = wanted[0];
  if (first === undefined) return true;
  const last = bytes.length - wanted.length;
  for (let at = bytes.indexOf(first); at >= 0 && at <= last; at = bytes.indexOf(first, at + 1)) {
    let same = 1;
    while (same < wanted.length && bytes[at + same] === wanted[same]) same++;
    if (same === wanted.length) return true;
  }
  return false;
}
