/** Finds the frames that carry a payload among those of a capture, and takes them apart by size. Pure. */

export interface RealPacket {
  readonly ethernet: number;
  readonly ip: number;
  /** 0 in all fragments but the first. */
  readonly transport: number;
  readonly data: number;
}

interface Frame {
  readonly bytes: Uint8Array;
}

const ETHERNET_BYTES = 14;
const TCP = 6;
const UDP = 17;
const UDP_BYTES = 8;
/** Enough to know a payload by, and in the first piece of any. */
const KNOWN_BY_BYTES = 24;

/** The newest sending of the payload, in the order in which its pieces left; empty where none was captured. */
export function realPackets(frames: readonly Frame[], payload: Uint8Array, transport: 'tcp' | 'udp'): RealPacket[] {
  const parsed = frames.flatMap((frame) => parse(frame) ?? []);
  const protocol = transport === 'tcp' ? TCP : UDP;
  const isBegin = ({ protocol: own, flow, data }: Parsed): boolean =>
    own === protocol && flow !== '' && isBeginningOf(data, payload);
  const first = parsed.findLastIndex(isBegin);
  const begin = parsed[first];
  if (!begin) return [];
  const rest = parsed.slice(first);
  const mine =
    transport === 'udp' ? rest.filter(({ datagram }) => datagram === begin.datagram) : segmentsOf(begin, rest, payload);
  return mine.map(({ ip, transportBytes, data }) => ({
    ethernet: ETHERNET_BYTES,
    ip,
    transport: transportBytes,
    data: data.length,
  }));
}

interface Parsed {
  readonly protocol: number;
  /** Equal for all fragments of one datagram. */
  readonly datagram: string;
  /** Addresses and ports; empty where there are no ports. */
  readonly flow: string;
  readonly seq: number;
  readonly ip: number;
  readonly transportBytes: number;
  readonly data: Uint8Array;
}

function parse({ bytes }: Frame): Parsed | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < ETHERNET_BYTES + 20 || view.getUint16(12) !== 0x0800) return null;
  const at = ETHERNET_BYTES;
  const ip = (view.getUint8(at) & 0x0f) * 4;
  const end = Math.min(bytes.length, at + view.getUint16(at + 2));
  const protocol = view.getUint8(at + 9);
  const isFirst = (view.getUint16(at + 6) & 0x1fff) === 0;
  const start = at + ip;
  const addresses = [...bytes.subarray(at + 12, at + 20)].join('.');
  const isLongEnough = end >= start + (protocol === TCP ? 20 : UDP_BYTES);
  if (isFirst && !isLongEnough) return null;
  const transportBytes = !isFirst ? 0 : protocol === TCP ? (view.getUint8(start + 12) >> 4) * 4 : UDP_BYTES;
  return {
    protocol,
    datagram: `${addresses} ${view.getUint16(at + 4)}`,
    flow: isFirst ? `${addresses} ${view.getUint32(start)}` : '',
    seq: isFirst && protocol === TCP ? view.getUint32(start + 4) : 0,
    ip,
    transportBytes,
    data: bytes.subarray(Math.min(end, start + transportBytes), end),
  };
}

/** Those of the stream that carry the payload, each once: what is sent again is the same piece. */
function segmentsOf(first: Parsed, rest: readonly Parsed[], payload: Uint8Array): Parsed[] {
  const bySeq = new Map<number, Parsed>();
  for (const packet of rest) {
    const offset = (packet.seq - first.seq) >>> 0;
    const isIn = packet.flow === first.flow && packet.data.length > 0 && offset < payload.length;
    if (isIn && !bySeq.has(offset)) bySeq.set(offset, packet);
  }
  return [...bySeq].toSorted(([a], [b]) => a - b).map(([, packet]) => packet);
}

function isBeginningOf(data: Uint8Array, payload: Uint8Array): boolean {
  const length = Math.min(KNOWN_BY_BYTES, payload.length);
  if (length === 0 || data.length < length) return false;
  for (let at = 0; at < length; at += 1) if (data[at] !== payload[at]) return false;
  return true;
}
