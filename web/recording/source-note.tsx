/** One line under a picture: whose numbers these are, and, for a recorded example, the button that plays it. */
import type { JSX } from 'preact';
import type { WatchStore } from '../attempt/watch-store.ts';
import { PlayButton } from './play-button.tsx';
import { words } from './words.ts';

export interface SourceNoteProps {
  readonly watch: WatchStore;
  /** While a network runs. */
  readonly live: string;
}

/** Always as high, so that nothing moves when a network starts or ends. */
export function SourceNote({ watch, live }: SourceNoteProps): JSX.Element {
  const source = watch.source.value;
  const { isVisiting, isRunning } = watch;
  return (
    <p class={`source-note is-${source}`}>
      {source === 'live' && <span>{live}</span>}
      {source === 'none' && <span>{isRunning ? words.waiting : isVisiting ? words.joinToSee : words.startToSee}</span>}
      {source === 'recorded' && (
        <>
          <RecordedMark watch={watch} />
          <span>{isVisiting ? words.joinForOwn : words.startForOwn}</span>
          <PlayButton watch={watch} />
        </>
      )}
    </p>
  );
}

/** Names an example as such. */
export function RecordedMark({ watch }: { readonly watch: WatchStore }): JSX.Element | null {
  const facts = watch.recording?.facts;
  if (!facts) return null;
  return <b title={words.recordedOn(facts.recordedOn, facts.kernel)}>{words.example}</b>;
}
