/** A breadth-first tree around the centre; each branch gets an angle by its number of leaves. Pure. */
import { centreOf, distancesFrom, type Neighbours } from './graph.ts';
import type { Point, Spacing } from './plane.ts';

/** Names and addresses are wider than high: what is spread needs more room sideways. */
export const SIDEWAYS = 1.35;
/** Fewer leaves than this fit one ring. */
const STAGGERED_FROM = 12;

export function placeTree(component: readonly string[], neighbours: Neighbours, spacing: Spacing): Map<string, Point> {
  const root = centreOf(component, neighbours);
  const depths = distancesFrom(root, neighbours);
  const children = childrenOf(component, neighbours, [...depths.keys()]);
  const leavesOf = (name: string): number =>
    Math.max(
      1,
      (children.get(name) ?? []).reduce((sum, child) => sum + leavesOf(child), 0),
    );

  const around = leavesOf(root);
  const deepest = Math.max(1, ...depths.values());
  const isStaggered = spacing.isStaggered && deepest === 1 && around >= STAGGERED_FROM;
  const lengths = component.flatMap((a) => (neighbours.get(a) ?? []).map((b) => spacing.link(a, b)));
  // At the top nodes stand side by side, at the sides above each other: both arcs have to hold them.
  const room = Math.max(spacing.least.width / SIDEWAYS, spacing.least.height);
  const arc = (room * around) / (2 * Math.PI * (isStaggered ? 2 : 1) * deepest);
  const ring = Math.max(Math.max(0, ...lengths) / SIDEWAYS, arc, room);

  const points = new Map<string, Point>();
  let leaf = 0;
  const place = (name: string, from: number, to: number): void => {
    const own = children.get(name) ?? [];
    const isOuter = isStaggered && own.length === 0 && leaf++ % 2 === 1;
    const radius = (depths.get(name) ?? 0) * ring + (isOuter ? spacing.least.height * 1.25 : 0);
    const angle = (from + to) / 2;
    points.set(name, { x: radius * Math.cos(angle) * SIDEWAYS, y: radius * Math.sin(angle) });
    let start = from;
    for (const child of own) {
      const width = ((to - from) * leavesOf(child)) / leavesOf(name);
      place(child, start, start + width);
      start += width;
    }
  };
  // The first branch points to the left, the others follow clockwise: the order of reading.
  const first = (children.get(root) ?? [])[0];
  const half = first === undefined ? 0 : (Math.PI * leavesOf(first)) / around;
  // With an odd number, the last and the first of two rings would stand in the same one: a free place parts them.
  const turn = 2 * Math.PI * (isStaggered && around % 2 === 1 ? around / (around + 1) : 1);
  place(root, Math.PI - half, Math.PI - half + turn);
  return points;
}

/** Each node but the root hangs on the neighbour that was reached first. */
function childrenOf(
  component: readonly string[],
  neighbours: Neighbours,
  order: readonly string[],
): Map<string, string[]> {
  const children = new Map<string, string[]>(component.map((name) => [name, []]));
  const claimed = new Set(order.slice(0, 1));
  for (const name of order) {
    for (const next of neighbours.get(name) ?? []) {
      if (claimed.has(next)) continue;
      claimed.add(next);
      children.get(name)?.push(next);
    }
  }
  return children;
}
