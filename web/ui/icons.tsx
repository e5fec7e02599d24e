/** Icons on a 20 by 20 grid, strokes in the colour of the text. Decoration: words beside them carry the meaning. */
import type { JSX } from 'preact';

const PATHS = {
  open: 'M10 3.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z',
  locked: 'M5.500 9.500h9v6.500h-9zM7 9.500V7a3 3 0 0 1 6 0v2.500',
  passed: 'M10 3.500a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13zM7 10.200l2.200 2.200 4-4.600',
  lapsed: 'M15.800 7A6.500 6.500 0 1 0 16.500 10M16.500 3.500V7H13',
  warning: 'M10 3.500 17.500 16.500h-15zM10 8.500v3.500m0 2v.2',
  check: 'm4.500 10.500 3.500 3.500 7.500-8.500',
  cross: 'm5 5 10 10M15 5 5 15',
  copy: 'M7.500 7.500h8v8.500h-8zM12.500 7.500V4h-8v8.500h3',
  play: 'M6.500 4.500 15 10l-8.500 5.500z',
  bulb: 'M8 15.500h4M8.500 17.500h3M10 2.500a5 5 0 0 0-3 9c.8.700 1 1.200 1 2h4c0-.8.200-1.300 1-2a5 5 0 0 0-3-9z',
  clock: 'M10 3.500a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13zM10 6.500V10l2.500 1.500',
  reset: 'M4.200 7A6.500 6.500 0 1 1 3.500 10M3.500 3.500V7H7',
  stop: 'M5.500 5.500h9v9h-9z',
  picture:
    'M2.500 8h5v4.500h-5zM12.500 3.500h5V8h-5zM12.500 12h5v4.500h-5zM7.500 10h2.500m0-4.200v8.500M10 5.800h2.500M10 14.200h2.500',
  table: 'M3 4.5h14v11H3zM3 8.2h14M3 11.8h14M8 8.200v7.300',
  forward: 'M8.500 4.500 14 10l-5.500 5.500',
  offline:
    'M3 3l14 14M2.500 8a11 11 0 0 1 4-2.500m3-.500A11 11 0 0 1 17.500 8M5.500 11a7 7 0 0 1 3.500-2m3.500.5a7 7 0 0 1 2 1.500M10 15.500v.2',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
