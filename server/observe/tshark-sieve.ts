/**
 * Frames for a display filter that only tshark understands: gathered, and asked about together at a low rate, since each
 * question starts a program. Knows no socket and no learner.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { filterByTshark } from './display-filter.ts';
import type { FeedFrame, OnFrames } from './feed-frame.ts';

const REST_MS = 1500;
/** The newest of a flood; what is left out is told as a gap. */
const MOST_GATHERED = 1000;

export class TsharkSieve implements Disposable {
  readonly #sandbox: Sandbox;
  readonly #filter: string;
  readonly #onFrames: OnFrames;
  readonly #onError: (error: unknown) => void;
  #gathered: FeedFrame[] = [];
  #isGap = false;
  #isAsking = false;
  #isDisposed = false;

  constructor(sandbox: Sandbox, filter: string, onFrames: OnFrames, onError: (error: unknown) => void) {
    this.#sandbox = sandbox;
    this.#filter = filter;
    this.#onFrames = onFrames;
    this.#onError = onError;
  }

  /** @throws VethlabError `lab_invalid` with tshark's words, for a filter that it refuses */
  async try(): Promise<void> {
    await filterByTshark(this.#sandbox, this.#filter, []);
  }

  take(frames: readonly FeedFrame[], isGap: boolean): void {
    this.#gathered.push(...frames.map((frame) => ({ ...frame, bytes: Buffer.from(frame.bytes) })));
    this.#isGap ||= isGap || this.#gathered.length > MOST_GATHERED;
    this.#gathered = this.#gathered.slice(-MOST_GATHERED);
    if (!this.#isAsking) void this.#askOn();
  }

  async #askOn(): Promise<void> {
    this.#isAsking = true;
    try {
      while (!this.#isDisposed && this.#gathered.length > 0) {
        const frames = this.#gathered.map((frame, index) => ({ ...frame, number: index + 1 }));
        const isGap = this.#isGap;
        this.#gathered = [];
        this.#isGap = false;
        const matching = await filterByTshark(this.#sandbox, this.#filter, frames);
        if (this.#isDisposed) return;
        const wanted = matching.flatMap((index) => frames[index] ?? []);
        if (wanted.length > 0 || isGap) this.#onFrames(wanted, isGap);
        await delay(REST_MS, undefined, { ref: false });
      }
    } catch (thrown) {
      if (!this.#isDisposed) this.#onError(thrown);
    } finally {
      this.#isAsking = false;
    }
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#gathered = [];
  }
}
