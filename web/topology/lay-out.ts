/**
 * Places the nodes of a topology in the plane: lines become lines, stars and trees radiate from their centre, anything else
 * is spread so that distances on paper follow distances in links (stress majorization, Gansner, Koren and North 2004).
 * Pure, and the same topology always gives the same picture.
 */
import { centreOf, componentsOf, distancesFrom, lineOf, neighboursOf, type PageTopology } from './graph.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Of lines: left to right, left to right and back in two or more rows, or top to bottom. */
export type Direction = 'across' | 'folded' | 'down';

export interface Spacing {
  /** Distance between the centres of two linked nodes, in the units of the picture. */
  readonly link: (a: string, b: string) => number;
  /** The least distance between any two nodes. */
  readonly least: number;
  /** Between two rows of a folded line. */
  readonly turn: number;
}

type Neighbours = ReadonlyMap<string, readonly string[]>;

/** Names and addresses are wider than high: what is spread needs more room sideways. */
const SIDEWAYS = 1.35;

/** Positions of all nodes; the origin is arbitrary. `direction` is that of lines. */
export function layOut(topology: PageTopology, direction: Direction, spacing: Spacing): ReadonlyMap<string, Point> {
  const neighbours = neighboursOf(topology);
  const names = topology.nodes.map(({ name }) => name);
  const placed = new Map<string, Point>();
  let offset = 0;
  for (const component of componentsOf(names, neighbours)) {
    const points = placeComponent(component, neighbours, direction, spacing);
    const along = (point: Point): number => (direction === 'down' ? point.y : point.x);
    const start = Math.min(...[...points.values()].map(along));
    for (const [name, point] of points) {
      const shift = offset - start;
      placed.set(name, direction === 'down' ? { x: point.x, y: point.y + shift } : { x: point.x + shift, y: point.y });
    }
    offset = Math.max(...component.map((name) => along(placed.get(name) ?? { x: 0, y: 0 }))) + spacing.least * 1.6;
  }
  return placed;
}

function placeComponent(
  component: string[],
  neighbours: Neighbours,
  direction: Direction,
  spacing: Spacing,
): Map<string, Point> {
  const line = lineOf(component, neighbours);
  if (line) return placeLine(line, direction, spacing);
  const edges = component.reduce((sum, name) => sum + (neighbours.get(name)?.length ?? 0), 0) / 2;
  const radial = placeTree(component, neighbours, spacing);
  return edges === component.length - 1 ? radial : spread(component, neighbours, radial, spacing);
}

/** A folded line turns back at the end of each row, as a field is ploughed. */
function placeLine(line: readonly string[], direction: Direction, spacing: Spacing): Map<string, Point> {
  const points = new Map<string, Point>();
  const rows = Math.max(2, Math.round(Math.sqrt(line.length / 1.8)));
  const rowLength = Math.ceil(line.length / rows);
  let [x, y, heading] = [0, 0, 1];
  line.forEach((name, index) => {
    const previous = line[index - 1];
    if (previous !== undefined) {
      const length = spacing.link(previous, name);
      if (direction === 'down') y += length;
      else if (direction === 'folded' && index % rowLength === 0) {
        y += spacing.turn;
        heading = -heading;
      } else x += heading * length;
    }
    points.set(name, { x, y });
  });
  return direction === 'folded' ? inColumns(points, line, rowLength) : points;
}

/** Rows of a folded line have the same columns, so that the turns stand upright. */
function inColumns(points: Map<string, Point>, line: readonly string[], rowLength: number): Map<string, Point> {
  const columnOf = (index: number): number => {
    const inRow = index % rowLength;
    return Math.floor(index / rowLength) % 2 === 0 ? inRow : rowLength - 1 - inRow;
  };
  const gaps = Array.from({ length: rowLength - 1 }, () => 0);
  line.forEach((name, index) => {
    const before = line[index - 1];
    if (before === undefined || index % rowLength === 0) return;
    const gap = Math.min(columnOf(index), columnOf(index - 1));
    const width = Math.abs((points.get(name)?.x ?? 0) - (points.get(before)?.x ?? 0));
    gaps[gap] = Math.max(gaps[gap] ?? 0, width);
  });
  const xOf = (column: number): number => gaps.slice(0, column).reduce((sum, gap) => sum + gap, 0);
  return new Map(line.map((name, index) => [name, { x: xOf(columnOf(index)), y: points.get(name)?.y ?? 0 }]));
}

/** A breadth-first tree around the centre; each branch gets an angle by its number of leaves. */
function placeTree(component: string[], neighbours: Neighbours, spacing: Spacing): Map<string, Point> {
  const root = centreOf(component, neighbours);
  const depths = distancesFrom(root, neighbours);
  const children = new Map<string, string[]>(component.map((name) => [name, []]));
  const claimed = new Set([root]);
  for (const name of depths.keys()) {
    for (const next of neighbours.get(name) ?? []) {
      if (claimed.has(next)) continue;
      claimed.add(next);
      children.get(name)?.push(next);
    }
  }
  const leavesOf = (name: string): number =>
    Math.max(
      1,
      (children.get(name) ?? []).reduce((sum, child) => sum + leavesOf(child), 0),
    );

  const deepest = Math.max(...depths.values());
  const longest = Math.max(...component.flatMap((a) => (neighbours.get(a) ?? []).map((b) => spacing.link(a, b))));
  const around = leavesOf(root);
  const room = (spacing.least * around) / (2 * Math.PI * Math.sqrt(SIDEWAYS));
  const ring = Math.max(longest / SIDEWAYS, room / Math.max(1, deepest), spacing.least);

  const points = new Map<string, Point>();
  const place = (name: string, from: number, to: number): void => {
    const radius = (depths.get(name) ?? 0) * ring;
    const angle = (from + to) / 2;
    points.set(name, { x: radius * Math.cos(angle) * SIDEWAYS, y: radius * Math.sin(angle) });
    let start = from;
    for (const child of children.get(name) ?? []) {
      const width = ((to - from) * leavesOf(child)) / leavesOf(name);
      place(child, start, start + width);
      start += width;
    }
  };
  // The first branch points to the left, the others follow clockwise: the order of reading.
  const first = (children.get(root) ?? [])[0];
  const half = first === undefined ? 0 : (Math.PI * leavesOf(first)) / around;
  place(root, Math.PI - half, 3 * Math.PI - half);
  return points;
}

const ROUNDS = 200;

/** Moves each node to where its distances to all others fit best, over and over. */
function spread(
  component: string[],
  neighbours: Neighbours,
  start: Map<string, Point>,
  spacing: Spacing,
): Map<string, Point> {
  const lengths = component.flatMap((a) => (neighbours.get(a) ?? []).map((b) => spacing.link(a, b)));
  const unit = Math.max(spacing.least, ...lengths) / SIDEWAYS;
  const distances = new Map(component.map((name) => [name, distancesFrom(name, neighbours)]));
  let points = new Map(component.map((name) => [name, round(unstretch(start.get(name) ?? { x: 0, y: 0 }))]));
  for (let turn = 0; turn < ROUNDS; turn++) {
    const moved = new Map<string, Point>();
    for (const name of component) moved.set(name, bestPlace(name, component, points, distances, unit));
    points = moved;
  }
  return new Map([...level(points)].map(([name, { x, y }]) => [name, { x: x * SIDEWAYS, y }]));
}

function bestPlace(
  name: string,
  component: readonly string[],
  points: ReadonlyMap<string, Point>,
  distances: ReadonlyMap<string, ReadonlyMap<string, number>>,
  unit: number,
): Point {
  const here = points.get(name) ?? { x: 0, y: 0 };
  let [x, y, weights] = [0, 0, 0];
  for (const other of component) {
    if (other === name) continue;
    const there = points.get(other) ?? { x: 0, y: 0 };
    const wanted = (distances.get(name)?.get(other) ?? 1) * unit;
    const weight = 1 / wanted ** 2;
    const actual = Math.hypot(here.x - there.x, here.y - there.y) || 1e-6;
    x += weight * (there.x + ((here.x - there.x) * wanted) / actual);
    y += weight * (there.y + ((here.y - there.y) * wanted) / actual);
    weights += weight;
  }
  return { x: x / weights, y: y / weights };
}

/** Turns the picture so that it is widest from left to right (its first principal axis). */
function level(points: ReadonlyMap<string, Point>): Map<string, Point> {
  const all = [...points.values()];
  const mean = { x: average(all.map(({ x }) => x)), y: average(all.map(({ y }) => y)) };
  let [xx, yy, xy] = [0, 0, 0];
  for (const { x, y } of all) {
    xx += (x - mean.x) ** 2;
    yy += (y - mean.y) ** 2;
    xy += (x - mean.x) * (y - mean.y);
  }
  // A picture without a longest side keeps its turn.
  const angle = Math.abs(xx - yy) + Math.abs(xy) < 1e-3 * (xx + yy) ? 0 : -0.5 * Math.atan2(2 * xy, xx - yy);
  const turn = ({ x, y }: Point): Point => ({
    x: (x - mean.x) * Math.cos(angle) - (y - mean.y) * Math.sin(angle),
    y: (x - mean.x) * Math.sin(angle) + (y - mean.y) * Math.cos(angle),
  });
  return new Map([...points].map(([name, point]) => [name, turn(point)]));
}

function unstretch({ x, y }: Point): Point {
  return { x: x / SIDEWAYS, y };
}

// Trigonometry may differ in its last digit between browsers; where symmetric pictures tip over must not.
function round({ x, y }: Point): Point {
  return { x: Math.round(x * 1e6) / 1e6, y: Math.round(y * 1e6) / 1e6 };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
