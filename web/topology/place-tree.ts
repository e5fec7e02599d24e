/** A breadth-first tree around its centre; each branch gets an angle by its number of leaves. Pure. */
import { distancesFrom, type Neighbours } from './graph.ts';
import type { Point, Spacing } from './plane.ts';

/** Fewer leaves than this fit one ring. */
const STAGGERED_FROM = 12;
/** Of two branches around the same centre, one may take so much more of the circle than the other. */
const MOST_SHARE = 0.62;

/** The root stands in the middle; of two roots, linked to each other, one stands on either side of it. */
export function placeTree(roots: readonly string[], neighbours: Neighbours, spacing: Spacing): Map<string, Point> {
  const { levels, children } = growFrom(roots, neighbours);
  const leavesOf = (name: string): number =>
    Math.max(
      1,
      (children.get(name) ?? []).reduce((sum, child) => sum + leavesOf(child), 0),
    );
  const around = roots.reduce((sum, root) => sum + leavesOf(root), 0);
  const isStaggered = spacing.isDense && around >= STAGGERED_FROM;
  const radii = radiiOf(levels, roots, neighbours, around / (isStaggered ? 2 : 1), spacing);

  const points = new Map<string, Point>();
  let leaf = 0;
  const place = (name: string, level: number, from: number, to: number): void => {
    const own = children.get(name) ?? [];
    const isOuter = isStaggered && own.length === 0 && leaf++ % 2 === 1;
    const radius = (radii[level] ?? 0) + (isOuter ? spacing.least.height * 1.15 : 0);
    const angle = (from + to) / 2;
    points.set(name, { x: radius * Math.cos(angle) * spacing.sideways, y: radius * Math.sin(angle) });
    let start = from;
    for (const child of own) {
      const width = ((to - from) * leavesOf(child)) / leavesOf(name);
      place(child, level + 1, start, start + width);
      start += width;
    }
  };
  // The first branch points to the left, or up where the place is high; the others follow clockwise: the order of reading.
  const begin = spacing.sideways < 1 ? 1.5 * Math.PI : Math.PI;
  const [one = '', other] = roots;
  if (other !== undefined) {
    const share = 2 * Math.PI * Math.min(MOST_SHARE, Math.max(1 - MOST_SHARE, leavesOf(one) / around));
    place(one, 0, begin - share / 2, begin + share / 2);
    place(other, 0, begin + share / 2, begin + 2 * Math.PI - share / 2);
    return points;
  }
  const first = (children.get(one) ?? [])[0];
  const half = first === undefined ? 0 : (Math.PI * leavesOf(first)) / around;
  // With an odd number, the last and the first of two rings would stand in the same one: a free place parts them.
  const turn = 2 * Math.PI * (isStaggered && around % 2 === 1 ? around / (around + 1) : 1);
  place(one, 0, begin - half, begin - half + turn);
  return points;
}

/** How far each level is from the middle: far enough for its links, and so that the leaves fit around it. */
function radiiOf(
  levels: readonly (readonly string[])[],
  roots: readonly string[],
  neighbours: Neighbours,
  leaves: number,
  spacing: Spacing,
): number[] {
  // At the top nodes stand side by side, at the sides above each other: both arcs have to hold them.
  const room = Math.max(spacing.least.width / spacing.sideways, spacing.least.height);
  const step = (lengths: readonly number[]): number => Math.max(room, ...lengths.map((one) => one / spacing.sideways));
  const [one, other] = roots;
  let radius = one !== undefined && other !== undefined ? step([spacing.link(one, other)]) / 2 : 0;
  const radii = levels.map((names, level) => {
    if (level === 0) return radius;
    const above = new Set(levels[level - 1]);
    const lengths = names.flatMap((name) =>
      (neighbours.get(name) ?? []).filter((near) => above.has(near)).map((near) => spacing.link(name, near)),
    );
    radius += step(lengths);
    return radius;
  });
  const growth = Math.max(1, (room * leaves) / (2 * Math.PI) / Math.max(radius, 1e-6));
  return radii.map((each) => each * growth);
}

/** Each node hangs on the neighbour that was reached first. */
function growFrom(
  roots: readonly string[],
  neighbours: Neighbours,
): { levels: string[][]; children: ReadonlyMap<string, readonly string[]> } {
  const claimed = new Set(roots);
  const children = new Map<string, string[]>();
  const levels: string[][] = [];
  for (let level = [...roots]; level.length > 0;) {
    levels.push(level);
    level = level.flatMap((name) => {
      const own = (neighbours.get(name) ?? []).filter((next) => !claimed.has(next));
      for (const child of own) claimed.add(child);
      children.set(name, own);
      return own;
    });
  }
  return { levels, children };
}

/** The centre of a tree: one node, or two that are linked and equally far from everything. */
export function rootsOfTree(centre: string, neighbours: Neighbours): string[] {
  const farthest = (name: string): number => Math.max(...distancesFrom(name, neighbours).values());
  const twin = (neighbours.get(centre) ?? []).find((near) => farthest(near) === farthest(centre));
  return twin === undefined ? [centre] : [centre, twin];
}
