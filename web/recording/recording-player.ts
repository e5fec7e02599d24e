/**
 * The lab's recorded example: loaded when a picture without a network is seen first, standing at its end until the learner
 * plays it. Its clock counts milliseconds of the recording.
 */
import { batch, signal, type ReadonlySignal } from '@preact/signals';
import type { RecordedTimeline } from '../../server/contract/recording.ts';
import { WatchMemory } from '../attempt/watch-memory.ts';
import { readRecording, type RecordedFrame } from './read-recording.ts';

const STEP_MS = 200;

export interface RecordingFacts {
  /** As `2026-11-25`. */
  readonly recordedOn: string;
  readonly kernel: string;
  readonly lengthMs: number;
}

export class RecordingPlayer {
  readonly #url: string;
  readonly #endpoints: readonly string[];
  readonly #facts = signal<RecordingFacts | null>(null);
  readonly #isLoaded = signal(false);
  readonly #isPlaying = signal(false);
  readonly #nowMs = signal(0);
  #memory = new WatchMemory();
  #timeline: RecordedTimeline = [];
  #packets: ReadonlyMap<string, readonly RecordedFrame[]> = new Map();
  #loading: Promise<void> | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #applied = 0;

  /** `endpoints` of the page, in the order of the links. */
  constructor(url: string, endpoints: readonly string[]) {
    this.#url = url;
    this.#endpoints = endpoints;
  }

  get isLoaded(): ReadonlySignal<boolean> {
    return this.#isLoaded;
  }

  get isPlaying(): ReadonlySignal<boolean> {
    return this.#isPlaying;
  }

  get nowMs(): ReadonlySignal<number> {
    return this.#nowMs;
  }

  get facts(): RecordingFacts | null {
    return this.#facts.value;
  }

  get memory(): WatchMemory {
    return this.#memory;
  }

  /** Endpoint → its packets, oldest first. */
  get packets(): ReadonlyMap<string, readonly RecordedFrame[]> {
    return this.#packets;
  }

  /** Settles when it is there, or cannot be had: pictures then stand without numbers. */
  load(): Promise<void> {
    return (this.#loading ??= this.#load().catch(() => {
      // Tried again by the next picture.
      this.#loading = null;
    }));
  }

  async #load(): Promise<void> {
    const { recording, timeline, packets } = await readRecording(this.#url, this.#endpoints);
    this.#timeline = timeline;
    this.#packets = packets;
    batch(() => {
      const { recordedOn, kernel } = recording;
      this.#facts.value = { recordedOn, kernel, lengthMs: timeline.at(-1)?.atMs ?? 0 };
      this.#showTo(Number.POSITIVE_INFINITY);
      this.#nowMs.value = timeline.at(-1)?.atMs ?? 0;
      this.#isLoaded.value = true;
    });
  }

  /** From the beginning, as fast as it happened. */
  play(): void {
    clearInterval(this.#timer);
    this.#memory = new WatchMemory();
    this.#applied = 0;
    this.#isPlaying.value = true;
    const startMs = performance.now();
    const step = (): void => {
      const playedMs = performance.now() - startMs;
      this.#showTo(playedMs);
      this.#nowMs.value = Math.min(playedMs, this.#facts.peek()?.lengthMs ?? 0);
      if (this.#applied >= this.#timeline.length) this.stop();
    };
    step();
    this.#timer = setInterval(step, STEP_MS);
  }

  /** Stands at the end again. */
  stop(): void {
    clearInterval(this.#timer);
    this.#showTo(Number.POSITIVE_INFINITY);
    this.#nowMs.value = this.#facts.peek()?.lengthMs ?? 0;
    this.#isPlaying.value = false;
  }

  #showTo(atMs: number): void {
    for (; this.#applied < this.#timeline.length; this.#applied += 1) {
      const sample = this.#timeline[this.#applied];
      if (!sample || sample.atMs > atMs) return;
      const before = this.#timeline[this.#applied - 1]?.atMs ?? sample.atMs;
      // Samples in which nothing moved are left out: what moved, moved at the end of the stretch.
      this.#memory.apply({ ...sample, spanMs: Math.min(sample.atMs - before, MOST_SPAN_MS) }, sample.atMs);
    }
  }
}

/** Two readings apart, at the most. */
const MOST_SPAN_MS = 600;
