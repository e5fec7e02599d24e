/** How frames of the platform's own probes are told from the learner's. Pure. */

/** One probe, as captures know it. Plain data: it outlives the server beside the sandbox. */
export interface ProbeMark {
  readonly startMs: number;
  /** Infinity while it runs. */
  endMs: number;
  /** Identifier of its echo requests, or the source port of a connection. */
  readonly id: number;
  /** Hexadecimal digits of the payload's pattern, 16 bytes; empty for a connection. */
  readonly pattern: string;
}

/** Replies may come late; frames this long after the end still belong to the probe, milliseconds. */
const LATE_MS = 5000;
const MARK = Buffer.from('vethlab:');

/** A mark that no learner can guess beforehand, so nobody hides their own frames behind it. */
export function newMark(nowMs: number, randomBytes: (size: number) => Buffer): ProbeMark {
  const random = randomBytes(10);
  return {
    startMs: nowMs,
    endMs: Number.POSITIVE_INFINITY,
    id: (random.readUInt16BE(8) % 28_000) + 32_768,
    pattern: Buffer.concat([MARK, random.subarray(0, 8)]).toString('hex'),
  };
}

/**
 * Recognises the frames of probes: requests, replies, fragments, errors that quote them, and their address resolution.
 * ARP and neighbour discovery carry no mark: while a probe runs (a few milliseconds, a second when nobody answers), all of it
 * counts as the probe's.
 */
export class ProbeFilter {
  readonly #marks: ProbeMark[];
  /** `source destination identification` of fragmented packets that are known to be a probe's. */
  readonly #fragments = new Set<string>();

  constructor(marks: readonly ProbeMark[]) {
    this.#marks = [...marks];
  }

  get marks(): readonly ProbeMark[] {
    return this.#marks;
  }

  add(mark: ProbeMark): void {
    this.#marks.push(mark);
    // Frames are looked at soon after they were captured; marks of long ago have done their work.
    if (this.#marks.length > 500) this.#marks.shift();
  }

  isProbe(frame: Uint8Array, timeMs: number): boolean {
    return this.#marks.some(
      (mark) => timeMs >= mark.startMs && timeMs <= mark.endMs + LATE_MS && this.#belongs(frame, timeMs, mark),
    );
  }

  #belongs(frame: Uint8Array, timeMs: number, mark: ProbeMark): boolean {
    const packet = locateIp(frame);
    if (packet === null) return isArp(frame) && timeMs <= mark.endMs;
    if (isNeighborDiscovery(frame, packet)) return timeMs <= mark.endMs;
    const isFragment = packet.identification !== null;
    if (isFragment && this.#fragments.has(fragmentKey(frame, packet))) return true;
    const hasPattern =
      mark.pattern !== '' && Buffer.from(frame.buffer, frame.byteOffset, frame.length).includes(mark.pattern, 0, 'hex');
    if (!hasPattern && !hasIdentifier(frame, packet, mark)) return false;
    if (isFragment) this.#fragments.add(fragmentKey(frame, packet));
    if (this.#fragments.size > 2000) this.#fragments.clear();
    return true;
  }
}

interface IpPacket {
  readonly version: 4 | 6;
  /** Offset of the IP header and of what follows it. */
  readonly header: number;
  readonly payload: number;
  readonly protocol: number;
  /** Of a fragment; null for a whole packet. */
  readonly identification: number | null;
  readonly isFirst: boolean;
}

const ICMP = 1;
const TCP = 6;
const UDP = 17;
const ICMP6 = 58;
const IPV6_FRAGMENT = 44;

function u16(frame: Uint8Array, at: number): number {
  return ((frame[at] ?? 0) << 8) | (frame[at + 1] ?? 0);
}

function etherType(frame: Uint8Array): { type: number; next: number } {
  const type = u16(frame, 12);
  return type === 0x8100 ? { type: u16(frame, 16), next: 18 } : { type, next: 14 };
}

function isArp(frame: Uint8Array): boolean {
  return etherType(frame).type === 0x0806;
}

function locateIp(frame: Uint8Array): IpPacket | null {
  const { type, next } = etherType(frame);
  if (type === 0x0800) return locateIpv4(frame, next);
  return type === 0x86dd ? locateIpv6(frame, next) : null;
}

function locateIpv4(frame: Uint8Array, header: number): IpPacket {
  const flagsAndOffset = u16(frame, header + 6) & 0x3fff;
  return {
    version: 4,
    header,
    payload: header + ((frame[header] ?? 0) & 0xf) * 4,
    protocol: frame[header + 9] ?? 0,
    identification: flagsAndOffset === 0 ? null : u16(frame, header + 4),
    isFirst: (flagsAndOffset & 0x1fff) === 0,
  };
}

function locateIpv6(frame: Uint8Array, header: number): IpPacket {
  const protocol = frame[header + 6] ?? 0;
  const after = header + 40;
  if (protocol !== IPV6_FRAGMENT) {
    return { version: 6, header, payload: after, protocol, identification: null, isFirst: true };
  }
  return {
    version: 6,
    header,
    payload: after + 8,
    protocol: frame[after] ?? 0,
    identification: u16(frame, after + 4) * 65_536 + u16(frame, after + 6),
    isFirst: u16(frame, after + 2) >> 3 === 0,
  };
}

function fragmentKey(frame: Uint8Array, packet: IpPacket): string {
  const [from, to] =
    packet.version === 4 ? [packet.header + 12, packet.header + 20] : [packet.header + 8, packet.header + 40];
  return `${Buffer.from(frame.subarray(from, to)).toString('hex')} ${packet.identification}`;
}

/** Neighbour solicitation and advertisement (RFC 4861). */
function isNeighborDiscovery(frame: Uint8Array, packet: IpPacket): boolean {
  const type = frame[packet.payload] ?? 0;
  return packet.protocol === ICMP6 && (type === 135 || type === 136);
}

/** Echo requests and replies with the probe's identifier, its connection's port, and ICMP errors that quote either. */
function hasIdentifier(frame: Uint8Array, packet: IpPacket, mark: ProbeMark, depth = 0): boolean {
  if (!packet.isFirst) return false;
  const at = packet.payload;
  if (packet.protocol === TCP || packet.protocol === UDP) {
    return mark.pattern === '' && (u16(frame, at) === mark.id || u16(frame, at + 2) === mark.id);
  }
  const type = frame[at] ?? 0;
  if (packet.protocol === ICMP) {
    if (type === 8 || type === 0) return u16(frame, at + 4) === mark.id && mark.pattern !== '';
    const quotes = type === 3 || type === 11 || type === 12;
    return quotes && depth === 0 && hasIdentifier(frame, locateIpv4(frame, at + 8), mark, 1);
  }
  if (packet.protocol === ICMP6) {
    if (type === 128 || type === 129) return u16(frame, at + 4) === mark.id && mark.pattern !== '';
    return type < 128 && depth === 0 && hasIdentifier(frame, locateIpv6(frame, at + 8), mark, 1);
  }
  return false;
}
