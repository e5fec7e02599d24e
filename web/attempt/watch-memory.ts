/** What frames of the watch channel came to: how things stand, and a minute of each number. Knows no socket and no clock. */
import type { InterfaceTraffic, InterfaceView } from '../../server/contract/watch.ts';
import { WatchHistory } from './watch-history.ts';

export interface WatchDifferences {
  readonly spanMs: number;
  readonly traffic: Readonly<Record<string, InterfaceTraffic>>;
  readonly interfaces?: Readonly<Record<string, InterfaceView>>;
  /** Node → name → value; null for a counter that the node does not have. */
  readonly counters: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
}

export class WatchMemory {
  readonly #interfaces = new Map<string, InterfaceView>();
  readonly #traffic = new Map<string, WatchHistory<keyof InterfaceTraffic>>();
  readonly #counters = new Map<string, WatchHistory<'value'>>();

  interface(endpoint: string): InterfaceView | null {
    return this.#interfaces.get(endpoint) ?? null;
  }

  traffic(endpoint: string): WatchHistory<keyof InterfaceTraffic> | null {
    return this.#traffic.get(endpoint) ?? null;
  }

  counter(node: string, name: string): WatchHistory<'value'> | null {
    return this.#counters.get(`${node} ${name}`) ?? null;
  }

  apply({ spanMs, traffic, interfaces = {}, counters }: WatchDifferences, nowMs: number): void {
    for (const [endpoint, view] of Object.entries(interfaces)) this.#interfaces.set(endpoint, view);
    for (const [endpoint, totals] of Object.entries(traffic)) {
      historyIn(this.#traffic, endpoint).add(totals, nowMs, spanMs);
    }
    for (const [node, values] of Object.entries(counters)) {
      for (const [name, value] of Object.entries(values)) {
        if (value !== null) historyIn(this.#counters, `${node} ${name}`).add({ value }, nowMs, spanMs);
      }
    }
  }

  /** Another connection or another sandbox: totals are new, the minute before stays to be seen. */
  begin(): void {
    this.#interfaces.clear();
    this.interruptAllBut(new Set());
  }

  /** What is not among the endpoints and `node counter` names is not looked at from now on. */
  interruptAllBut(kept: ReadonlySet<string>): void {
    for (const histories of [this.#traffic, this.#counters]) {
      for (const [key, history] of histories) if (!kept.has(key)) history.interrupt();
    }
  }

  forget(): void {
    this.#interfaces.clear();
    this.#traffic.clear();
    this.#counters.clear();
  }
}

function historyIn<Key extends string>(histories: Map<string, WatchHistory<Key>>, key: string): WatchHistory<Key> {
  const known = histories.get(key);
  if (known) return known;
  const history = new WatchHistory<Key>();
  histories.set(key, history);
  return history;
}
