/** Draws `::topology` figures of a lesson; the table that the server put there is folded away, and lives where a network can run. */
import { render } from 'preact';
import type { WatchStore } from '../attempt/watch-store.ts';
import { SourceNote } from '../recording/source-note.tsx';
import type { PageTopology } from '../topology/graph.ts';
import { TopologyPicture } from '../topology/topology-picture.tsx';
import { TopologyTable } from '../topology/topology-table.tsx';
import { words } from './words.ts';

const MOST_HEIGHT = 440;

export function mountTopologyFigures(
  lesson: HTMLElement,
  topology: PageTopology,
  watch: WatchStore,
  onOpen?: (node: string) => void,
): void {
  for (const figure of lesson.querySelectorAll<HTMLElement>('figure.picture[data-picture="topology"]')) {
    const caption = figure.querySelector('figcaption');
    const picture = document.createElement('div');
    const table = document.createElement('details');
    table.className = 'as-table';
    const summary = document.createElement('summary');
    summary.textContent = words.asTable;
    const rows = document.createElement('div');
    table.append(summary, rows);
    const note = document.createElement('div');
    figure.replaceChildren(picture, note, table, ...(caption ? [caption] : []));
    render(<SourceNote watch={watch} live="● Live: what passes this moment." />, note);
    render(<TopologyPicture topology={topology} onOpen={onOpen} mostHeight={MOST_HEIGHT} watch={watch} />, picture);
    render(<TopologyTable topology={topology} watch={watch} />, rows);
  }
}
