/** A lab's network as the page knows it, and small questions about its shape. Pure. */
import type { LabPageData } from '../../server/contract/api.ts';

type WrittenTopology = LabPageData['topology'];
export type PageNode = WrittenTopology['nodes'][number];
export type PageEndpoint = WrittenTopology['links'][number]['endpoints'][number];

export type PageLink = WrittenTopology['links'][number] & {
  /** Present where the two ends have come to differ: `1400 and 1500`. */
  readonly mtus?: string;
};

export interface PageTopology {
  readonly nodes: readonly PageNode[];
  readonly links: readonly PageLink[];
}

/** As people write it: `h1:eth0`. */
export function endpointName({ node, interface: name }: PageEndpoint): string {
  return `${node}:${name}`;
}

/** Node → its neighbours, each once, in the order of the links. */
export type Neighbours = ReadonlyMap<string, readonly string[]>;

/** Links to nodes that do not exist are left out. */
export function neighboursOf({ nodes, links }: PageTopology): Neighbours {
  const neighbours = new Map<string, string[]>(nodes.map(({ name }) => [name, []]));
  for (const { endpoints } of links) {
    const [a, b] = [endpoints[0].node, endpoints[1].node];
    if (a === b || !neighbours.has(a) || !neighbours.has(b)) continue;
    if (!neighbours.get(a)?.includes(b)) neighbours.get(a)?.push(b);
    if (!neighbours.get(b)?.includes(a)) neighbours.get(b)?.push(a);
  }
  return neighbours;
}

/** The nodes reachable from one, with their distance in links. */
export function distancesFrom(start: string, neighbours: Neighbours): Map<string, number> {
  const distances = new Map([[start, 0]]);
  const queue = [start];
  for (const name of queue) {
    for (const next of neighbours.get(name) ?? []) {
      if (distances.has(next)) continue;
      distances.set(next, (distances.get(name) ?? 0) + 1);
      queue.push(next);
    }
  }
  return distances;
}

/** Connected parts, in the order of their first node. */
export function componentsOf(names: readonly string[], neighbours: Neighbours): string[][] {
  const seen = new Set<string>();
  const components: string[][] = [];
  for (const name of names) {
    if (seen.has(name)) continue;
    const component = [...distancesFrom(name, neighbours).keys()];
    for (const member of component) seen.add(member);
    components.push(component);
  }
  return components;
}

/** The nodes of a component from one end to the other when it is a simple line; null otherwise. */
export function lineOf(component: readonly string[], neighbours: Neighbours): string[] | null {
  const degree = (name: string): number => neighbours.get(name)?.length ?? 0;
  if (component.some((name) => degree(name) > 2)) return null;
  const first = component.find((name) => degree(name) <= 1);
  return first === undefined ? null : [...distancesFrom(first, neighbours).keys()];
}

/** The node whose farthest node is nearest; among equals the one with most neighbours, then the first. */
export function centreOf(component: readonly string[], neighbours: Neighbours): string {
  const score = (name: string): number => {
    const eccentricity = Math.max(...distancesFrom(name, neighbours).values());
    return eccentricity * 1000 - (neighbours.get(name)?.length ?? 0);
  };
  const [first = '', ...others] = component;
  return others.reduce((best, name) => (score(name) < score(best) ? name : best), first);
}
