/**
 * One stop for the Tab key in a part of the page with many places to go. Keys lead from one to another, and Tab comes back to the one
 * that had the focus last. Knows no place: whoever has them says which key leads where.
 */
import { useState } from 'preact/hooks';

const STOPS = '[data-stop]';

export type Stop = HTMLElement | SVGElement;

/** Where a key leads from a stop; `stops` are all, in the order of the page. Undefined for keys that mean nothing; null to stay. */
export type Lead = (key: string, from: Stop, stops: readonly Stop[]) => Stop | null | undefined;

export interface FocusStops {
  /** For the element of this name. */
  readonly stop: (name: string) => { readonly tabindex: 0 | -1; readonly 'data-stop': string };
  /** For the element that holds all of them. */
  readonly area: {
    onFocusIn(event: FocusEvent): void;
    onKeyDown(event: KeyboardEvent & { readonly currentTarget: Element }): void;
  };
}

/** `names` are those of the elements there are; the first is the stop until another had the focus, and when that one is gone. */
export function useFocusStops(names: readonly string[], lead: Lead): FocusStops {
  const [last, setLast] = useState(names[0]);
  const current = last !== undefined && names.includes(last) ? last : names[0];
  return {
    stop: (name) => ({ tabindex: name === current ? 0 : -1, 'data-stop': name }),
    area: {
      onFocusIn: (event) => {
        const name = stopOf(event)?.getAttribute('data-stop');
        if (name !== null && name !== undefined) setLast(name);
      },
      onKeyDown: (event) => {
        const from = stopOf(event);
        if (!from || event.altKey || event.ctrlKey || event.metaKey) return;
        const to = lead(event.key, from, [...event.currentTarget.querySelectorAll<Stop>(STOPS)]);
        if (to === undefined) return;
        event.preventDefault();
        to?.focus();
      },
    },
  };
}

function stopOf({ target }: Event): Stop | null {
  return target instanceof Element ? target.closest<Stop>(STOPS) : null;
}
