/**
 * One connection into an outer context, shared by all that the server does there: containers/lab/gate is its other end and says
 * which requests there are. Knows channels and frames; what they carry is the caller's.
 */
import type { Duplex } from 'node:stream';
import { encodeFrame, FrameReader, type Field } from '../frames.ts';
import { ExecStreamReader } from './exec-stream.ts';

/** Frames of one channel, and its end: the last frame, or null when the connection broke. */
export interface ChannelListener {
  onFrame(kind: string, fields: Buffer[]): void;
  onEnd(kind: string | null, fields: Buffer[]): void;
}

export interface Channel {
  send(...fields: Field[]): void;
  /** Nothing comes from it any more; what it started is killed. */
  close(): void;
}

/** Frames after which a channel says nothing more. */
const LAST: ReadonlySet<string> = new Set(['exit', 'closed', 'failed', 'done', 'names']);

export class Gate {
  /** Settles with what the gate said in words when the connection has ended. */
  readonly ended: Promise<string>;
  readonly #stream: Duplex;
  readonly #channels = new Map<string, ChannelListener>();
  #next = 1;
  #isEnded = false;

  /** `stream` is the raw connection of a Docker exec without a TTY. */
  constructor(stream: Duplex) {
    this.#stream = stream;
    const frames = new FrameReader();
    let words = '';
    const reader = new ExecStreamReader(
      (bytes) => {
        for (const [id, kind, ...fields] of frames.push(bytes)) {
          this.#hear(id?.toString() ?? '', kind?.toString() ?? '', fields);
        }
      },
      (bytes) => {
        words = (words + bytes.toString()).slice(-2000);
      },
    );
    this.ended = new Promise((resolve) => {
      const end = (): void => {
        if (this.#isEnded) return;
        this.#isEnded = true;
        stream.destroy();
        for (const listener of this.#channels.values()) listener.onEnd(null, []);
        this.#channels.clear();
        resolve(words.trim());
      };
      stream.on('data', (bytes: Buffer) => {
        try {
          reader.push(bytes);
        } catch (error) {
          words += String(error);
          end();
        }
      });
      stream.on('error', end);
      stream.on('end', end);
      stream.on('close', end);
    });
  }

  open(request: readonly Field[], listener: ChannelListener): Channel {
    const id = String(this.#next++);
    if (this.#isEnded) {
      queueMicrotask(() => listener.onEnd(null, []));
      return { send: () => {}, close: () => {} };
    }
    this.#channels.set(id, listener);
    this.#send([id, ...request]);
    return {
      send: (...fields) => {
        if (this.#channels.has(id)) this.#send([id, ...fields]);
      },
      close: () => {
        if (this.#channels.delete(id)) this.#send([id, 'close']);
      },
    };
  }

  /** A request with an answer; resolves with its last frame, after the others went to `onFrame`. Null when the connection broke. */
  ask(request: readonly Field[], onFrame: (kind: string, fields: Buffer[]) => void = () => {}): Promise<Answer | null> {
    return new Promise((resolve) => {
      this.open(request, { onFrame, onEnd: (kind, fields) => resolve(kind === null ? null : { kind, fields }) });
    });
  }

  close(): void {
    this.#stream.destroy();
  }

  #send(fields: readonly Field[]): void {
    if (!this.#isEnded && !this.#stream.destroyed) this.#stream.write(encodeFrame(fields));
  }

  #hear(id: string, kind: string, fields: Buffer[]): void {
    const listener = this.#channels.get(id);
    if (!listener) return;
    if (!LAST.has(kind)) {
      listener.onFrame(kind, fields);
      return;
    }
    this.#channels.delete(id);
    listener.onEnd(kind, fields);
  }
}

export interface Answer {
  readonly kind: string;
  readonly fields: Buffer[];
}
