/**
 * One stop for the Tab key in a picture of many buttons; arrow keys lead from one to its neighbour in their direction, Home and
 * End to the first and the last. Tab comes back to the one that had the focus last.
 */
import { useState } from 'preact/hooks';
import type { Point } from './plane.ts';

const BUTTONS = '[data-stop]';
const WAYS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
/** What lies aside is as good as what lies so many times farther ahead. */
const ASIDE = 2.5;

export interface FocusStops {
  /** For the button of this name; the first of all is the stop until another had the focus. */
  readonly stop: (name: string) => { readonly tabindex: 0 | -1; readonly 'data-stop': string };
  readonly picture: {
    onFocusIn(event: FocusEvent): void;
    onKeyDown(event: KeyboardEvent): void;
  };
}

export function useFocusStops(first: string): FocusStops {
  const [current, setCurrent] = useState(first);
  return {
    stop: (name) => ({ tabindex: name === current ? 0 : -1, 'data-stop': name }),
    picture: {
      onFocusIn: (event) => {
        const name = event.target instanceof Element ? event.target.closest(BUTTONS)?.getAttribute('data-stop') : null;
        if (name !== null && name !== undefined) setCurrent(name);
      },
      onKeyDown: (event) => {
        const from = event.target instanceof Element ? event.target.closest(BUTTONS) : null;
        const picture = from?.closest('svg');
        if (!from || !picture || event.altKey || event.ctrlKey || event.metaKey) return;
        const buttons = [...picture.querySelectorAll<SVGElement>(BUTTONS)];
        const to = targetOf(event.key, from, buttons);
        if (to === undefined) return;
        event.preventDefault();
        to?.focus();
      },
    },
  };
}

/** Undefined for keys that lead nowhere; null where nothing lies in their direction. */
function targetOf(key: string, from: Element, buttons: readonly SVGElement[]): SVGElement | null | undefined {
  if (key === 'Home') return buttons[0] ?? null;
  if (key === 'End') return buttons.at(-1) ?? null;
  const way = WAYS[key];
  if (!way) return undefined;
  const places = buttons.filter((button) => button !== from).map((button) => middleOf(button));
  const index = nearest(middleOf(from), way, places);
  return index === null ? null : (buttons.filter((button) => button !== from)[index] ?? null);
}

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
