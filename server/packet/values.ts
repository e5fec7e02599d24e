/** What a kept field's value is, in the words of tshark. */
import type { FieldType } from './fields.ts';
import type { Walk } from './walk.ts';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The value as {@link Field.value} promises it. */
export function fieldValue(walk: Walk, entry: number, type: FieldType): number | string {
  const text = walk.texts[entry];
  if (text !== undefined) return text;
  const offset = walk.offsets[entry] as number;
  const length = walk.lengths[entry] as number;
  const number = walk.numbers[entry] as number;
  switch (type) {
    case 'x8':
      return `0x${number.toString(16).padStart(2, '0')}`;
    case 'x16':
      return `0x${number.toString(16).padStart(4, '0')}`;
    case 'x24':
      return `0x${number.toString(16).padStart(6, '0')}`;
    case 'x32':
      return `0x${number.toString(16).padStart(8, '0')}`;
    case 'time':
      return timeText(number);
    case 'ipv4':
      return ipv4Text(walk.bytes, offset);
    case 'ipv6':
      return ipv6Text(walk.bytes, offset);
    case 'ether':
    case 'bytes':
    case 'item':
      return hexText(walk.bytes, offset, length);
    case 'protocol':
    case 'none':
    case 'string':
      return '';
    case 'bool':
    case 'u8':
    case 'u16':
    case 'u24':
    case 'u32':
    case 'u64':
    case 'i32':
      return number;
  }
}

/** `Nov 22, 2026 17:27:37.000000000 UTC`. */
function timeText(seconds: number): string {
  const [, day, month, year, clock] = new Date(seconds * 1000).toUTCString().split(' ');
  const fraction = Math.round((seconds - Math.floor(seconds)) * 1e6) * 1000;
  return `${month} ${String(Number(day)).padStart(2)}, ${year} ${clock}.${String(fraction).padStart(9, '0')} UTC`;
}

/** `02:00:5e`. */
export function hexText(bytes: Uint8Array, offset: number, length: number): string {
  let text = '';
  for (let at = offset; at < offset + length; at++) text += (at > offset ? ':' : '') + HEX[bytes[at] as number];
  return text;
}

export function ipv4Text(bytes: Uint8Array, offset: number): string {
  return `${bytes[offset]}.${bytes[offset + 1]}.${bytes[offset + 2]}.${bytes[offset + 3]}`;
}

/** The canonical form of RFC 5952, with the dotted end for mapped and compatible addresses. */
export function ipv6Text(bytes: Uint8Array, offset: number): string {
  const groups: number[] = [];
  for (let at = offset; at < offset + 16; at += 2)
    groups.push(((bytes[at] as number) << 8) | (bytes[at + 1] as number));
  const zeros = longestZeroRun(groups);
  const isMapped = zeros.start === 0 && zeros.length === 5 && groups[5] === 0xffff;
  const isCompatible = zeros.start === 0 && zeros.length === 6;
  if (isMapped || isCompatible) return `::${isMapped ? 'ffff:' : ''}${ipv4Text(bytes, offset + 12)}`;
  const hex = groups.map((group) => group.toString(16));
  if (zeros.length < 2) return hex.join(':');
  return `${hex.slice(0, zeros.start).join(':')}::${hex.slice(zeros.start + zeros.length).join(':')}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: -1, length: 0 };
  let length = 0;
  for (const [index, group] of groups.entries()) {
    length = group === 0 ? length + 1 : 0;
    if (length > best.length) best = { start: index + 1 - length, length };
  }
  return best;
}
