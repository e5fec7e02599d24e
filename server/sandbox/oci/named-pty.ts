/**
 * A pty of a devpts that belongs to a sandbox: this process holds the master, and the other end has a name in there. Node has
 * no call for what a master needs once (unlocking), so a helper inherits it for a moment.
 */
import { spawn } from 'node:child_process';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ReadStream } from 'node:tty';
import { VethlabError } from '../../base/errors.ts';
import { Emitter } from '../../base/disposable.ts';
import { PROJECT } from '../../base/project.ts';
import type { NamedPty, Pty, TerminalSize } from '../runtime.ts';

interface NativePty {
  resize(descriptor: number, columns: number, rows: number): void;
}

/** A full pty is tried again after this long, and twice as long each time that nothing was taken. */
const RETRY_MS = 1;
const MOST_RETRY_MS = 32;
const unlockProgram = join(PROJECT, 'containers/lab/unlock-pty');

export async function openNamedPty(ptmx: string): Promise<NamedPty> {
  let master: number;
  try {
    master = openSync(ptmx, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  } catch (error) {
    throw new VethlabError(
      'sandbox_gone',
      'The node has no room for a terminal: it has ended, or all its ptys are taken.',
      {
        cause: error,
      },
    );
  }
  try {
    const number = await unlock(master);
    return { number, pty: new MasterPty(master) };
  } catch (error) {
    closeSync(master);
    throw error;
  }
}

function unlock(master: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const helper = spawn('/usr/bin/perl', [unlockProgram], { stdio: ['ignore', 'pipe', 'ignore', master] });
    let said = '';
    helper.stdout?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    helper.once('error', reject);
    helper.once('close', (code) => {
      if (code === 0) resolve(Number(said));
      else
        reject(
          new VethlabError('runtime_failed', 'A terminal of the node could not be opened.', { details: { code } }),
        );
    });
  });
}

class MasterPty implements Pty {
  readonly #descriptor: number;
  readonly #stream: ReadStream;
  readonly #native: NativePty;
  readonly #data = new Emitter<Uint8Array>();
  readonly #exit = new Emitter<number>();
  #unwritten: Buffer[] = [];
  #pendingInputBytes = 0;
  #retry: NodeJS.Timeout | null = null;
  #isRead = false;
  #isClosed = false;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
    // node-pty exports no resize for descriptors it did not make; its addon has one.
    const utilities = createRequire(import.meta.url)('node-pty/lib/utils.js') as {
      loadNativeModule(name: string): { module: NativePty };
    };
    this.#native = utilities.loadNativeModule('pty').module;
    this.#stream = new ReadStream(descriptor);
    // EIO: the last process has closed the other end.
    this.#stream.on('error', () => this.#close());
    this.#stream.on('end', () => this.#close());
    this.#stream.on('close', () => this.#close());
  }

  /** What is printed before the first one listens waits for it. */
  onData(listener: (data: Uint8Array) => void): Disposable {
    if (!this.#isRead) {
      this.#isRead = true;
      this.#stream.on('data', (bytes: Buffer) => this.#data.emit(bytes));
    }
    return this.#data.listen(listener);
  }

  onExit(listener: (exitCode: number) => void): Disposable {
    return this.#exit.listen(listener);
  }

  get pendingInputBytes(): number {
    return this.#pendingInputBytes;
  }

  write(data: string | Uint8Array): void {
    if (!this.#isOpen) return;
    const bytes = Buffer.from(data);
    this.#unwritten.push(bytes);
    this.#pendingInputBytes += bytes.length;
    if (!this.#retry) this.#writeOn(RETRY_MS);
  }

  resize(size: TerminalSize): void {
    if (this.#isOpen) this.#native.resize(this.#descriptor, size.columns, size.rows);
  }

  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  kill(): void {
    this.#close();
  }

  /** The stream closes the descriptor before it tells: from then on its number may be another file's. */
  get #isOpen(): boolean {
    return !this.#isClosed && !this.#stream.destroyed;
  }

  // The stream's own writes would block on a full pty (libuv falls back to blocking ones for masters), and those of node:fs
  // that wait for a thread could come after the close. The descriptor is non-blocking: this one takes microseconds.
  #writeOn(retryMs: number): void {
    this.#retry = null;
    let nextRetryMs = retryMs;
    while (this.#isOpen) {
      const [bytes] = this.#unwritten;
      if (!bytes) return;
      let count: number;
      try {
        count = writeSync(this.#descriptor, bytes);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) break;
        this.#retry = setTimeout(() => this.#writeOn(Math.min(MOST_RETRY_MS, nextRetryMs * 2)), nextRetryMs);
        return;
      }
      nextRetryMs = RETRY_MS;
      this.#pendingInputBytes -= count;
      if (count < bytes.length) this.#unwritten[0] = bytes.subarray(count);
      else this.#unwritten.shift();
    }
    this.#dropInput();
  }

  #dropInput(): void {
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = null;
    this.#unwritten = [];
    this.#pendingInputBytes = 0;
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#dropInput();
    this.#stream.destroy();
    this.#exit.emit(0);
  }
}
