/** A command on a pty of this machine, as the {@link Pty} of a terminal session. Knows neither sandboxes nor sessions. */
import { writeSync } from 'node:fs';
import { spawn, type IPty } from 'node-pty';
import { VethlabError } from '../../server/base/errors.ts';
import type { Pty, TerminalSize } from '../../server/sandbox/runtime.ts';

export interface PtyCommand {
  readonly argv: readonly [string, ...string[]];
  readonly size: TerminalSize;
  /** Default: nothing but TERM. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly directory?: string;
}

/** Input that the program has not read; beyond it keystrokes are dropped, as a serial line would. */
const MAX_PENDING_INPUT_BYTES = 1024 * 1024;
const RETRY_FIRST_MS = 1;
const RETRY_LAST_MS = 100;

/** What node-pty's UnixTerminal has beyond its declared types. */
interface UnixPty extends IPty {
  readonly fd: number;
  readonly _socket: { readonly destroyed: boolean };
}

export function spawnPty(command: PtyCommand): Pty & { readonly pid: number } {
  const [file, ...args] = command.argv;
  let process: UnixPty;
  try {
    process = spawn(file, args, {
      name: 'xterm-256color',
      cols: command.size.columns,
      rows: command.size.rows,
      cwd: command.directory ?? '/',
      env: { ...command.environment },
      encoding: null,
    }) as UnixPty;
  } catch (error) {
    throw new VethlabError('runtime_failed', `The terminal could not start ${file}.`, { cause: error });
  }

  let hasExited = false;
  const input = new PtyInput(process);
  process.onExit(() => {
    hasExited = true;
    input.close();
  });

  return {
    pid: process.pid,
    onData(listener) {
      // With `encoding: null` node-pty hands over Buffers; its types know strings only.
      const subscription = process.onData((data) => listener(data as unknown as Buffer));
      return { [Symbol.dispose]: () => subscription.dispose() };
    },
    onExit(listener) {
      const subscription = process.onExit(({ exitCode, signal }) => listener(signal ? 128 + signal : exitCode));
      return { [Symbol.dispose]: () => subscription.dispose() };
    },
    write: (data) => input.write(data),
    get pendingInputBytes() {
      return input.pendingBytes;
    },
    resize(size) {
      // The descriptor is closed once the process has ended; node-pty throws then.
      if (!hasExited) process.resize(size.columns, size.rows);
    },
    pause: () => process.pause(),
    resume: () => process.resume(),
    kill() {
      // As the runtimes do; a bash that is about to wait for a key takes a SIGHUP for later.
      if (!hasExited) process.kill('SIGKILL');
    },
  };
}

/**
 * Writes to a pty's master. node-pty's own writer retries a full pty without a pause (`setImmediate`), which burns a core
 * when a learner pastes into a program that does not read.
 */
class PtyInput {
  readonly #pty: UnixPty;
  #queue: Buffer[] = [];
  #retry: NodeJS.Timeout | null = null;
  #retryMs = RETRY_FIRST_MS;
  #isClosed = false;
  pendingBytes = 0;

  constructor(pty: UnixPty) {
    this.#pty = pty;
  }

  write(data: string | Uint8Array): void {
    if (this.#isClosed) return;
    const bytes =
      typeof data === 'string' ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    if (bytes.length === 0 || this.pendingBytes + bytes.length > MAX_PENDING_INPUT_BYTES) return;
    this.#queue.push(bytes);
    this.pendingBytes += bytes.length;
    if (!this.#retry) this.#drain();
  }

  close(): void {
    this.#isClosed = true;
    if (this.#retry) clearTimeout(this.#retry);
    this.#queue = [];
    this.pendingBytes = 0;
  }

  #drain(): void {
    this.#retry = null;
    for (let head = this.#queue[0]; head; head = this.#queue[0]) {
      // Once the descriptor is closed its number may already belong to another file.
      if (this.#pty._socket.destroyed) return this.close();
      let written: number;
      try {
        // The master is non-blocking (node-pty sets O_NONBLOCK), so this returns at once.
        written = writeSync(this.#pty.fd, head);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return this.close();
        this.#retry = setTimeout(() => this.#drain(), this.#retryMs);
        this.#retryMs = Math.min(this.#retryMs * 2, RETRY_LAST_MS);
        return;
      }
      this.#retryMs = RETRY_FIRST_MS;
      this.pendingBytes -= written;
      if (written === head.length) this.#queue.shift();
      else this.#queue[0] = head.subarray(written);
    }
  }
}
