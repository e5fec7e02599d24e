/** Reads a number of the picture out of what the page watches. Pure. */
import type { WatchStore } from '../attempt/watch-store.ts';
import type { NodeNumber } from './stages-of.ts';

export interface Reading {
  /** Null while nothing is known of it. */
  readonly total: number | null;
  readonly perSecond: number;
  readonly lastMinute: number;
}

const MINUTE_MS = 60_000;

/** The sum over the number's counters; those that the node does not have are left out. */
export function readNumber(
  watch: Pick<WatchStore, 'counter'>,
  node: string,
  number: NodeNumber,
  nowMs: number,
): Reading {
  let total: number | null = null;
  let perSecond = 0;
  let lastMinute = 0;
  for (const name of number.counters) {
    const history = watch.counter(node, name);
    const value = history?.totals?.value;
    if (!history || value === undefined) continue;
    total = (total ?? 0) + value;
    perSecond += history.perSecond('value', nowMs);
    lastMinute += history.growth('value', nowMs - MINUTE_MS, nowMs);
  }
  return { total, perSecond, lastMinute };
}
