/** A minute of something that only grows: by how much it grew, and when. Pure. */

export const HISTORY_MS = 60_000;
/** Rates are of the last two seconds: a ping each second reads as one a second, not as 0 and 2 in turn. */
export const RATE_WINDOW_MS = 2000;

interface Growth<Key extends string> {
  readonly fromMs: number;
  readonly toMs: number;
  readonly by: Readonly<Record<Key, number>>;
}

export class WatchHistory<Key extends string> {
  #growths: Growth<Key>[] = [];
  #last: Readonly<Record<Key, number>> | null = null;

  /** The newest totals; null before the first. */
  get totals(): Readonly<Record<Key, number>> | null {
    return this.#last;
  }

  /** Totals that were read at `nowMs` and differ from those of `spanMs` before. A total that fell began anew. */
  add(totals: Readonly<Record<Key, number>>, nowMs: number, spanMs: number): void {
    const before = this.#last;
    this.#last = totals;
    if (!before) return;
    const keys = Object.keys(totals) as Key[];
    const by = Object.fromEntries(keys.map((key) => [key, Math.max(0, totals[key] - before[key])]));
    this.#growths = this.#growths.filter(({ toMs }) => toMs > nowMs - HISTORY_MS - RATE_WINDOW_MS);
    this.#growths.push({ fromMs: nowMs - Math.max(1, spanMs), toMs: nowMs, by: by as Record<Key, number> });
  }

  /** What comes next cannot be compared with what was: in between, nobody looked. */
  interrupt(): void {
    this.#last = null;
  }

  clear(): void {
    this.#growths = [];
    this.#last = null;
  }

  /** Growth in a stretch of time. */
  growth(key: Key, fromMs: number, toMs: number): number {
    let sum = 0;
    for (const growth of this.#growths) {
      const overlap = Math.min(toMs, growth.toMs) - Math.max(fromMs, growth.fromMs);
      if (overlap > 0) sum += (growth.by[key] * overlap) / (growth.toMs - growth.fromMs);
    }
    return sum;
  }

  perSecond(key: Key, nowMs: number): number {
    return this.growth(key, nowMs - RATE_WINDOW_MS, nowMs) / (RATE_WINDOW_MS / 1000);
  }

  /** Per second in each of `count` equal parts of the last minute, oldest first. */
  minute(key: Key, nowMs: number, count: number): number[] {
    const partMs = HISTORY_MS / count;
    // Parts stand still on the clock, so that a line moves to the left without changing its shape.
    const end = Math.ceil(nowMs / partMs) * partMs;
    return Array.from({ length: count }, (_, index) => {
      const toMs = end - (count - 1 - index) * partMs;
      return this.growth(key, toMs - partMs, toMs) / (partMs / 1000);
    });
  }
}
