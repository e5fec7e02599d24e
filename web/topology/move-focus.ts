/** Arrow keys in a picture lead from a button to its neighbour in their direction, Home and End to the first and the last. */
import type { Lead } from '../ui/focus-stops.ts';
import type { Point } from './plane.ts';

const WAYS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
/** What lies aside is as good as what lies so many times farther ahead. */
const ASIDE = 2.5;

export const leadAcross: Lead = (key, from, buttons) => {
  if (key === 'Home') return buttons[0] ?? null;
  if (key === 'End') return buttons.at(-1) ?? null;
  const way = WAYS[key];
  if (!way) return undefined;
  const others = buttons.filter((button) => button !== from);
  const index = nearest(middleOf(from), way, others.map(middleOf));
  return index === null ? null : (others[index] ?? null);
};

/** The index of the place that lies nearest in a direction; null for none. Pure. */
export function nearest(from: Point, way: Point, places: readonly Point[]): number | null {
  let best: { index: number; cost: number } | null = null;
  for (const [index, { x, y }] of places.entries()) {
    const ahead = (x - from.x) * way.x + (y - from.y) * way.y;
    const aside = Math.abs((x - from.x) * way.y) + Math.abs((y - from.y) * way.x);
    // Within about 70 degrees of the way.
    if (ahead <= 0.5 || aside > ahead * 2.8) continue;
    const cost = ahead + aside * ASIDE;
    if (!best || cost < best.cost) best = { index, cost };
  }
  return best?.index ?? null;
}

function middleOf(element: Element): Point {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}
