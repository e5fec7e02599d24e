/** One end of a link this moment, as the picture, its panel and the table tell it. */
import type { InterfaceCondition } from '../../server/contract/watch.ts';
import { HISTORY_MS } from '../attempt/watch-history.ts';
import type { WatchStore } from '../attempt/watch-store.ts';
import { endpointName, type PageEndpoint } from './graph.ts';

export interface LiveEnd {
  /** Null before anything is known of it. */
  readonly state: InterfaceCondition | null;
  /** Packets per second. */
  readonly sent: number;
  readonly received: number;
  /** Packets dropped or in error in the last minute, both ways. */
  readonly lost: number;
}

/** Whoever calls it is drawn anew with each beat. */
export function liveEnd(watch: WatchStore, endpoint: PageEndpoint): LiveEnd {
  const nowMs = watch.beat.value;
  const name = endpointName(endpoint);
  const history = watch.traffic(name);
  const lostOf = (key: 'rxDropped' | 'txDropped' | 'rxErrors' | 'txErrors'): number =>
    history?.growth(key, nowMs - HISTORY_MS, nowMs) ?? 0;
  return {
    state: watch.interface(name)?.state ?? null,
    sent: history?.perSecond('txPackets', nowMs) ?? 0,
    received: history?.perSecond('rxPackets', nowMs) ?? 0,
    lost: Math.round(lostOf('rxDropped') + lostOf('txDropped') + lostOf('rxErrors') + lostOf('txErrors')),
  };
}

export function isDown({ state }: LiveEnd): boolean {
  return state !== null && state !== 'up';
}
