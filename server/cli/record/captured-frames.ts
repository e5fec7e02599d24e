/** What passed the interfaces of a sandbox, read again and again: a capture keeps the newest alone, and a flood would push out what came before. */
import type { FeedFrame } from '../../observe/feed-frame.ts';
import type { Observer } from '../../observe/observer.ts';
import { framesSince } from '../../observe/recorded-frames.ts';
import type { CaptureCursor, Sandbox } from '../../sandbox/sandbox.ts';
import type { CapturedAt } from './choose-packets.ts';

/** Of each interface and reading; far more than a recording has room for. */
const MOST_FRAMES = 4000;

export class CapturedFrames {
  readonly #sandbox: Sandbox;
  readonly #observer: Pick<Observer, 'probeFrames'>;
  readonly #ends: { readonly endpoint: string; readonly frames: FeedFrame[]; cursor: CaptureCursor | null }[];

  constructor(sandbox: Sandbox, observer: Pick<Observer, 'probeFrames'>, endpoints: readonly string[]) {
    this.#sandbox = sandbox;
    this.#observer = observer;
    this.#ends = endpoints.map((endpoint) => ({ endpoint, frames: [], cursor: null }));
  }

  /** Oldest first. */
  get all(): readonly CapturedAt[] {
    return this.#ends;
  }

  async read(): Promise<void> {
    for (const end of this.#ends) {
      const { frames, cursor } = await framesSince(this.#sandbox, this.#observer, end.endpoint, end.cursor);
      end.frames.push(...frames.slice(0, MOST_FRAMES));
      end.cursor = cursor;
    }
  }
}
