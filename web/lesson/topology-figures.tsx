/** Draws `::topology` figures of a lesson; the table that the server put there is folded away, and lives where a network can run. */
import type { ReadonlySignal } from '@preact/signals';
import { render } from 'preact';
import type { LinkView } from '../../server/contract/api.ts';
import type { WatchStore } from '../attempt/watch-store.ts';
import { SourceNote } from '../recording/source-note.tsx';
import type { PageEndpoint, PageTopology } from '../topology/graph.ts';
import { TopologyPicture } from '../topology/topology-picture.tsx';
import { TopologyTable } from '../topology/topology-table.tsx';
import { words } from './words.ts';

const MOST_HEIGHT = 440;

export interface TopologyFigureParts {
  readonly topology: PageTopology;
  readonly watch: WatchStore;
  readonly links: ReadonlySignal<readonly LinkView[]>;
  /** Opens a terminal; absent for a visitor. */
  readonly onOpen?: (node: string) => void;
  readonly onEndpoint: (endpoint: PageEndpoint, from: Element) => void;
}

export function mountTopologyFigures(lesson: HTMLElement, parts: TopologyFigureParts): void {
  const { topology, watch, links } = parts;
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
    render(<SourceNote watch={watch} live={`● ${words.liveTopology}`} />, note);
    render(<TopologyPicture {...parts} mostHeight={MOST_HEIGHT} />, picture);
    render(<TopologyTable topology={topology} watch={watch} links={links} />, rows);
  }
}
