/** Icons drawn on a 20 by 20 grid with strokes in the colour of the text. Decoration: the words beside them carry the meaning. */
import { html, raw, type Html } from './html.ts';

const PATHS = {
  brand:
    '<rect x="1.5" y="6.5" width="6" height="7" rx="1.5"/><rect x="12.5" y="6.5" width="6" height="7" rx="1.5"/><path d="M7.5 10h5"/>',
  new: '<circle cx="10" cy="10" r="6.5"/>',
  started:
    '<circle cx="10" cy="10" r="6.5"/><path d="M10 3.500a6.5 6.5 0 0 1 0 13z" fill="currentColor" stroke="none"/>',
  done: '<circle cx="10" cy="10" r="7.5" fill="currentColor" stroke="none"/><path d="m6.600 10.200 2.400 2.400 4.500-5" stroke="var(--surface)"/>',
  back: '<path d="M11.500 4.500 6 10l5.500 5.500"/>',
  forward: '<path d="M8.500 4.500 14 10l-5.500 5.500"/>',
  person: '<circle cx="10" cy="7" r="3"/><path d="M4 16.500c.8-3.200 3-4.500 6-4.500s5.200 1.300 6 4.500"/>',
  list: '<path d="M4 5.500h12M4 10h12M4 14.500h8"/>',
  book: '<path d="M10 5.500C8 4 5.500 4 3.500 4.500v11c2-.5 4.500-.5 6.500 1 2-1.500 4.500-1.500 6.500-1v-11C14.500 4 12 4 10 5.500zm0 0v11"/>',
  terminal: '<rect x="2.500" y="4" width="15" height="12" rx="2"/><path d="m6 8 2.500 2L6 12m5 .5h3"/>',
  clock: '<circle cx="10" cy="10" r="6.500"/><path d="M10 6.500V10l2.500 1.500"/>',
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): Html {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${raw(PATHS[name])}</svg>`;
}
