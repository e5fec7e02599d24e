/** Bytes as text: ASCII at once, anything else as UTF-8 with replacement characters. */

export function textAt(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte >= 0x80) return new TextDecoder().decode(bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}

/** Text up to the first zero byte. */
export function textUpToZero(bytes: Uint8Array, start: number, end: number): string {
  const zero = bytes.subarray(start, end).indexOf(0);
  return textAt(bytes, start, zero < 0 ? end : start + zero);
}
