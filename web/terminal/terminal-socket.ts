/** The channel to one terminal: connects again by itself, acknowledges what was drawn. Knows no terminal emulator. */
import {
  CLOSE_FORBIDDEN,
  CLOSE_NOT_FOUND,
  CLOSE_NOT_SIGNED_IN,
  CLOSE_SANDBOX_GONE,
  CLOSE_TOO_MANY,
  TERMINAL_ACK_EVERY_BYTES,
} from '../../server/contract/channel-limits.ts';
import type { TerminalNotice, TerminalRequest } from '../../server/contract/frames.ts';
import { Backoff } from '../ui/backoff.ts';

export interface TerminalSocketEvents {
  notice(notice: TerminalNotice): void;
  /** `drawn` is to be called once when the bytes are on the screen. */
  output(data: Uint8Array, drawn: () => void): void;
  /** Lost; the next try comes at `retryAtMs` of performance.now(). */
  lost(retryAtMs: number): void;
  /** Over, without another try, unless the shell's exit was told before. */
  closed(why: 'exit' | 'sandbox-gone' | 'too-many' | 'refused', reason: string): void;
}

const FIRST_DELAY_MS = 300;
const LONGEST_DELAY_MS = 8000;
/** Less than {@link TERMINAL_ACK_EVERY_BYTES} is acknowledged when nothing more comes. */
const IDLE_ACK_MS = 100;
/** The server takes frames of up to 64 KiB. */
const INPUT_FRAME_BYTES = 32 * 1024;
const CLOSE_NORMAL = 1000;

export class TerminalSocket implements Disposable {
  readonly #url: () => string;
  readonly #events: TerminalSocketEvents;
  readonly #backoff = new Backoff(FIRST_DELAY_MS, LONGEST_DELAY_MS);
  #socket: WebSocket | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #idleAck: ReturnType<typeof setTimeout> | undefined;
  #drawnBytes = 0;
  #acknowledgedBytes = 0;
  #isWanted = false;

  /** `url` is asked at each try: the size of the terminal is in it. */
  constructor(url: () => string, events: TerminalSocketEvents) {
    this.#url = url;
    this.#events = events;
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  connect(): void {
    this.#isWanted = true;
    clearTimeout(this.#retry);
    if (this.#socket) return;
    const socket = new WebSocket(this.#url());
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#drawnBytes = this.#acknowledgedBytes = 0;
    socket.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (socket !== this.#socket) return;
      if (typeof data === 'string') {
        this.#backoff.reset();
        // The server that sends it made this page too: typed by the contract, not parsed again.
        this.#events.notice(JSON.parse(data) as TerminalNotice);
      } else {
        const bytes = new Uint8Array(data);
        this.#events.output(bytes, () => socket === this.#socket && this.#drawn(bytes.length));
      }
    });
    socket.addEventListener('close', ({ code, reason }) => {
      if (socket !== this.#socket) return;
      this.#socket = null;
      clearTimeout(this.#idleAck);
      if (this.#isWanted) this.#closed(code, reason);
    });
  }

  /** Text is sent as UTF-8. Dropped while there is no connection: the page says so. */
  type(data: string | Uint8Array<ArrayBuffer>): void {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
    for (let start = 0; start < bytes.length; start += INPUT_FRAME_BYTES) {
      if (this.isOpen) this.#socket?.send(bytes.subarray(start, start + INPUT_FRAME_BYTES));
    }
  }

  send(request: TerminalRequest): void {
    if (this.isOpen) this.#socket?.send(JSON.stringify(request));
  }

  /** Tries now what was to be tried later. */
  retryNow(): void {
    if (this.#isWanted && !this.#socket) this.connect();
  }

  disconnect(): void {
    this.#isWanted = false;
    clearTimeout(this.#retry);
    clearTimeout(this.#idleAck);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(CLOSE_NORMAL);
  }

  [Symbol.dispose](): void {
    this.disconnect();
  }

  #drawn(bytes: number): void {
    this.#drawnBytes += bytes;
    if (this.#drawnBytes - this.#acknowledgedBytes >= TERMINAL_ACK_EVERY_BYTES) this.#acknowledge();
    else this.#idleAck ??= setTimeout(() => this.#acknowledge(), IDLE_ACK_MS);
  }

  #acknowledge(): void {
    clearTimeout(this.#idleAck);
    this.#idleAck = undefined;
    if (this.#drawnBytes === this.#acknowledgedBytes) return;
    this.#acknowledgedBytes = this.#drawnBytes;
    this.send({ type: 'ack', bytes: this.#drawnBytes });
  }

  #closed(code: number, reason: string): void {
    this.#idleAck = undefined;
    switch (code) {
      case CLOSE_NORMAL:
        return this.#end('exit', reason);
      case CLOSE_SANDBOX_GONE:
        return this.#end('sandbox-gone', reason);
      case CLOSE_TOO_MANY:
        return this.#end('too-many', reason);
      case CLOSE_NOT_SIGNED_IN:
      case CLOSE_FORBIDDEN:
      case CLOSE_NOT_FOUND:
        return this.#end('refused', reason);
      default: {
        const delayMs = this.#backoff.nextMs();
        this.#retry = setTimeout(() => this.connect(), delayMs);
        this.#events.lost(performance.now() + delayMs);
      }
    }
  }

  #end(why: 'exit' | 'sandbox-gone' | 'too-many' | 'refused', reason: string): void {
    this.#isWanted = false;
    this.#events.closed(why, reason);
  }
}
