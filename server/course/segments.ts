/** Which endpoints hear each other's frames: the ends of a link, and all links that meet at one switch. Pure. */
import type { Endpoint, Topology } from '../network/topology.ts';
import { parseCidr, type Cidr } from './addresses.ts';

/** One endpoint with its place in the file: `topology.links[link].endpoints[index]`. */
export interface PlacedEndpoint extends Endpoint {
  readonly link: number;
  readonly index: 0 | 1;
}

/** Endpoints by segment, each in the order of the file. */
export function segmentsOf(topology: Topology): PlacedEndpoint[][] {
  const switches = new Set(topology.nodes.filter((node) => node.kind === 'switch').map((node) => node.name));
  // Union-find over links: links with an end at the same switch are one segment.
  const parent = topology.links.map((_, link) => link);
  const rootOf = (link: number): number => {
    let root = link;
    while (parent[root] !== root) root = parent[root] ?? root;
    return root;
  };
  const firstAt = new Map<string, number>();
  for (const [link, { endpoints }] of topology.links.entries()) {
    for (const { node } of endpoints) {
      if (!switches.has(node)) continue;
      const first = firstAt.get(node);
      if (first === undefined) firstAt.set(node, link);
      else parent[rootOf(link)] = rootOf(first);
    }
  }
  const segments = new Map<number, PlacedEndpoint[]>();
  for (const [link, { endpoints }] of topology.links.entries()) {
    const root = rootOf(link);
    const members = segments.get(root) ?? [];
    members.push({ ...endpoints[0], link, index: 0 }, { ...endpoints[1], link, index: 1 });
    segments.set(root, members);
  }
  return [...segments.values()];
}

/** An address with the end of the link that has it. */
export interface PlacedAddress {
  readonly cidr: Cidr;
  readonly written: string;
  readonly endpoint: PlacedEndpoint;
}

export function addressesOf(endpoint: PlacedEndpoint): PlacedAddress[] {
  return [...endpoint.ipv4, ...endpoint.ipv6].flatMap((written) => {
    const cidr = parseCidr(written);
    return cidr ? [{ cidr, written, endpoint }] : [];
  });
}
