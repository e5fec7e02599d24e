/**
 * The packets of a sandbox for those who look at them: one reader per endpoint, however many look, and none while nobody does.
 * What is kept is bounded, and whoever is too slow misses packets that are counted.
 */
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { VethlabError } from '../base/errors.ts';
import type { Endpoint } from '../network/topology.ts';
import { compileFilter } from '../packet/filter.ts';
import { readRecords, RECORDS } from '../packet/pcap.ts';
import type { CaptureChunk, CaptureCursor, CaptureFiles, HeldCapture, Sandbox } from '../sandbox/sandbox.ts';
import { runBpf } from './bpf.ts';
import { compileBpf } from './compile-bpf.ts';
import type { Observer } from './observer.ts';
import type { FeedFrame, OnFrames } from './feed-frame.ts';
import { TsharkSieve } from './tshark-sieve.ts';
import { say } from '../base/sentence.ts';

const READ_EVERY_MS = 100;
/** While nothing comes. */
const QUIET_READ_EVERY_MS = 250;
/** Reading a flood takes at most about a part of this size of one core. */
const REST_PER_WORK = 4;
/** What took long may have waited for the machine: whoever looks is not to wait as long again. */
const MOST_REST_MS = 800;
/** After a reading of this much, more is likely to wait; a ring holds three times as much. */
const MUCH_BYTES = 1024 * 1024;
const MAX_ROUNDS = 4;
const MAX_KEPT_FRAMES = 2000;
const MAX_KEPT_BYTES = 1024 * 1024;
const MAX_LOOKS = 24;

export interface PacketLook {
  /** As `h1:eth0`. */
  readonly endpoint: string;
  /** A display filter. One that is costly here lets all through; one that only tshark understands is asked of it. */
  readonly filter: string;
  /** A pcap filter expression; empty for none. */
  readonly bpf: string;
  /** Frames captured up to this moment are known. */
  readonly afterMs: number;
}

/** Ends what it shows, and some time after the capture that nobody else needs, when it is disposed of. */
export interface PacketLooking extends Disposable {
  /** Nothing is read any more, and the capture goes on: whoever looks again misses nothing. */
  rest(): void;
}

type Passes = (frame: FeedFrame) => boolean;

interface ShowParts {
  readonly passes: Passes;
  readonly isProbe: (frame: Uint8Array, timeMs: number) => boolean;
  readonly onFrames: OnFrames;
  readonly onError: (error: unknown) => void;
}

interface Looker {
  readonly passes: Passes;
  readonly onFrames: OnFrames;
  readonly afterMs: number;
}

export class PacketFeed implements Disposable {
  readonly #sandbox: Sandbox;
  readonly #observer: Observer;
  readonly #readers = new Map<string, EndpointReader>();
  #isDisposed = false;

  constructor(sandbox: Sandbox, observer: Observer) {
    this.#sandbox = sandbox;
    this.#observer = observer;
  }

  /** Endpoints that are being read this moment. */
  get readEndpoints(): string[] {
    return [...this.#readers.keys()];
  }

  /**
   * Shows frames until what is returned is disposed of or rests.
   * Throws a VethlabError: `not_found` for an endpoint that the lab lacks, `lab_invalid` for a bpf that tcpdump refuses,
   * or a filter that tshark refuses, `too_many_requests`, and others where the capture does not start. `onError` tells of a
   * filter that fails later.
   */
  async look(look: PacketLook, onFrames: OnFrames, onError: (error: unknown) => void): Promise<PacketLooking> {
    const endpoint = endpointOf(this.#sandbox, look.endpoint);
    const passes = await this.#passes(look);
    const isProbe = await this.#observer.probeFrames();
    const files = await this.#sandbox.holdCapture(endpoint);
    try {
      return await this.#show(files, look, { passes, isProbe, onFrames, onError });
    } catch (error) {
      files[Symbol.dispose]();
      throw error;
    }
  }

  async #show(
    files: HeldCapture,
    look: PacketLook,
    { passes, isProbe, onFrames, onError }: ShowParts,
  ): Promise<PacketLooking> {
    if (this.#isDisposed) throw new VethlabError('sandbox_gone', say('The network ended.'));
    const sieve = isForTshark(look.filter) ? new TsharkSieve(this.#sandbox, look.filter, onFrames, onError) : null;
    await sieve?.try();
    if (this.#isDisposed) throw new VethlabError('sandbox_gone', say('The network ended.'));
    const looker: Looker = {
      passes,
      onFrames: sieve ? (frames, isGap) => sieve.take(frames, isGap) : onFrames,
      afterMs: look.afterMs,
    };
    const reader = this.#readers.get(look.endpoint) ?? new EndpointReader(files, isProbe);
    if (reader.count >= MAX_LOOKS)
      throw new VethlabError('too_many_requests', say('Too many pages show these packets.'));
    this.#readers.set(look.endpoint, reader);
    reader.add(looker);
    const rest = (): void => {
      sieve?.[Symbol.dispose]();
      reader.remove(looker);
      if (reader.count === 0 && this.#readers.get(look.endpoint) === reader) this.#readers.delete(look.endpoint);
    };
    return {
      rest,
      [Symbol.dispose]: () => {
        rest();
        files[Symbol.dispose]();
      },
    };
  }

  async #passes({ filter, bpf }: PacketLook): Promise<Passes> {
    const compiled = isCheap(filter) ? compileFilter(filter) : null;
    const program = bpf.trim() === '' ? null : await compileBpf(this.#sandbox, bpf);
    return (frame) =>
      (program === null || runBpf(program, frame.bytes, frame.length)) &&
      (!compiled?.ok || compiled.matches(frame.bytes, frame));
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    for (const reader of this.#readers.values()) reader.removeAll();
    this.#readers.clear();
  }
}

/** @throws VethlabError `not_found`: only what the lab's file names may be captured */
export function endpointOf(sandbox: Pick<Sandbox, 'topology'>, name: string): Pick<Endpoint, 'node' | 'interface'> {
  const endpoint = endpointsOf(sandbox).find((each) => `${each.node}:${each.interface}` === name);
  if (endpoint) return endpoint;
  throw new VethlabError('not_found', say('This lab has no interface {name}.', { name }));
}

export function endpointsOf(sandbox: Pick<Sandbox, 'topology'>): Endpoint[] {
  return sandbox.topology.links.flatMap((link) => link.endpoints);
}

/** A learner's pattern can keep a regular expression busy for hours; here that would hold up everybody. */
function isCheap(filter: string): boolean {
  return filter.trim() !== '' && !/matches|~/i.test(filter);
}

/** The page knows such filters by the same rule, and leaves them to the server. */
function isForTshark(filter: string): boolean {
  if (filter.trim() === '') return false;
  const compiled = compileFilter(filter);
  return !compiled.ok && compiled.reason === 'unknown_field';
}

class EndpointReader {
  readonly #files: Pick<CaptureFiles, 'readSince'>;
  readonly #isProbe: (frame: Uint8Array, timeMs: number) => boolean;
  readonly #lookers = new Set<Looker>();
  #kept: FeedFrame[] = [];
  #keptBytes = 0;
  #cursor: CaptureCursor | null = null;
  #isReading = false;

  constructor(files: Pick<CaptureFiles, 'readSince'>, isProbe: (frame: Uint8Array, timeMs: number) => boolean) {
    this.#files = files;
    this.#isProbe = isProbe;
  }

  get count(): number {
    return this.#lookers.size;
  }

  add(looker: Looker): void {
    this.#lookers.add(looker);
    tell(looker, this.#kept, false);
    if (!this.#isReading) void this.#readOn();
  }

  remove(looker: Looker): void {
    this.#lookers.delete(looker);
  }

  removeAll(): void {
    this.#lookers.clear();
  }

  async #readOn(): Promise<void> {
    this.#isReading = true;
    try {
      while (this.#lookers.size > 0) {
        const startMs = performance.now();
        // A capture that cannot be read now may be read later: its interface can go and come back.
        const hasNews = await this.#read().catch(() => false);
        const workMs = performance.now() - startMs;
        const restMs = Math.min(MOST_REST_MS, workMs * REST_PER_WORK);
        await delay(Math.max(hasNews ? READ_EVERY_MS : QUIET_READ_EVERY_MS, restMs), undefined, { ref: false });
      }
    } finally {
      this.#isReading = false;
    }
  }

  /** Whether anything came. */
  async #read(): Promise<boolean> {
    let hasNews = false;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const chunk = await this.#files.readSince(this.#cursor);
      this.#cursor = chunk.cursor;
      hasNews = this.#take(chunk) || hasNews;
      if (chunk.records.length < MUCH_BYTES) break;
      // Between two pieces of a flood, others have their turn.
      await nextTurn();
    }
    return hasNews;
  }

  #take(chunk: CaptureChunk): boolean {
    const frames: FeedFrame[] = [];
    for (const { timeMs, length, bytes } of readRecords(chunk.records, 0, RECORDS)) {
      if (!this.#isProbe(bytes, timeMs)) frames.push({ timeMs, length, bytes });
    }
    if (frames.length === 0 && !chunk.isGap) return false;
    for (const looker of this.#lookers) tell(looker, frames, chunk.isGap);
    this.#keep(frames);
    return true;
  }

  /** Copies what is kept: a frame is a view into a chunk of megabytes, and so is a slice of a Buffer. */
  #keep(frames: readonly FeedFrame[]): void {
    for (const frame of frames.slice(-MAX_KEPT_FRAMES)) {
      this.#kept.push({ ...frame, bytes: Buffer.from(frame.bytes) });
      this.#keptBytes += frame.bytes.length;
    }
    let drop = 0;
    while (this.#kept.length - drop > MAX_KEPT_FRAMES || this.#keptBytes > MAX_KEPT_BYTES) {
      this.#keptBytes -= this.#kept[drop]?.bytes.length ?? 0;
      drop += 1;
    }
    if (drop > 0) this.#kept = this.#kept.slice(drop);
  }
}

function tell(looker: Looker, frames: readonly FeedFrame[], isGap: boolean): void {
  const wanted = frames.filter((frame) => frame.timeMs > looker.afterMs && looker.passes(frame));
  if (wanted.length > 0 || isGap) looker.onFrames(wanted, isGap);
}
