/**
 * What the page knows of the learner's network this moment, and the last minute of it. Pictures say what they show and read
 * it from here; nothing is asked of the server for what is off the screen.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { InterfaceTraffic, InterfaceView, WatchFrame, WatchRequest } from '../../server/contract/watch.ts';
import { WatchHistory } from './watch-history.ts';
import { WatchSocket } from './watch-socket.ts';

export interface Look {
  readonly endpoints?: readonly string[];
  /** Node → names of counters. */
  readonly counters?: Readonly<Record<string, readonly string[]>>;
}

/** Rates fall and histories move on without a word of the server. */
const BEAT_MS = 500;

export class WatchStore {
  readonly #socket: WatchSocket;
  readonly #looks = new Set<Look>();
  readonly #beat = signal(0);
  readonly #isOn = signal(false);
  readonly #turns = signal(0);
  readonly #interfaces = new Map<string, InterfaceView>();
  readonly #traffic = new Map<string, WatchHistory<keyof InterfaceTraffic>>();
  readonly #counters = new Map<string, WatchHistory<'value'>>();
  #isRunning = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(attemptId: string) {
    this.#socket = new WatchSocket(attemptId, (frame) => this.#apply(frame));
    document.addEventListener('visibilitychange', () => this.#tell());
  }

  /** False until something is known of a network that runs. */
  get isOn(): ReadonlySignal<boolean> {
    return this.#isOn;
  }

  /** Milliseconds of performance.now(), twice a second and with each frame: whoever draws what moves reads it. */
  get beat(): ReadonlySignal<number> {
    return this.#beat;
  }

  /** Grows whenever an interface is another than before: whoever draws how things stand reads it. */
  get turns(): ReadonlySignal<number> {
    return this.#turns;
  }

  /** A network that does not run is not asked for. */
  setRunning(isRunning: boolean): void {
    if (this.#isRunning === isRunning) return;
    this.#isRunning = isRunning;
    if (!isRunning) this.#forget();
    this.#tell();
  }

  /** From now on this is on the screen, until what is returned is called. */
  look(look: Look): () => void {
    this.#looks.add(look);
    this.#tell();
    return () => {
      this.#looks.delete(look);
      this.#tell();
    };
  }

  interface(endpoint: string): InterfaceView | null {
    return this.#interfaces.get(endpoint) ?? null;
  }

  traffic(endpoint: string): WatchHistory<keyof InterfaceTraffic> | null {
    return this.#traffic.get(endpoint) ?? null;
  }

  counter(node: string, name: string): WatchHistory<'value'> | null {
    return this.#counters.get(`${node} ${name}`) ?? null;
  }

  #tell(): void {
    const request = this.#isRunning && !document.hidden ? this.#request() : null;
    const kept = new Set(request ? [...request.endpoints, ...countersOf(request)] : []);
    for (const histories of [this.#traffic, this.#counters]) {
      for (const [key, history] of histories) if (!kept.has(key)) history.interrupt();
    }
    this.#socket.look(request);
    clearInterval(this.#timer);
    if (request) this.#timer = setInterval(() => (this.#beat.value = performance.now()), BEAT_MS);
  }

  /** Null while nothing is on the screen. */
  #request(): WatchRequest | null {
    const endpoints = new Set<string>();
    const counters = new Map<string, Set<string>>();
    for (const look of this.#looks) {
      for (const endpoint of look.endpoints ?? []) endpoints.add(endpoint);
      for (const [node, names] of Object.entries(look.counters ?? {})) {
        const known = counters.get(node) ?? new Set();
        for (const name of names) known.add(name);
        counters.set(node, known);
      }
    }
    if (endpoints.size === 0 && counters.size === 0) return null;
    const named = [...counters].map(([node, names]): [string, string[]] => [node, [...names]]);
    return { type: 'look', endpoints: [...endpoints], counters: Object.fromEntries(named) };
  }

  #apply(frame: WatchFrame): void {
    if (frame.type === 'off') return this.#forget();
    if (frame.isFirst) this.#begin();
    const nowMs = performance.now();
    for (const [endpoint, view] of Object.entries(frame.interfaces)) this.#interfaces.set(endpoint, view);
    for (const [endpoint, totals] of Object.entries(frame.traffic)) {
      historyIn(this.#traffic, endpoint).add(totals, nowMs, frame.spanMs);
    }
    for (const [node, values] of Object.entries(frame.counters)) {
      for (const [name, value] of Object.entries(values)) {
        if (value !== null) historyIn(this.#counters, `${node} ${name}`).add({ value }, nowMs, frame.spanMs);
      }
    }
    if (frame.isFirst || Object.keys(frame.interfaces).length > 0) this.#turns.value += 1;
    this.#isOn.value = true;
    this.#beat.value = nowMs;
  }

  /** Another connection or another sandbox: totals are new, the minute before stays to be seen. */
  #begin(): void {
    this.#interfaces.clear();
    for (const history of [...this.#traffic.values(), ...this.#counters.values()]) history.interrupt();
  }

  #forget(): void {
    this.#interfaces.clear();
    this.#traffic.clear();
    this.#counters.clear();
    this.#turns.value += 1;
    this.#isOn.value = false;
    this.#beat.value = performance.now();
  }
}

function countersOf({ counters }: WatchRequest): string[] {
  return Object.entries(counters).flatMap(([node, names]) => names.map((name) => `${node} ${name}`));
}

function historyIn<Key extends string>(histories: Map<string, WatchHistory<Key>>, key: string): WatchHistory<Key> {
  const known = histories.get(key);
  if (known) return known;
  const history = new WatchHistory<Key>();
  histories.set(key, history);
  return history;
}
