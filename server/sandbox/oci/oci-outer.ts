/** An outer context that runs on this machine: reached through /proc/<pid>/root, which no learner can change. */
import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ExecProcess, NamedPty, Outer, Pty, TerminalSize } from '../runtime.ts';
import { enterArguments } from './enter.ts';
import { openNamedPty } from './named-pty.ts';
import { spawnProcess, spawnPty } from './processes.ts';
import { say, type Said } from '../../base/sentence.ts';

export interface OciOuterOptions {
  readonly id: string;
  /** Its first process, as the host numbers it. */
  readonly pid: number;
  readonly scripts: string;
  isAlive(): boolean;
  processes(): number[];
  destroy(): Promise<void>;
}

/** Files are read at once and copied out, so all sandboxes share it. */
const READ_BUFFER = Buffer.allocUnsafeSlow(64 * 1024);

export class OciOuter implements Outer {
  readonly id: string;
  readonly pid: number;
  readonly ended: Promise<Said>;
  readonly #options: OciOuterOptions;
  readonly #root: string;
  #settle: (reason: Said) => void = () => {};
  #monitor: Socket | undefined;
  #stopping: Promise<void> | undefined;

  constructor(options: OciOuterOptions) {
    this.id = options.id;
    this.pid = options.pid;
    this.#options = options;
    this.#root = `/proc/${options.pid}/root`;
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  isAlive(): boolean {
    return this.#options.isAlive();
  }

  /** All its processes, as the host numbers them. */
  processes(): number[] {
    return this.#options.processes();
  }

  /** From here on, `ended` tells when it ends by itself: the connection to its first process breaks at that moment. */
  watch(): void {
    this.#monitor = connect(`${this.#root}/run/vethlab/control.sock`);
    this.#monitor.unref();
    this.#monitor.on('error', () => {});
    this.#monitor.on('close', () => {
      this.#monitor = undefined;
      if (this.#stopping) return;
      if (this.isAlive()) setTimeout(() => this.watch(), 100).unref();
      else
        this.#settle(
          say('The sandbox ended by itself: it used up its memory, or its processes were ended from outside.'),
        );
    });
  }

  /** Stops watching without ending anything. */
  forget(): void {
    this.#stopping ??= Promise.resolve();
    this.#monitor?.destroy();
  }

  exec(argv: readonly string[]): ExecProcess {
    return spawnProcess(enterArguments(this.#options.scripts, this.pid, argv));
  }

  terminal(argv: readonly string[], size: TerminalSize): Pty {
    return spawnPty(enterArguments(this.#options.scripts, this.pid, argv), size);
  }

  connect(path: string): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.#root + path);
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(socket);
      });
    });
  }

  openPty(ptmx: string): Promise<NamedPty> {
    return openNamedPty(this.#root + ptmx);
  }

  readFiles(paths: readonly string[]): Promise<(Buffer | null)[]> {
    return Promise.resolve(paths.map((path) => this.#readFile(path)));
  }

  readPart(path: string, offset: number, length: number): Promise<Buffer | null> {
    const file = this.#open(path);
    if (file === null) return Promise.resolve(null);
    try {
      // Ten times a second there is little or nothing new in a capture: a buffer for all that could be would cost the most.
      const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, fstatSync(file).size - offset)));
      const count = readSync(file, buffer, 0, buffer.length, offset);
      return Promise.resolve(buffer.subarray(0, count));
    } catch {
      return Promise.resolve(null);
    } finally {
      closeSync(file);
    }
  }

  listFiles(directory: string): Promise<string[]> {
    try {
      return Promise.resolve(readdirSync(this.#root + directory));
    } catch {
      return Promise.resolve([]);
    }
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#options.destroy().finally(() => this.#settle(say('The sandbox was stopped.')));
    this.#monitor?.destroy();
    return this.#stopping;
  }

  #open(path: string): number | null {
    try {
      return openSync(this.#root + path, 'r');
    } catch {
      return null;
    }
  }

  #readFile(path: string): Buffer | null {
    const file = this.#open(path);
    if (file === null) return null;
    try {
      // Files of /proc tell no size and give at most a page or so per read: read on until there is nothing.
      let size = 0;
      let copy: Buffer[] | undefined;
      for (;;) {
        const count = readSync(file, READ_BUFFER, size, READ_BUFFER.length - size, null);
        size += count;
        if (count === 0) break;
        if (size === READ_BUFFER.length) {
          (copy ??= []).push(Buffer.from(READ_BUFFER));
          size = 0;
        }
      }
      const last = Buffer.from(READ_BUFFER.subarray(0, size));
      return copy ? Buffer.concat([...copy, last]) : last;
    } catch {
      return null;
    } finally {
      closeSync(file);
    }
  }
}
