/**
 * Follows interfaces of nodes: their state, MTU and addresses. A silent `ip monitor` in each node's network tells when to read
 * anew, so that nothing is asked of a node whose interfaces stay as they are.
 */
import type { ExecProcess } from '../sandbox/runtime.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { InterfaceState, Observer } from './observer.ts';

/** The first line says that it runs. Who floods it with changes is read at most this often. */
const MONITOR = 'echo; exec ip monitor link address';
const GATHER_MS = 40;
const LEAST_PAUSE_MS = 400;
/** Should a word of the kernel be lost, or a monitor end, the picture is right again after this time. */
const SAFETY_MS = 30_000;

export class InterfaceWatch implements Disposable {
  readonly #sandbox: Sandbox;
  readonly #observer: Observer;
  readonly #onChange: () => void;
  readonly #nodes = new Map<string, FollowedNode>();

  /** `onChange` is called whenever something was read anew. */
  constructor(sandbox: Sandbox, observer: Observer, onChange: () => void) {
    this.#sandbox = sandbox;
    this.#observer = observer;
    this.#onChange = onChange;
  }

  /** Follows these nodes from now on, and no others. */
  follow(names: ReadonlySet<string>): void {
    for (const [name, node] of this.#nodes) {
      if (names.has(name)) continue;
      node[Symbol.dispose]();
      this.#nodes.delete(name);
    }
    for (const name of names) {
      if (this.#nodes.has(name)) continue;
      this.#nodes.set(
        name,
        new FollowedNode(
          () => this.#sandbox.spawn('net', name, MONITOR),
          () => this.#observer.interfaces(name),
          this.#onChange,
        ),
      );
    }
  }

  /** Null before the first reading. */
  of(node: string): readonly InterfaceState[] | null {
    return this.#nodes.get(node)?.interfaces ?? null;
  }

  [Symbol.dispose](): void {
    this.follow(new Set());
  }
}

class FollowedNode implements Disposable {
  readonly #read: () => Promise<readonly InterfaceState[]>;
  readonly #onChange: () => void;
  #interfaces: readonly InterfaceState[] | null = null;
  #monitor: ExecProcess | null = null;
  #timer: NodeJS.Timeout | null = null;
  #dueMs = Number.POSITIVE_INFINITY;
  #readMs = Number.NEGATIVE_INFINITY;
  #isReading = false;
  #isDisposed = false;

  constructor(
    monitor: () => Promise<ExecProcess>,
    read: () => Promise<readonly InterfaceState[]>,
    onChange: () => void,
  ) {
    this.#read = read;
    this.#onChange = onChange;
    this.#ask(0);
    // Where none can be started, the slow readings remain.
    monitor().then(
      (process) => this.#attend(process),
      () => undefined,
    );
  }

  get interfaces(): readonly InterfaceState[] | null {
    return this.#interfaces;
  }

  #attend(process: ExecProcess): void {
    process.stdout.on('data', () => this.#ask(Math.max(GATHER_MS, this.#readMs + LEAST_PAUSE_MS - performance.now())));
    process.stdout.on('error', () => undefined);
    process.stderr.on('error', () => undefined).resume();
    process.exit.catch(() => undefined);
    if (this.#isDisposed) process.kill();
    else this.#monitor = process;
  }

  #ask(afterMs: number): void {
    const dueMs = performance.now() + afterMs;
    if (this.#isDisposed || dueMs >= this.#dueMs) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#dueMs = dueMs;
    this.#timer = setTimeout(() => void this.#reread(), afterMs);
    this.#timer.unref();
  }

  async #reread(): Promise<void> {
    this.#dueMs = Number.POSITIVE_INFINITY;
    if (this.#isReading) return this.#ask(LEAST_PAUSE_MS);
    this.#isReading = true;
    try {
      this.#readMs = performance.now();
      const interfaces = await this.#read();
      if (this.#isDisposed) return;
      this.#interfaces = interfaces;
      this.#onChange();
    } catch {
      // A node that is too busy to answer now is asked again; one that has ended takes its sandbox with it.
    } finally {
      this.#isReading = false;
      this.#ask(SAFETY_MS);
    }
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#monitor?.kill();
  }
}
