/** Nodes in a row. A folded line turns back at the end of each row, as a field is ploughed. Pure. */
import type { Direction, Point, Spacing } from './plane.ts';

export function placeLine(line: readonly string[], direction: Direction, spacing: Spacing): Map<string, Point> {
  if (direction === 'folded' && line.length > 3) return foldLine(line, spacing);
  const points = new Map<string, Point>();
  let distance = 0;
  line.forEach((name, index) => {
    const previous = line[index - 1];
    if (previous !== undefined) distance += spacing.link(previous, name);
    points.set(name, direction === 'down' ? { x: 0, y: distance } : { x: distance, y: 0 });
  });
  return points;
}

/** Rows have the same columns, so that the turns stand upright. */
function foldLine(line: readonly string[], spacing: Spacing): Map<string, Point> {
  const rows = Math.max(2, Math.round(Math.sqrt(line.length / 1.8)));
  const rowLength = Math.ceil(line.length / rows);
  const columnOf = (index: number): number => {
    const inRow = index % rowLength;
    return Math.floor(index / rowLength) % 2 === 0 ? inRow : rowLength - 1 - inRow;
  };
  const gaps = Array.from({ length: rowLength - 1 }, () => spacing.least.width);
  line.forEach((name, index) => {
    const before = line[index - 1];
    if (before === undefined || index % rowLength === 0) return;
    const gap = Math.min(columnOf(index), columnOf(index - 1));
    gaps[gap] = Math.max(gaps[gap] ?? 0, spacing.link(before, name));
  });
  const xOf = (column: number): number => gaps.slice(0, column).reduce((sum, gap) => sum + gap, 0);
  return new Map(
    line.map((name, index) => [name, { x: xOf(columnOf(index)), y: Math.floor(index / rowLength) * spacing.turn }]),
  );
}
