/** One packet at several places, field by field, with what changed from one place to the next. Pure. */
import { decodeFrame, type Decoded } from '../../server/packet/decode.ts';
import type { PassedEndpoint } from './packet.ts';
import { words } from './words.ts';

/** What can change on the way, in the order of the headers; `frame.len` and `time` are the capture's own. */
const FIELDS = [
  'eth.dst',
  'eth.src',
  'vlan.id',
  'arp.opcode',
  'ip.len',
  'ip.id',
  'ip.flags.df',
  'ip.flags.mf',
  'ip.frag_offset',
  'ip.ttl',
  'ip.checksum',
  'ip.dsfield.ecn',
  'ipv6.plen',
  'ipv6.hlim',
  'tcp.checksum',
  'udp.checksum',
  'ip.src',
  'ip.dst',
  'ipv6.src',
  'ipv6.dst',
] as const;
/** Pieces of one packet beyond this are told by their number. */
const MOST_PIECES = 4;

export interface TrailColumn {
  readonly endpoint: string;
  /** `piece 1 of 3`; empty where the packet is whole. */
  readonly piece: string;
  /** Milliseconds after it was seen first. */
  readonly afterMs: number;
}

export interface TrailRow {
  readonly field: string;
  readonly cells: readonly { readonly value: string; readonly isChanged: boolean }[];
  readonly isChanged: boolean;
}

export interface TrailTable {
  readonly columns: readonly TrailColumn[];
  readonly rows: readonly TrailRow[];
}

export function tabulate(passed: readonly PassedEndpoint[]): TrailTable {
  const firstMs = Math.min(...passed.flatMap(({ packets }) => packets.map(({ timeMs }) => timeMs)));
  const stops = passed.map(({ endpoint, packets }) =>
    packets.slice(0, MOST_PIECES).map((packet, index) => ({
      column: {
        endpoint,
        piece: packets.length > 1 ? words.pieceOf(index + 1, packets.length) : '',
        afterMs: packet.timeMs - firstMs,
      },
      values: valuesOf(decodeFrame(packet.bytes, { originalLength: packet.length }), packet.length),
    })),
  );
  const rows = ['frame.len', ...FIELDS].flatMap((field): TrailRow[] => {
    const cells = stops.flatMap((stop, at) =>
      stop.map(({ values }, piece) => {
        const value = values.get(field) ?? '–';
        // A piece is compared with the same piece before, or with the whole that it was cut from.
        const before = stops[at - 1];
        const known = (before?.[piece] ?? before?.[0])?.values.get(field) ?? '–';
        return { value, isChanged: before !== undefined && value !== known };
      }),
    );
    if (cells.every(({ value }) => value === '–')) return [];
    return [{ field, cells, isChanged: cells.some(({ isChanged }) => isChanged) }];
  });
  return { columns: stops.flatMap((stop) => stop.map(({ column }) => column)), rows };
}

/** Of a tunnel, or of a packet that an error quotes, the outer header: the one that travels. */
function valuesOf(decoded: Decoded, length: number): Map<string, string> {
  const values = new Map([['frame.len', String(length)]]);
  for (const { fields } of decoded.layers) {
    for (const { name, value } of fields) if (!values.has(name)) values.set(name, String(value));
  }
  return values;
}
