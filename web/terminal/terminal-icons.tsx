/** Icons of the terminals' tools, in the manner of ui/icons.tsx. */
import type { JSX } from 'preact';

const PATHS = {
  add: 'M10 4.5v11M4.5 10h11',
  close: 'm6 6 8 8M14 6l-8 8',
  beside: 'M3.500 4.500h13v11h-13zM10 4.500v11',
  stacked: 'M3.500 4.500h13v11h-13zM3.500 10h13',
  single: 'M3.500 4.500h13v11h-13z',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  previous: 'm5.500 12.500 4.500-4.500 4.500 4.500',
  next: 'm5.500 7.500 4.500 4.500 4.500-4.500',
} as const;

export function TerminalIcon({ name }: { readonly name: keyof typeof PATHS }): JSX.Element {
  return (
    <svg class={`terminal-icon is-${name}`} viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
