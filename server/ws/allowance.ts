/** How many packets one page gets: what a page can show, and what a line can carry. */
import type { FeedFrame } from '../observe/feed-frame.ts';

const PACKETS_PER_SECOND = 1500;
const BYTES_PER_SECOND = 512 * 1024;
/** What may come at once: the list as it opens. */
const MOST_PACKETS = 1000;
const MOST_BYTES = 512 * 1024;

export class Allowance {
  readonly #now: () => number;
  #packets = MOST_PACKETS;
  #bytes = MOST_BYTES;
  #atMs: number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#atMs = now();
  }

  /** The newest of the frames, as many as are allowed this moment; in their order. */
  take(frames: readonly FeedFrame[]): FeedFrame[] {
    const nowMs = this.#now();
    const seconds = (nowMs - this.#atMs) / 1000;
    this.#atMs = nowMs;
    this.#packets = Math.min(MOST_PACKETS, this.#packets + seconds * PACKETS_PER_SECOND);
    this.#bytes = Math.min(MOST_BYTES, this.#bytes + seconds * BYTES_PER_SECOND);
    let from = frames.length;
    while (from > 0 && this.#packets >= 1) {
      const size = frames[from - 1]?.bytes.length ?? 0;
      if (size > this.#bytes) break;
      this.#bytes -= size;
      this.#packets -= 1;
      from -= 1;
    }
    return frames.slice(from);
  }
}
