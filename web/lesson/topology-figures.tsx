/** Draws `::topology` figures of a lesson; the table that the server put there stays, folded away. */
import { render } from 'preact';
import type { PageTopology } from '../topology/graph.ts';
import { TopologyPicture } from '../topology/topology-picture.tsx';

const MOST_HEIGHT = 440;

export function mountTopologyFigures(
  lesson: HTMLElement,
  topology: PageTopology,
  onOpen: ((node: string) => void) | undefined,
): void {
  for (const figure of lesson.querySelectorAll<HTMLElement>('figure.picture[data-picture="topology"]')) {
    const fallback = [...figure.childNodes];
    const picture = document.createElement('div');
    const table = document.createElement('details');
    table.className = 'as-table';
    const summary = document.createElement('summary');
    summary.textContent = 'As a table';
    table.append(summary, ...fallback);
    figure.append(picture, table);
    render(<TopologyPicture topology={topology} onOpen={onOpen} mostHeight={MOST_HEIGHT} />, picture);
  }
}
