/**
 * What the platform's probes added to the counters of the nodes, so that it can be taken out. Pure.
 * The traffic of a probe mixes with the learner's in the kernel's totals; of what a counter grew by while a probe ran,
 * at most what such a probe can add is held to be the probe's.
 */
import type { Counters } from './observer.ts';

/** One probe as counters know it. */
export interface ProbeTraffic {
  readonly from: string;
  /** Requests sent. */
  readonly count: number;
  /** Pieces each is cut into, at most. */
  readonly fragments: number;
  /** Of IP payload, per request. */
  readonly bytes: number;
  readonly proto: 'icmp' | 'tcp' | 'udp';
  /** The sender asks itself: it answers too. */
  readonly isToSelf: boolean;
}

interface ActiveProbe {
  readonly traffic: ProbeTraffic;
  readonly before: ReadonlyMap<string, Counters>;
}

/** node → counter → what probes added. Plain data. */
export type SettledCounters = Record<string, Record<string, number>>;

export class ProbeLedger {
  readonly #settled: SettledCounters;
  readonly #active = new Set<ActiveProbe>();

  constructor(settled: SettledCounters = {}) {
    this.#settled = settled;
  }

  get settled(): SettledCounters {
    return this.#settled;
  }

  /** Call with readings of all nodes just before the probe starts. Probes must not overlap. */
  begin(traffic: ProbeTraffic, before: ReadonlyMap<string, Counters>): (after: ReadonlyMap<string, Counters>) => void {
    const probe = { traffic, before };
    this.#active.add(probe);
    return (after) => {
      this.#active.delete(probe);
      for (const [node, counters] of after) {
        for (const [name, share] of shares(probe, node, counters)) {
          const settled = (this.#settled[node] ??= {});
          settled[name] = (settled[name] ?? 0) + share;
        }
      }
    };
  }

  /** The counters of a node without what probes added, those that are still running included. */
  adjust(node: string, raw: Counters): Map<string, number> {
    const adjusted = new Map(raw);
    const subtract = (name: string, share: number): void => {
      const value = adjusted.get(name);
      if (value !== undefined) adjusted.set(name, Math.max(0, value - share));
    };
    for (const [name, share] of Object.entries(this.#settled[node] ?? {})) subtract(name, share);
    for (const probe of this.#active) {
      for (const [name, share] of shares(probe, node, raw)) subtract(name, share);
    }
    return adjusted;
  }
}

function* shares(probe: ActiveProbe, node: string, now: Counters): Generator<[name: string, share: number]> {
  const before = probe.before.get(node);
  if (!before) return;
  for (const [name, value] of now) {
    const grown = value - (before.get(name) ?? 0);
    if (grown <= 0) continue;
    const share = Math.min(grown, mostAdded(name, node, probe.traffic));
    if (share > 0) yield [name, share];
  }
}

const IPV4_HEADER_BYTES = 20;
const ETHERNET_HEADER_BYTES = 14;
const ARP_BYTES = 42;
/** Segments of a connection that is opened and closed at once, in one direction. */
const TCP_SEGMENTS = 6;

/** The most that a probe can add to one counter of one node (names: RFC 4293, net/ipv4/proc.c). */
export function mostAdded(name: string, node: string, traffic: ProbeTraffic): number {
  const isSender = node === traffic.from;
  const packets = traffic.proto === 'tcp' ? TCP_SEGMENTS : traffic.count;
  const pieces = packets * traffic.fragments;
  const owner = name.slice(0, name.lastIndexOf('.'));
  const field = name.slice(owner.length + 1);
  const bytes = packets * traffic.bytes + pieces * (IPV4_HEADER_BYTES + ETHERNET_HEADER_BYTES + 28);
  switch (owner) {
    case 'Ip':
    case 'Ip6':
      return ipAdded(field, { isSender, isToSelf: traffic.isToSelf, packets, pieces, bytes });
    case 'IpExt':
      return field.includes('Octets') ? 2 * bytes : 2 * pieces;
    case 'Icmp':
    case 'IcmpMsg':
    case 'Icmp6':
      return icmpAdded(field, isSender, traffic);
    case 'Tcp':
      return traffic.proto === 'tcp' ? (/Segs/.test(field) ? TCP_SEGMENTS : 1) : 0;
    case 'Udp':
    case 'Udp6':
      return traffic.proto === 'udp' ? traffic.count : 0;
    case 'TcpExt':
      return traffic.proto === 'tcp' ? 2 : 0;
    case 'UdpLite':
    case 'UdpLite6':
    case 'MPTcpExt':
      return 0;
    default:
      // An interface: requests one way, replies the other, and a question and an answer of ARP.
      return field.endsWith('_bytes') ? bytes + 2 * ARP_BYTES : pieces + 2;
  }
}

interface IpShare {
  readonly isSender: boolean;
  readonly isToSelf: boolean;
  readonly packets: number;
  readonly pieces: number;
  readonly bytes: number;
}

function ipAdded(field: string, share: IpShare): number {
  if (field.endsWith('Octets')) return 2 * share.bytes;
  // An end of the path sends once and receives once; a router in the middle sees both directions.
  const ways = share.isSender && !share.isToSelf ? 1 : 2;
  switch (field) {
    case 'InReceives':
    case 'OutTransmits':
    case 'FragCreates':
    case 'ReasmReqds':
    case 'ForwDatagrams':
    case 'OutForwDatagrams':
      return ways * share.pieces;
    default:
      return field.endsWith('Pkts') ? 2 * share.pieces : ways * share.packets;
  }
}

function icmpAdded(field: string, isSender: boolean, traffic: ProbeTraffic): number {
  const isRequestOut =
    /^Out(Echos|Type8|Type128)$/.test(field) || /^In(EchoReps|EchoReplies|Type0|Type129)$/.test(field);
  const isRequestIn =
    /^In(Echos|Type8|Type128)$/.test(field) || /^Out(EchoReps|EchoReplies|Type0|Type129)$/.test(field);
  if (isRequestOut) return isSender && traffic.proto === 'icmp' ? traffic.count : 0;
  if (isRequestIn) return (!isSender || traffic.isToSelf) && traffic.proto === 'icmp' ? traffic.count : 0;
  // Errors, totals, neighbour discovery.
  return traffic.count + (/Neighbor|Type13[56]$/.test(field) ? 1 : 0);
}
