/**
 * Whether two frames carry the same packet, seen at two places: routers change MAC addresses, the TTL, checksums, and may cut it
 * into fragments; the rest stays. Pure.
 */

const ETHERTYPE_IPV4 = 0x0800;
const ETHERTYPE_IPV6 = 0x86dd;
const VLAN_TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8]);
const FRAGMENT_OFFSET = 0x1fff;
/** Protocol → offset of the checksum in its header: RFC 9293 §3.1, RFC 768. */
const CHECKSUMS: ReadonlyMap<number, number> = new Map([
  [6, 16],
  [17, 6],
]);
const IPV6_LENGTH_AT = 4;
const IPV6_HEADER_BYTES = 40;

export interface PacketIdentity {
  /** Equal for all frames of one packet, and for few others. */
  readonly key: string;
  /** Where the content stands in the whole packet, bytes. */
  readonly start: number;
  readonly content: Uint8Array;
  /** Offset in the whole packet of a transport checksum: interfaces that fill it in make it differ. Null for none. */
  readonly checksumAt: number | null;
}

/** Null for what is too short to be told apart. */
export function identify(frame: Uint8Array): PacketIdentity | null {
  let at = 12;
  while (VLAN_TAGS.has(u16(frame, at))) at += 4;
  const type = u16(frame, at);
  const packet = frame.subarray(at + 2);
  if (packet.length === 0) return null;
  if (type === ETHERTYPE_IPV4 && packet.length >= 20) return identifyIpv4(packet);
  if (type === ETHERTYPE_IPV6 && packet.length >= IPV6_HEADER_BYTES) return identifyIpv6(packet);
  return { key: `${type}`, start: 0, content: packet, checksumAt: null };
}

/** True where both have a piece in common and it is the same. An empty content is the same when the keys are. */
export function isSamePacket(a: PacketIdentity, b: PacketIdentity): boolean {
  if (a.key !== b.key) return false;
  if (a.content.length === 0 || b.content.length === 0) return a.content.length === b.content.length;
  const from = Math.max(a.start, b.start);
  const to = Math.min(a.start + a.content.length, b.start + b.content.length);
  if (from >= to) return false;
  for (let at = from; at < to; at += 1) {
    const isChecksum = a.checksumAt !== null && (at === a.checksumAt || at === a.checksumAt + 1);
    if (!isChecksum && a.content[at - a.start] !== b.content[at - b.start]) return false;
  }
  return true;
}

function identifyIpv4(packet: Uint8Array): PacketIdentity {
  const header = ((packet[0] ?? 0) & 0x0f) * 4;
  // Frames shorter than 60 bytes are padded: what counts is the length that the header gives.
  const end = Math.min(packet.length, Math.max(header, u16(packet, 2)));
  const addresses = hex(packet.subarray(12, 20));
  return {
    key: `4 ${addresses} ${packet[9]} ${u16(packet, 4)}`,
    start: (u16(packet, 6) & FRAGMENT_OFFSET) * 8,
    content: packet.subarray(header, end),
    checksumAt: CHECKSUMS.get(packet[9] ?? 0) ?? null,
  };
}

function identifyIpv6(packet: Uint8Array): PacketIdentity {
  const end = Math.min(packet.length, IPV6_HEADER_BYTES + u16(packet, IPV6_LENGTH_AT));
  const addresses = hex(packet.subarray(8, IPV6_HEADER_BYTES));
  const content = packet.subarray(IPV6_HEADER_BYTES, end);
  return { key: `6 ${addresses} ${packet[6]}`, start: 0, content, checksumAt: CHECKSUMS.get(packet[6] ?? 0) ?? null };
}

function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
