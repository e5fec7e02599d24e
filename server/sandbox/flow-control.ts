/** How much output may be on its way to one browser: a pure state machine, fed with what was sent and acknowledged. */
import { TERMINAL_ACK_EVERY_BYTES, TERMINAL_HIGH_WATER_BYTES, TERMINAL_LOW_WATER_BYTES } from '../contract/frames.ts';

/** What a browser that draws slowly may have before it: the time from Ctrl-C to the prompt is this plus one round trip. */
const TARGET_DELAY_MS = 40;
/** A browser acknowledges every {@link TERMINAL_ACK_EVERY_BYTES}; less than two of them would stall between acknowledgements. */
const SMALLEST_HIGH_WATER_BYTES = 2 * TERMINAL_ACK_EVERY_BYTES;
const RATE_SMOOTHING = 0.3;

/**
 * Opens and closes with hysteresis: closed at the high water mark, open again below the low one. The high mark follows the
 * speed of the browser, between {@link SMALLEST_HIGH_WATER_BYTES} and {@link TERMINAL_HIGH_WATER_BYTES}: a browser that
 * takes 2 MB/s gets 80 KB, so that what is in flight never delays what comes next by more than about 40 ms.
 */
export class FlowControl {
  readonly #now: () => number;
  #sentBytes = 0;
  #acknowledgedBytes = 0;
  #highWaterBytes = TERMINAL_HIGH_WATER_BYTES;
  #bytesPerMs = 0;
  /** When the browser began to work on what is in flight, or last acknowledged some of it. */
  #busySinceMs = 0;
  #isOpen = true;

  /** `now` is a monotonic clock in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get inFlightBytes(): number {
    return this.#sentBytes - this.#acknowledgedBytes;
  }

  get highWaterBytes(): number {
    return this.#highWaterBytes;
  }

  sent(bytes: number): void {
    if (this.inFlightBytes === 0) this.#busySinceMs = this.#now();
    this.#sentBytes += bytes;
    if (this.inFlightBytes >= this.#highWaterBytes) this.#isOpen = false;
  }

  /** `totalBytes` counts from the start of the connection. Returns false when it claims more than was sent. */
  acknowledged(totalBytes: number): boolean {
    if (totalBytes > this.#sentBytes) return false;
    const newBytes = totalBytes - this.#acknowledgedBytes;
    if (newBytes <= 0) return true;
    this.#acknowledgedBytes = totalBytes;
    this.#measure(newBytes);
    if (this.inFlightBytes < this.#lowWaterBytes) this.#isOpen = true;
    else if (this.inFlightBytes >= this.#highWaterBytes) this.#isOpen = false;
    return true;
  }

  get #lowWaterBytes(): number {
    return (this.#highWaterBytes / TERMINAL_HIGH_WATER_BYTES) * TERMINAL_LOW_WATER_BYTES;
  }

  #measure(newBytes: number): void {
    const nowMs = this.#now();
    // Small output says nothing about speed: it waits for the browser's next frame, not for its parser.
    if (newBytes >= TERMINAL_ACK_EVERY_BYTES / 2) {
      const bytesPerMs = newBytes / Math.max(nowMs - this.#busySinceMs, 0.1);
      this.#bytesPerMs =
        this.#bytesPerMs === 0 ? bytesPerMs : this.#bytesPerMs + RATE_SMOOTHING * (bytesPerMs - this.#bytesPerMs);
      const wanted = this.#bytesPerMs * TARGET_DELAY_MS;
      this.#highWaterBytes = Math.min(TERMINAL_HIGH_WATER_BYTES, Math.max(SMALLEST_HIGH_WATER_BYTES, wanted));
    }
    this.#busySinceMs = nowMs;
  }
}
