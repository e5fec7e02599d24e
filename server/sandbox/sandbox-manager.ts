/**
 * All sandboxes of one server: starts them (from a pool of started outer contexts where it can), finds those of an earlier
 * server process, ends them, and removes what nobody claims.
 */
import { randomBytes } from 'node:crypto';
import { every } from '../base/disposable.ts';
import { VethlabError } from '../base/errors.ts';
import type { Endpoint, Topology } from '../network/topology.ts';
import { adoptSandbox, buildSandbox } from './build.ts';
import { type LabSandbox, RECORD_PATH } from './lab-sandbox.ts';
import type { Limits, Outer, Runtime } from './runtime.ts';
import type { Sandbox, StartProgress } from './sandbox.ts';
import type { WireWay } from './wires.ts';
import { say } from '../base/sentence.ts';

export interface ManagerOptions {
  readonly runtime: Runtime;
  readonly limits: Limits;
  /** Started outer contexts that wait for a learner. */
  readonly poolSize: number;
  /** Sandboxes at once; more are refused. */
  readonly capacity: number;
  /** `auto` unless told. */
  readonly wireWay?: WireWay;
  /** Told of failures nobody waits for: refilling, reaping. */
  readonly onError?: (error: unknown) => void;
}

export interface StartOptions {
  /** Names the sandbox for the rest of the program, also after a restart. */
  readonly id: string;
  readonly captures?: readonly Pick<Endpoint, 'node' | 'interface'>[];
  readonly onProgress?: (progress: StartProgress) => void;
  /** The nodes are there: terminals can be asked for while the network is made and services are started. */
  readonly onNodes?: (sandbox: Sandbox) => void;
  readonly limits?: Limits;
}

const REAP_MS = 60_000;
const REFILL_AFTER_MS = 300;

export class SandboxManager implements AsyncDisposable {
  readonly #options: ManagerOptions;
  readonly #sandboxes = new Map<string, LabSandbox>();
  /** Outer contexts that belong to something: the pool, a start under way, a sandbox. */
  readonly #claimed = new Set<string>();
  readonly #pool: Outer[] = [];
  readonly #background = new Set<Promise<unknown>>();
  readonly #reaper: Disposable;
  #starting = 0;
  #filling = 0;
  #isClosed = false;

  constructor(options: ManagerOptions) {
    this.#options = options;
    this.#reaper = every(REAP_MS, () => this.#inBackground(this.reap()));
  }

  get(id: string): Sandbox | undefined {
    return this.#sandboxes.get(id);
  }

  list(): Sandbox[] {
    return [...this.#sandboxes.values()];
  }

  /** Pooled, starting and running ones. */
  counts(): { running: number; starting: number; pooled: number } {
    return { running: this.#sandboxes.size, starting: this.#starting, pooled: this.#pool.length };
  }

  /** Starts outer contexts until the pool is full. */
  async fillPool(): Promise<void> {
    const starts: Promise<void>[] = [];
    while (!this.#isClosed && this.#pool.length + this.#filling < this.#options.poolSize) {
      this.#filling++;
      starts.push(
        this.#startOuter(this.#options.limits)
          .then((outer) => this.#addToPool(outer))
          .finally(() => {
            this.#filling--;
          }),
      );
    }
    await Promise.all(starts);
  }

  /** Rejects with `capacity`, `conflict`, `runtime_failed` or `sandbox_build_failed`; then nothing is left of it. */
  async start(topology: Topology, options: StartOptions): Promise<Sandbox> {
    const startedAtMs = performance.now();
    if (this.#sandboxes.has(options.id)) {
      throw new VethlabError('conflict', `A sandbox with the id ${options.id} is running already.`);
    }
    if (this.#sandboxes.size + this.#starting >= this.#options.capacity) {
      throw new VethlabError(
        'capacity',
        say('All {count} networks of this server are in use.', { count: this.#options.capacity }),
        {
          hint: say('Try again in a few minutes, when someone has finished.'),
        },
      );
    }
    if (this.#isClosed) throw new VethlabError('sandbox_gone', 'The server is stopping.');
    const start = this.#start(topology, options, startedAtMs);
    this.#inBackground(start.catch(() => undefined));
    return start;
  }

  async #start(topology: Topology, options: StartOptions, startedAtMs: number): Promise<Sandbox> {
    this.#starting++;
    let outer: Outer | undefined;
    try {
      outer = options.limits ? undefined : this.#pool.shift();
      outer ??= await this.#startOuter(options.limits ?? this.#options.limits);
      const sandbox = await buildSandbox(outer, topology, {
        id: options.id,
        captures: options.captures ?? [],
        onProgress: options.onProgress ?? (() => {}),
        onNodes: options.onNodes ?? (() => {}),
        wireWay: this.#options.wireWay ?? 'auto',
        startedAtMs,
      });
      // Whoever asked for it is gone, and the next server would not know it.
      if (this.#isClosed) throw new VethlabError('sandbox_gone', 'The server is stopping.');
      this.#keep(sandbox);
      return sandbox;
    } catch (error) {
      if (outer) await this.#stopOuter(outer);
      throw error;
    } finally {
      this.#starting--;
      this.#refillSoon();
    }
  }

  /** Finds the sandboxes that an earlier server process left running. Call it once, before the first start. */
  async adopt(): Promise<Sandbox[]> {
    const outers = (await this.#options.runtime.list()).filter((outer) => !this.#claimed.has(outer.id));
    await Promise.all(
      outers.map(async (outer) => {
        this.#claimed.add(outer.id);
        const [record] = await outer.readFiles([RECORD_PATH]);
        const sandbox = await adoptSandbox(outer, record ?? null).catch(() => null);
        if (sandbox) this.#keep(sandbox);
        // Nobody knows the ceilings of one that waited in a pool, so it is not used again. One that does not end keeps no other.
        else await this.#stopOuter(outer).catch((error: unknown) => this.#options.onError?.(error));
      }),
    );
    return this.list();
  }

  /** Ends outer contexts that belong to nothing, and clears up after those that died. */
  async reap(): Promise<void> {
    const outers = await this.#options.runtime.list();
    await Promise.all(outers.filter((outer) => !this.#claimed.has(outer.id)).map((outer) => outer.stop()));
  }

  /** Ends the pool and what is being started; running sandboxes go on, for the next server process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    this.#reaper[Symbol.dispose]();
    await Promise.allSettled(this.#background);
    await Promise.all(this.#pool.splice(0).map((outer) => this.#stopOuter(outer)));
    for (const sandbox of this.#sandboxes.values()) sandbox.forget();
  }

  #keep(sandbox: LabSandbox): void {
    this.#sandboxes.set(sandbox.id, sandbox);
    void sandbox.ended.then(() => {
      this.#sandboxes.delete(sandbox.id);
      this.#inBackground(this.#stopOuter(sandbox.outer));
    });
  }

  async #startOuter(limits: Limits): Promise<Outer> {
    const id = `s${randomBytes(6).toString('hex')}`;
    this.#claimed.add(id);
    try {
      return await this.#options.runtime.start({ id, limits });
    } catch (error) {
      this.#claimed.delete(id);
      throw error;
    }
  }

  async #stopOuter(outer: Outer): Promise<void> {
    try {
      await outer.stop();
    } finally {
      this.#claimed.delete(outer.id);
    }
  }

  async #addToPool(outer: Outer): Promise<void> {
    if (this.#isClosed) return this.#stopOuter(outer);
    this.#pool.push(outer);
    // One that dies while it waits must not be given to a learner.
    void outer.ended.then(() => {
      const index = this.#pool.indexOf(outer);
      if (index >= 0) {
        this.#pool.splice(index, 1);
        this.#inBackground(this.#stopOuter(outer).then(() => this.fillPool()));
      }
    });
  }

  /** Not at once: a learner's first seconds in a new sandbox come before the next one's. */
  #refillSoon(): void {
    setTimeout(() => this.#inBackground(this.fillPool()), REFILL_AFTER_MS).unref();
  }

  #inBackground(work: Promise<unknown>): void {
    const guarded = work.catch((error: unknown) => this.#options.onError?.(error));
    this.#background.add(guarded);
    void guarded.finally(() => this.#background.delete(guarded));
  }
}
