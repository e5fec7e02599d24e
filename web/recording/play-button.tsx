/** Plays the recorded example as fast as it happened; all pictures that show it move with it. */
import type { JSX } from 'preact';
import type { WatchStore } from '../attempt/watch-store.ts';
import { words } from './words.ts';

export function PlayButton({ watch: { recording } }: { readonly watch: WatchStore }): JSX.Element | null {
  if (!recording?.facts) return null;
  const isPlaying = recording.isPlaying.value;
  return (
    <button
      class="button small"
      type="button"
      aria-pressed={isPlaying}
      onClick={() => (isPlaying ? recording.stop() : recording.play())}
    >
      {isPlaying
        ? `■ ${words.playing(clock(recording.nowMs.value), clock(recording.facts.lengthMs))}`
        : `▶ ${words.play}`}
    </button>
  );
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
