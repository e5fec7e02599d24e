/** The packet that fragments make together, as the receiver puts it together (RFC 791 §3.2). Pure. */
import { identify } from '../../server/packet/same-packet.ts';
import type { Packet } from './packet.ts';

const ETHERNET_BYTES = 14;

/** Null while a piece is missing, and for what is not IPv4 in plain Ethernet. */
export function wholeOf(fragments: readonly Packet[]): Packet | null {
  const pieces = fragments
    .flatMap((packet) => {
      const identity = isPlainIpv4(packet.bytes) ? identify(packet.bytes) : null;
      return identity ? [{ packet, start: identity.start, content: identity.content }] : [];
    })
    .toSorted((a, b) => a.start - b.start);
  const [first] = pieces;
  const last = pieces.at(-1);
  if (!first || !last || first.start !== 0 || hasMore(last.packet)) return null;
  let end = 0;
  for (const { start, content } of pieces) {
    if (start > end) return null;
    end = Math.max(end, start + content.length);
  }
  const headerBytes = ((first.packet.bytes[ETHERNET_BYTES] ?? 0) & 0x0f) * 4;
  const bytes = new Uint8Array(ETHERNET_BYTES + headerBytes + end);
  bytes.set(first.packet.bytes.subarray(0, ETHERNET_BYTES + headerBytes));
  for (const { start, content } of pieces) bytes.set(content, ETHERNET_BYTES + headerBytes + start);
  describe(bytes, headerBytes);
  return { number: first.packet.number, timeMs: last.packet.timeMs, length: bytes.length, bytes };
}

/** The length of the whole, no fragment any more, and the checksum that this header then has (RFC 1071). */
function describe(bytes: Uint8Array, headerBytes: number): void {
  const view = new DataView(bytes.buffer, ETHERNET_BYTES, headerBytes);
  view.setUint16(2, Math.min(0xffff, bytes.length - ETHERNET_BYTES));
  view.setUint16(6, view.getUint16(6) & 0x4000);
  view.setUint16(10, 0);
  let sum = 0;
  for (let at = 0; at + 1 < headerBytes; at += 2) sum += view.getUint16(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  view.setUint16(10, ~sum & 0xffff);
}

function isPlainIpv4(bytes: Uint8Array): boolean {
  return bytes[12] === 0x08 && bytes[13] === 0x00 && bytes.length > ETHERNET_BYTES + 20;
}

function hasMore({ bytes }: Packet): boolean {
  return ((bytes[ETHERNET_BYTES + 6] ?? 0) & 0x20) !== 0;
}
