/**
 * Wraps a payload header by header and says which packets leave. Sizes are those of Linux: TCP carries timestamps
 * (RFC 7323), IPv4 has no options (RFC 791), Ethernet counts as captures show it, without its checksum. Pure.
 */

export interface WrapRequest {
  readonly payloadBytes: number;
  /** Bytes of the application's own header; 0 for none. */
  readonly applicationHeaderBytes: number;
  readonly transport: 'tcp' | 'udp';
  readonly mtu: number;
}

export const ETHERNET_BYTES = 14;
export const IPV4_BYTES = 20;
export const TCP_BYTES = 20;
/** RFC 7323, padded with two bytes of no operation as Linux writes it. */
export const TIMESTAMP_BYTES = 12;
export const UDP_BYTES = 8;
/** What the length field of IPv4 can say. */
const MOST_IPV4_BYTES = 65_535;
/** RFC 791: every host must be able to forward this much without cutting. */
export const LEAST_MTU = 68;

/** One packet on the wire; all sizes in bytes. */
export interface WrappedPacket {
  readonly ethernet: number;
  readonly ip: number;
  /** 0 in all fragments but the first. */
  readonly transport: number;
  readonly applicationHeader: number;
  readonly payload: number;
  /** Where the data begins in the whole: in the datagram for fragments, in the stream for segments. */
  readonly offset: number;
  readonly moreFragments: boolean;
}

export interface Wrapped {
  readonly packets: readonly WrappedPacket[];
  /** `fits`: one packet. `segments`: TCP has cut, IP has not. `fragments`: IP has cut. `refused`: too long for UDP over IPv4. */
  readonly outcome: 'fits' | 'segments' | 'fragments' | 'refused';
  /** What TCP tells the other end that it takes (RFC 9293, 3.7.1): MTU less 40. */
  readonly announcedMss: number;
  /** What a segment really carries, or a datagram without being cut. */
  readonly mostCarried: number;
}

export function wrap(request: WrapRequest): Wrapped {
  return request.transport === 'tcp' ? wrapInSegments(request) : wrapInDatagram(request);
}

function wrapInSegments({ payloadBytes, applicationHeaderBytes, mtu }: WrapRequest): Wrapped {
  const header = TCP_BYTES + TIMESTAMP_BYTES;
  const mostCarried = Math.max(8, mtu - IPV4_BYTES - header);
  const total = payloadBytes + applicationHeaderBytes;
  const packets: WrappedPacket[] = [];
  for (let offset = 0; offset < total || offset === 0; offset += mostCarried) {
    const carried = Math.min(mostCarried, total - offset);
    packets.push(packetOf(offset, carried, header, applicationHeaderBytes, offset, false));
  }
  const announcedMss = Math.max(0, mtu - IPV4_BYTES - TCP_BYTES);
  return { packets, outcome: packets.length > 1 ? 'segments' : 'fits', announcedMss, mostCarried };
}

function wrapInDatagram({ payloadBytes, applicationHeaderBytes, mtu }: WrapRequest): Wrapped {
  const total = UDP_BYTES + applicationHeaderBytes + payloadBytes;
  const room = mtu - IPV4_BYTES;
  const sizes = { announcedMss: Math.max(0, room - TCP_BYTES), mostCarried: room - UDP_BYTES };
  if (total + IPV4_BYTES > MOST_IPV4_BYTES) return { packets: [], outcome: 'refused', ...sizes };
  const data = total - UDP_BYTES;
  if (total <= room) {
    return { packets: [packetOf(0, data, UDP_BYTES, applicationHeaderBytes, 0, false)], outcome: 'fits', ...sizes };
  }
  // The offset field counts in units of 8 bytes.
  const step = Math.floor(room / 8) * 8;
  const packets: WrappedPacket[] = [];
  for (let offset = 0; offset < total;) {
    const isLast = total - offset <= room;
    const carried = isLast ? total - offset : step;
    const transport = offset === 0 ? UDP_BYTES : 0;
    const dataFrom = Math.max(0, offset - UDP_BYTES);
    packets.push(packetOf(dataFrom, carried - transport, transport, applicationHeaderBytes, offset, !isLast));
    offset += carried;
  }
  return { packets, outcome: 'fragments', ...sizes };
}

/** A packet that carries `carried` bytes of the application's data from `dataFrom` on; its header comes first in that data. */
function packetOf(
  dataFrom: number,
  carried: number,
  transport: number,
  applicationHeaderBytes: number,
  offset: number,
  moreFragments: boolean,
): WrappedPacket {
  const applicationHeader = Math.max(0, Math.min(carried, applicationHeaderBytes - dataFrom));
  return {
    ethernet: ETHERNET_BYTES,
    ip: IPV4_BYTES,
    transport,
    applicationHeader,
    payload: carried - applicationHeader,
    offset,
    moreFragments,
  };
}

/** What the MTU limits: all from the IP header on. */
export function ipLength({ ip, transport, applicationHeader, payload }: WrappedPacket): number {
  return ip + transport + applicationHeader + payload;
}

/** As a capture shows it. */
export function frameLength(packet: WrappedPacket): number {
  return packet.ethernet + ipLength(packet);
}

/** The lines a small HTTP client would put in front. */
export function httpHeader(payloadBytes: number): string {
  return `POST /note HTTP/1.1\r\nHost: h2\r\nContent-Length: ${payloadBytes}\r\n\r\n`;
}
