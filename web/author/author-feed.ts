/** What the server tells the author: faults of the files, and when the page is out of date. Knows no page. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { AuthorState } from '../../server/contract/author.ts';

export interface AuthorFeed {
  /** Null until the first word of the server. */
  readonly state: ReadonlySignal<AuthorState | null>;
}

/** `onChange` is called when what is served is another version than the one this page was made of. */
export function openAuthorFeed(labId: string, onChange: () => void): AuthorFeed {
  const state = signal<AuthorState | null>(null);
  const source = new EventSource(`/author/events?lab=${encodeURIComponent(labId)}`);
  source.addEventListener('message', (event: MessageEvent<string>) => {
    // The server that made this page typed it by the same contract.
    const next = JSON.parse(event.data) as AuthorState;
    const before = state.value;
    state.value = next;
    if (before && before.version !== next.version) onChange();
  });
  return { state };
}
