/** A browser's side of a terminal socket without a browser: draws nothing, acknowledges as fast as it is told to. */
import { WebSocket } from 'ws';
import { TERMINAL_ACK_EVERY_BYTES, TerminalNotice } from '../../server/contract/frames.ts';

export interface TerminalClientOptions {
  /** What it "draws"; default without limit. 0 acknowledges nothing. */
  bytesPerSecond?: number;
}

export class TestTerminalClient implements Disposable {
  readonly socket: WebSocket;
  readonly notices: TerminalNotice[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly opened: Promise<void>;
  bytesPerSecond: number;
  receivedBytes = 0;
  /** Bytes "drawn", in order, the last ones only. */
  tail = '';
  #drawnBytes = 0;
  #acknowledgedBytes = 0;
  #queue: Buffer[] = [];
  #timer: NodeJS.Timeout | null = null;
  #onDrawn: (() => void) | null = null;

  constructor(url: string, options: TerminalClientOptions = {}) {
    this.bytesPerSecond = options.bytesPerSecond ?? Infinity;
    this.socket = new WebSocket(url, { perMessageDeflate: false });
    this.opened = new Promise((resolve, reject) => {
      this.socket.once('open', resolve);
      this.socket.once('error', reject);
    });
    this.closed = new Promise((resolve) =>
      this.socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    );
    this.socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (!isBinary) {
        this.notices.push(TerminalNotice.parse(JSON.parse(data.toString())));
        this.#onDrawn?.();
        return;
      }
      this.receivedBytes += data.length;
      this.#queue.push(data);
      this.#draw();
    });
  }

  type(text: string | Uint8Array): void {
    this.socket.send(Buffer.from(text as string), { binary: true });
  }

  send(request: unknown): void {
    this.socket.send(typeof request === 'string' ? request : JSON.stringify(request));
  }

  /** Settles once what was drawn (its last 64 KiB) matches; false from then on for what came before. */
  async see(pattern: RegExp, timeoutMs = 10_000): Promise<string> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const match = pattern.exec(this.tail);
      if (match) {
        this.tail = this.tail.slice(match.index + match[0].length);
        return match[0];
      }
      const left = deadline - performance.now();
      if (left <= 0)
        throw new Error(`Not seen in ${timeoutMs} ms: ${pattern}; last: ${JSON.stringify(this.tail.slice(-300))}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, 100));
        this.#onDrawn = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  setSpeed(bytesPerSecond: number): void {
    this.bytesPerSecond = bytesPerSecond;
    this.#draw();
  }

  [Symbol.dispose](): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.socket.terminate();
  }

  #draw(): void {
    if (this.#timer || this.bytesPerSecond === 0) return;
    const frame = this.#queue.shift();
    if (!frame) {
      if (this.#drawnBytes > this.#acknowledgedBytes) this.#acknowledge();
      return;
    }
    const finish = (): void => {
      this.#drawnBytes += frame.length;
      this.tail = (this.tail + frame.toString('latin1')).slice(-65_536);
      if (this.#drawnBytes - this.#acknowledgedBytes >= TERMINAL_ACK_EVERY_BYTES) this.#acknowledge();
      this.#onDrawn?.();
      this.#draw();
    };
    if (this.bytesPerSecond === Infinity) return finish();
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        finish();
      },
      (frame.length / this.bytesPerSecond) * 1000,
    );
  }

  #acknowledge(): void {
    this.#acknowledgedBytes = this.#drawnBytes;
    if (this.socket.readyState === WebSocket.OPEN) this.send({ type: 'ack', bytes: this.#drawnBytes });
  }
}
