/** The frames of one endpoint since the lab began, bounded, oldest dropped first. */
import { readRecords, RECORDS } from '../packet/pcap.ts';
import type { CaptureCursor, CaptureFiles } from '../sandbox/sandbox.ts';
import type { Frame } from './display-filter.ts';

const MAX_FRAMES = 20_000;
const MAX_BYTES = 4 * 1024 * 1024;

export class FrameBuffer {
  readonly #files: Pick<CaptureFiles, 'readSince'>;
  readonly #isOurs: (frame: Uint8Array, timeMs: number) => boolean;
  #frames: Frame[] = [];
  #bytes = 0;
  #cursor: CaptureCursor | null = null;
  #lastNumber = 0;
  #lostUntilMs = 0;
  #reading: Promise<void> | null = null;

  /** `isOurs` says which frames are the platform's own; they are neither kept nor numbered. */
  constructor(files: Pick<CaptureFiles, 'readSince'>, isOurs: (frame: Uint8Array, timeMs: number) => boolean) {
    this.#files = files;
    this.#isOurs = isOurs;
  }

  /** Frames kept, oldest first; numbers are consecutive. */
  get frames(): readonly Frame[] {
    return this.#frames;
  }

  /** Frames captured up to this moment may be missing; 0 while none are. Milliseconds since the epoch. */
  get lostUntilMs(): number {
    return this.#lostUntilMs;
  }

  /** Takes in what came since. Callers at the same time share one reading. */
  sync(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    // Bounded, so that an endpoint that is flooded faster than it is read does not hold the caller.
    for (let round = 0; round < 64; round += 1) {
      const chunk = await this.#files.readSince(this.#cursor);
      this.#cursor = chunk.cursor;
      const before = this.#lastNumber;
      let firstMs: number | null = null;
      for (const record of readRecords(chunk.records, 0, RECORDS)) {
        firstMs ??= record.timeMs;
        if (this.#isOurs(record.bytes, record.timeMs)) continue;
        this.#lastNumber += 1;
        this.#bytes += record.bytes.length;
        const { timeMs, length, bytes } = record;
        this.#frames.push({ number: this.#lastNumber, timeMs, length, bytes });
      }
      if (chunk.isGap) this.#lostUntilMs = firstMs ?? Date.now();
      if (chunk.records.length === 0) return;
      if (this.#lastNumber > before) this.onFrames?.();
      this.#dropOldest();
    }
  }

  /** Called after frames were added and before old ones are dropped. */
  onFrames: (() => void) | null = null;

  #dropOldest(): void {
    let drop = 0;
    let bytes = this.#bytes;
    while (this.#frames.length - drop > MAX_FRAMES || bytes > MAX_BYTES) {
      const frame = this.#frames[drop];
      if (!frame) break;
      bytes -= frame.bytes.length;
      this.#lostUntilMs = frame.timeMs;
      drop += 1;
    }
    if (drop === 0) return;
    this.#bytes = bytes;
    this.#frames = this.#frames.slice(drop);
  }
}
