/** What a watcher saw, as differences: only what moved, and long stretches in which nothing did cut short. */
import type { RecordedSample, RecordedTimeline } from '../../contract/recording.ts';
import type { InterfaceTraffic } from '../../contract/watch.ts';
import type { Sight } from '../../observe/watch.ts';

/** Of a stretch without anything new as much remains. */
const LONGEST_REST_MS = 3000;
/** A minute is what pictures show of the past, and nobody watches a replay for longer than three. */
export const MOST_MS = 180_000;

export class SampleList {
  readonly #samples: RecordedSample[] = [];
  readonly #traffic = new Map<string, string>();
  readonly #counters = new Map<string, number>();
  #startMs: number | null = null;
  #lastNewsMs = 0;
  #cutMs = 0;
  #isCut = false;

  /** It went on for longer than what is kept. */
  get isCut(): boolean {
    return this.#isCut;
  }

  add(sight: Sight): void {
    this.#startMs ??= sight.atMs;
    const realMs = sight.atMs - this.#startMs;
    const traffic: Record<string, InterfaceTraffic> = {};
    for (const [endpoint, totals] of sight.traffic) {
      const text = JSON.stringify(totals);
      if (this.#traffic.get(endpoint) !== text) traffic[endpoint] = totals;
      this.#traffic.set(endpoint, text);
    }
    const counters: Record<string, Record<string, number>> = {};
    for (const [node, values] of sight.counters) {
      for (const [name, value] of values) {
        const key = `${node} ${name}`;
        if (this.#counters.get(key) !== value) (counters[node] ??= {})[name] = value;
        this.#counters.set(key, value);
      }
    }
    if (Object.keys(traffic).length === 0 && Object.keys(counters).length === 0) return;
    this.#cutMs += Math.max(0, realMs - this.#lastNewsMs - LONGEST_REST_MS);
    this.#lastNewsMs = realMs;
    const atMs = Math.round(realMs - this.#cutMs);
    this.#isCut = atMs > MOST_MS && this.#samples.length > 0;
    if (!this.#isCut) this.#samples.push({ atMs, traffic, counters });
  }

  toTimeline(): RecordedTimeline {
    return this.#samples;
  }
}
