/** What iproute2 prints with -j, as values. Pure. Output that is not what iproute2 prints is an error, never an empty answer. */
import { z } from 'zod';
import { VethlabError } from '../base/errors.ts';
import { canonicalAddress } from './ip-address.ts';
import type { InterfaceState, NeighborEntry, RouteAnswer } from './observer.ts';

const AddressOutput = z.array(
  z.object({
    ifname: z.string(),
    flags: z.array(z.string()),
    mtu: z.number(),
    operstate: z.string().default('UNKNOWN'),
    address: z.string().default(''),
    master: z.string().optional(),
    addr_info: z.array(z.object({ local: z.string().optional(), prefixlen: z.number().optional() })).default([]),
  }),
);

/** `ip -j addr show` */
export function parseInterfaces(json: string): InterfaceState[] {
  return parse(AddressOutput, json).map((link) => ({
    name: link.ifname,
    isUp: link.flags.includes('UP'),
    state: link.operstate.toLowerCase(),
    mtu: link.mtu,
    mac: link.address,
    isPromiscuous: link.flags.includes('PROMISC'),
    master: link.master ?? null,
    addresses: link.addr_info.flatMap(({ local, prefixlen }) =>
      local === undefined ? [] : [`${canonicalAddress(local) ?? local}/${prefixlen}`],
    ),
  }));
}

const RouteOutput = z.array(
  z.object({
    type: z.string().optional(),
    dst: z.string().optional(),
    gateway: z.string().optional(),
    via: z.object({ host: z.string() }).optional(),
    dev: z.string().optional(),
    prefsrc: z.string().optional(),
    metrics: z.array(z.object({ mtu: z.number().optional() })).optional(),
    nexthops: z.array(z.object({ gateway: z.string().optional(), dev: z.string().optional() })).optional(),
  }),
);

const NO_ROUTE_TYPES = new Set(['unreachable', 'prohibit', 'blackhole', 'throw']);

/** `ip -j route get …` or `ip -j route show default`; the first route is the answer. */
export function parseRoute(json: string): RouteAnswer {
  const route = parse(RouteOutput, json)[0];
  if (!route) return noRoute('no route');
  const hop = route.nexthops?.[0];
  const answer = {
    via: route.gateway ?? route.via?.host ?? hop?.gateway ?? null,
    dev: route.dev ?? hop?.dev ?? null,
    src: route.prefsrc ?? null,
    mtu: route.metrics?.find((metric) => metric.mtu !== undefined)?.mtu ?? null,
  };
  // As `ip route` prints it without -j.
  const words = Object.entries(answer).flatMap(([word, value]) => (value === null ? [] : [`${word} ${value}`]));
  const text = [route.type, route.dst, ...words].filter((word) => word !== undefined).join(' ');
  if (route.type !== undefined && NO_ROUTE_TYPES.has(route.type)) return noRoute(text);
  return { exists: true, ...answer, text };
}

export function noRoute(text: string): RouteAnswer {
  return { exists: false, via: null, dev: null, src: null, mtu: null, text };
}

const NeighborOutput = z.array(
  z.object({
    dst: z.string(),
    dev: z.string().default(''),
    lladdr: z.string().optional(),
    state: z.array(z.string()).default([]),
  }),
);

/** `ip -j neigh show` */
export function parseNeighbors(json: string): NeighborEntry[] {
  return parse(NeighborOutput, json).map((entry) => ({
    ip: canonicalAddress(entry.dst) ?? entry.dst,
    mac: entry.lladdr ?? null,
    state: (entry.state[0] ?? 'none').toLowerCase(),
    dev: entry.dev,
  }));
}

const StatisticsOutput = z.array(
  z.object({
    ifname: z.string(),
    stats64: z.record(z.string(), z.record(z.string(), z.number())).optional(),
  }),
);

/** iproute2 leaves these out while they are zero. */
const SILENT_FIELDS = ['rx_nohandler', 'rx_otherhost_dropped', 'rx_compressed', 'tx_compressed'];
/** Names of fields that the kernel (struct rtnl_link_stats64) and iproute2 write differently. */
const KERNEL_NAMES: Readonly<Record<string, string>> = {
  rx_multicast: 'multicast',
  tx_collisions: 'collisions',
  rx_otherhost: 'rx_otherhost_dropped',
  tx_carrier_changes: 'carrier_changes',
};

/** `ip -s -s -j link show`: every statistic as `eth0.rx_otherhost_dropped`. */
export function parseLinkStatistics(json: string): Map<string, number> {
  const counters = new Map<string, number>();
  for (const { ifname, stats64 = {} } of parse(StatisticsOutput, json)) {
    for (const field of SILENT_FIELDS) counters.set(`${ifname}.${field}`, 0);
    for (const [direction, fields] of Object.entries(stats64)) {
      for (const [field, value] of Object.entries(fields)) {
        const name = `${direction}_${field}`;
        counters.set(`${ifname}.${KERNEL_NAMES[name] ?? name}`, value);
      }
    }
  }
  return counters;
}

/** Empty output is an empty list: iproute2 prints nothing at all for some empty tables. */
export function parse<T>(schema: z.ZodType<T>, json: string): T {
  try {
    return schema.parse(JSON.parse(json.trim() === '' ? '[]' : json));
  } catch (error) {
    throw new VethlabError('unexpected', 'The output of iproute2 could not be read.', {
      cause: error,
      details: { output: json.slice(0, 500) },
    });
  }
}
