/**
 * Moves each node to where its distances to all others fit best, over and over: stress majorization (Gansner, Koren and
 * North, Graph Drawing by Stress Majorization, 2004). Pure.
 */
import { distancesFrom, type Neighbours } from './graph.ts';
import type { Point, Spacing } from './plane.ts';

const ROUNDS = 250;

export function spreadNodes(
  component: readonly string[],
  neighbours: Neighbours,
  start: ReadonlyMap<string, Point>,
  spacing: Spacing,
): Map<string, Point> {
  const lengths = component.flatMap((a) => (neighbours.get(a) ?? []).map((b) => spacing.link(a, b)));
  const { sideways } = spacing;
  const unit = Math.max(spacing.least.height, Math.max(spacing.least.width, ...lengths) / sideways);
  const distances = new Map(component.map((name) => [name, distancesFrom(name, neighbours)]));
  // Nodes that begin in one line would stay in it: each is moved a little, always the same way.
  let points = new Map(
    component.map((name, index) => {
      const { x, y } = start.get(name) ?? { x: 0, y: 0 };
      return [name, { x: Math.round(x / sideways), y: Math.round(y) + (((index * 5 + 2) % 7) - 3) * unit * 0.1 }];
    }),
  );
  for (let round = 0; round < ROUNDS; round++) {
    points = new Map(component.map((name) => [name, bestPlace(name, component, points, distances, unit)]));
  }
  return stretched(level(points), sideways);
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
  // A picture that is as wide as high stands on an edge of its first link's making: its first node goes to the upper left.
  const isRound = Math.hypot(xx - yy, 2 * xy) < 0.05 * (xx + yy);
  const [first = mean] = all;
  const angle = isRound
    ? -0.75 * Math.PI - Math.atan2(first.y - mean.y, first.x - mean.x)
    : -0.5 * Math.atan2(2 * xy, xx - yy);
  return new Map(
    [...points].map(([name, { x, y }]) => [
      name,
      {
        x: (x - mean.x) * Math.cos(angle) - (y - mean.y) * Math.sin(angle),
        y: (x - mean.x) * Math.sin(angle) + (y - mean.y) * Math.cos(angle),
      },
    ]),
  );
}

function stretched(points: ReadonlyMap<string, Point>, sideways: number): Map<string, Point> {
  return new Map([...points].map(([name, { x, y }]) => [name, { x: x * sideways, y }]));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
