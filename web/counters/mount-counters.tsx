/** Brings `::counters` figures of a lesson to life. */
import { render } from 'preact';
import type { WatchStore } from '../attempt/watch-store.ts';
import { CountersFigure } from './counters-figure.tsx';

export function mountCounterFigures(
  lesson: HTMLElement,
  watch: WatchStore,
  announce: (sentence: string) => void,
): void {
  for (const figure of lesson.querySelectorAll<HTMLElement>('figure.picture[data-picture="counters"]')) {
    // Written by the server that made this page, as schema/picture-schema.ts describes.
    const { node, names } = JSON.parse(figure.dataset['options'] ?? '{}') as { node: string; names: string[] };
    const caption = figure.querySelector('figcaption');
    const place = document.createElement('div');
    figure.replaceChildren(place, ...(caption ? [caption] : []));
    render(<CountersFigure node={node} names={names} watch={watch} announce={announce} />, place);
  }
}
