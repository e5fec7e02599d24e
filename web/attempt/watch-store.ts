/**
 * What the page knows of the learner's network this moment, and the last minute of it. Pictures say what they show and read
 * it from here; nothing is asked of the server for what is off the screen. While no network runs, it is the lab's recorded
 * example.
 */
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { InterfaceTraffic, InterfaceView, WatchFrame, WatchRequest } from '../../server/contract/watch.ts';
import type { RecordingPlayer } from '../recording/recording-player.ts';
import type { WatchHistory } from './watch-history.ts';
import { WatchMemory } from './watch-memory.ts';
import { WatchSocket } from './watch-socket.ts';

export interface Look {
  readonly endpoints?: readonly string[];
  /** Node → names of counters. */
  readonly counters?: Readonly<Record<string, readonly string[]>>;
}

/** `none`: nothing is known; `live`: of a network that runs; `recorded`: of the lab's example. */
export type WatchSource = 'none' | 'live' | 'recorded';

/** Rates fall and histories move on without a word of the server. */
const BEAT_MS = 500;

export class WatchStore {
  readonly recording: RecordingPlayer | null;
  /** No network can run here: nobody has joined. */
  readonly isVisiting: boolean;
  readonly #socket: WatchSocket | null;
  readonly #looks = new Set<Look>();
  readonly #liveBeat = signal(0);
  readonly #isLive = signal(false);
  readonly #turns = signal(0);
  readonly #memory = new WatchMemory();
  readonly #source: ReadonlySignal<WatchSource>;
  readonly #beat: ReadonlySignal<number>;
  readonly #isRunning = signal(false);
  #timer: ReturnType<typeof setInterval> | undefined;

  /** `attemptId` is null for a visitor, whose network never runs. */
  constructor(attemptId: string | null, recording: RecordingPlayer | null) {
    this.recording = recording;
    this.isVisiting = attemptId === null;
    this.#socket = attemptId === null ? null : new WatchSocket(attemptId, (frame) => this.#apply(frame));
    this.#source = computed(() => {
      if (this.#isLive.value) return 'live';
      return !this.#isRunning.value && recording?.isLoaded.value === true ? 'recorded' : 'none';
    });
    this.#beat = computed(() =>
      this.#source.value === 'recorded' ? (recording?.nowMs.value ?? 0) : this.#liveBeat.value,
    );
    effect(() => {
      void this.#source.value;
      this.#turns.value = this.#turns.peek() + 1;
    });
    document.addEventListener('visibilitychange', () => this.#tell());
  }

  /** False until something is known of a network that runs. */
  get isOn(): ReadonlySignal<boolean> {
    return this.#isLive;
  }

  /** A network runs, whether or not anything is known of it yet. */
  get isRunning(): boolean {
    return this.#isRunning.value;
  }

  get source(): ReadonlySignal<WatchSource> {
    return this.#source;
  }

  /** Milliseconds on the clock of what is shown, twice a second and with each frame: whoever draws what moves reads it. */
  get beat(): ReadonlySignal<number> {
    return this.#beat;
  }

  /** Grows whenever an interface is another than before: whoever draws how things stand reads it. */
  get turns(): ReadonlySignal<number> {
    return this.#turns;
  }

  /** A network that does not run is not asked for. */
  setRunning(isRunning: boolean): void {
    if (this.#isRunning.peek() === isRunning) return;
    this.#isRunning.value = isRunning;
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
    return this.#shown?.interface(endpoint) ?? null;
  }

  traffic(endpoint: string): WatchHistory<keyof InterfaceTraffic> | null {
    return this.#shown?.traffic(endpoint) ?? null;
  }

  counter(node: string, name: string): WatchHistory<'value'> | null {
    return this.#shown?.counter(node, name) ?? null;
  }

  get #shown(): WatchMemory | null {
    return this.#source.value === 'recorded' ? (this.recording?.memory ?? null) : this.#memory;
  }

  #tell(): void {
    if (!this.#isRunning.peek() && this.#looks.size > 0) void this.recording?.load();
    const request = this.#isRunning.peek() && !document.hidden ? this.#request() : null;
    this.#memory.interruptAllBut(new Set(request ? [...request.endpoints, ...countersOf(request)] : []));
    this.#socket?.look(request);
    clearInterval(this.#timer);
    if (request) this.#timer = setInterval(() => (this.#liveBeat.value = performance.now()), BEAT_MS);
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
    if (frame.isFirst) this.#memory.begin();
    const nowMs = performance.now();
    this.#memory.apply(frame, nowMs);
    this.#isLive.value = true;
    if (frame.isFirst || Object.keys(frame.interfaces).length > 0) this.#turns.value += 1;
    this.#liveBeat.value = nowMs;
  }

  #forget(): void {
    this.#memory.forget();
    this.#turns.value += 1;
    this.#isLive.value = false;
    this.#liveBeat.value = performance.now();
  }
}

function countersOf({ counters }: WatchRequest): string[] {
  return Object.entries(counters).flatMap(([node, names]) => names.map((name) => `${node} ${name}`));
}
