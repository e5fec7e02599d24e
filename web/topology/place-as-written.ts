/** Nodes at the columns and rows that the author wrote, far enough apart for what is written on their links. Pure. */
import type { PageTopology } from './graph.ts';
import type { Point, Spacing } from './plane.ts';

/** Null where not every node has a place. */
export function placeAsWritten({ nodes, links }: PageTopology, spacing: Spacing): Map<string, Point> | null {
  const places = new Map<string, readonly [number, number]>();
  for (const { name, at } of nodes) {
    if (!at) return null;
    places.set(name, at);
  }
  let column = spacing.least.width;
  let row = spacing.least.height * 1.3;
  for (const { endpoints } of links) {
    const [a, b] = [places.get(endpoints[0].node), places.get(endpoints[1].node)];
    if (!a || !b) continue;
    const [columns, rows] = [Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1])];
    // What is written stands along a link that is level, and beside one that is not.
    if (columns >= rows && columns > 0)
      column = Math.max(column, spacing.link(endpoints[0].node, endpoints[1].node) / columns);
    else if (rows > 0) row = Math.max(row, spacing.turn / rows);
  }
  // Neighbours that no link joins keep apart as well.
  const all = [...places.values()];
  for (const [index, a] of all.entries()) {
    for (const b of all.slice(index + 1)) {
      const [columns, rows] = [Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1])];
      if (columns * column >= spacing.least.width || rows * row >= spacing.least.height) continue;
      if (columns >= rows && columns > 0) column = Math.max(column, spacing.least.width / columns);
      else if (rows > 0) row = Math.max(row, spacing.least.height / rows);
    }
  }
  return new Map([...places].map(([name, [x, y]]) => [name, { x: x * column, y: y * row }]));
}
