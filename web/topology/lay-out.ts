/**
 * Places the nodes of a topology in the plane: where the author has them, or by their shape. Lines become lines, stars and trees radiate from their centre, anything else
 * is spread so that distances on paper follow distances in links. Pure, and the same topology always gives the same picture.
 */
import { centreOf, componentsOf, lineOf, neighboursOf, type Neighbours, type PageTopology } from './graph.ts';
import type { Direction, Point, Spacing } from './plane.ts';
import { placeAsWritten } from './place-as-written.ts';
import { placeLine } from './place-line.ts';
import { placeTree, rootsOfTree } from './place-tree.ts';
import { spreadNodes } from './spread-nodes.ts';

/** Positions of all nodes; the origin is arbitrary. */
export function layOut(topology: PageTopology, direction: Direction, spacing: Spacing): ReadonlyMap<string, Point> {
  const written = placeAsWritten(topology, spacing);
  if (written) return written;
  const neighbours = neighboursOf(topology);
  const names = topology.nodes.map(({ name }) => name);
  const isDown = direction === 'down';
  const along = ({ x, y }: Point): number => (isDown ? y : x);
  const gap = isDown ? spacing.least.height * 1.3 : spacing.least.width * 1.3;
  const placed = new Map<string, Point>();
  let offset = 0;
  for (const component of componentsOf(names, neighbours)) {
    const points = placeComponent(component, neighbours, direction, spacing);
    const positions = [...points.values()].map(along);
    const shift = offset - Math.min(...positions);
    for (const [name, { x, y }] of points) placed.set(name, isDown ? { x, y: y + shift } : { x: x + shift, y });
    offset = Math.max(...positions) + shift + gap;
  }
  return placed;
}

function placeComponent(
  component: readonly string[],
  neighbours: Neighbours,
  direction: Direction,
  spacing: Spacing,
): Map<string, Point> {
  const line = lineOf(component, neighbours);
  if (line) return placeLine(line, direction, spacing);
  const centre = centreOf(component, neighbours);
  const edges = component.reduce((sum, name) => sum + (neighbours.get(name)?.length ?? 0), 0) / 2;
  if (edges === component.length - 1)
    return roomy(placeTree(rootsOfTree(centre, neighbours), neighbours, spacing), spacing);
  const start = placeTree([centre], neighbours, { ...spacing, sideways: Math.max(1, spacing.sideways) });
  return roomy(spreadNodes(component, neighbours, start, spacing), spacing);
}

const MOST_GROWTH = 2.5;
const MOST_SHRINKING = 0.5;

/** Larger as a whole, until no two nodes stand closer than they may; where room is dear, as small as that allows. */
function roomy(points: ReadonlyMap<string, Point>, { least, isDense }: Spacing): Map<string, Point> {
  const all = [...points.values()];
  const growths = all.flatMap((a, index) =>
    all.slice(index + 1).map((b) => {
      const part = Math.max(Math.abs(a.x - b.x) / least.width, Math.abs(a.y - b.y) / least.height);
      return Math.min(MOST_GROWTH, 1 / Math.max(part, 1e-6));
    }),
  );
  const growth = Math.max(isDense ? MOST_SHRINKING : 1, ...growths);
  return new Map([...points].map(([name, { x, y }]) => [name, { x: x * growth, y: y * growth }]));
}
