/** One sandbox of an attempt, from the click to its end. Knows no task. */
import type { Logger } from 'pino';
import type { Clock } from '../base/clock.ts';
import { DisposableStore } from '../base/disposable.ts';
import { toVethlabError, VethlabError } from '../base/errors.ts';
import type { Baseline } from '../check/check.ts';
import type { SandboxView } from '../contract/api.ts';
import type { Topology } from '../network/topology.ts';
import type { Observer } from '../observe/observer.ts';
import { PacketFeed } from '../observe/packet-feed.ts';
import { createObserver } from '../observe/sandbox-observer.ts';
import { Watcher } from '../observe/watch.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { TerminalSessions } from '../sandbox/terminal-sessions.ts';
import type { SandboxRow, SandboxStore } from '../store/sandboxes.ts';
import { IdleTimer } from './idle-timer.ts';
import { linkViews } from './link-views.ts';
import type { SandboxOrder, SandboxSource } from './sandbox-source.ts';
import { inWords, say, type Said } from '../base/sentence.ts';

export interface RunSettings {
  readonly idleMs: number;
  readonly idleWarningMs: number;
}

export interface RunHandlers {
  /** The view is different from before. */
  onChange(): void;
  /** `code` is null for a sandbox that became ready. */
  onStarted(code: string | null, tookMs: number): void;
}

export interface RunParts {
  readonly store: SandboxStore;
  readonly clock: Clock;
  readonly source: SandboxSource;
  readonly settings: RunSettings;
  readonly logger: Logger;
}

/** What a ready sandbox offers. */
export interface LiveSandbox {
  readonly sandbox: Sandbox;
  readonly observer: Observer;
  readonly terminals: TerminalSessions;
  readonly watcher: Watcher;
  readonly packets: PacketFeed;
  /** When the learner could begin; milliseconds since the epoch. */
  readonly labAtMs: number;
}

/** Input is written down at most this often: it only matters to a server that starts anew. */
const ACTIVITY_SAVE_MS = 15_000;

export class SandboxRun {
  readonly id: string;
  readonly #parts: RunParts;
  readonly #attemptId: string;
  readonly #topology: Topology;
  readonly #handlers: RunHandlers;
  readonly #owned = new DisposableStore();
  readonly #steps: SandboxView['steps'] = [];
  readonly #baselines = new Map<string, Baseline>();
  #state: Exclude<SandboxView['state'], 'none'> = 'starting';
  #reason: Said | null = null;
  #hint: Said | null = null;
  readonly #earlyTerminals = Promise.withResolvers<TerminalSessions | null>();
  #terminals: TerminalSessions | null = null;
  #live: LiveSandbox | null = null;
  #idle: IdleTimer | null = null;
  #savedActiveMs = 0;
  #starting: Promise<void> = Promise.resolve();
  #stopping: Promise<void> | null = null;

  constructor(parts: RunParts, id: string, attemptId: string, topology: Topology, handlers: RunHandlers) {
    this.#parts = parts;
    this.id = id;
    this.#attemptId = attemptId;
    this.#topology = topology;
    this.#handlers = handlers;
  }

  get state(): SandboxView['state'] {
    return this.#state;
  }

  /** True while it takes room on the machine. */
  get isRunning(): boolean {
    return this.#state === 'starting' || this.#state === 'ready' || this.#state === 'stopping';
  }

  /** Settles when starting is over, well or not; never rejects. */
  get started(): Promise<void> {
    return this.#starting;
  }

  /** Settles with the terminals while the network is still being made; null when it did not come to that. */
  get earlyTerminals(): Promise<TerminalSessions | null> {
    return this.#earlyTerminals.promise;
  }

  get activeMs(): number {
    return this.#idle?.activeMs ?? this.#parts.clock.now();
  }

  /** Null unless the learner can work in it. */
  get live(): LiveSandbox | null {
    return this.#state === 'ready' ? this.#live : null;
  }

  get baselines(): Map<string, Baseline> {
    return this.#baselines;
  }

  /**
   * Begins to start; returns at once. `prepare` runs when the network stands and before the learner may work;
   * a sentence it returns is told to the learner.
   */
  start(captures: SandboxOrder['captures'], prepare: (live: LiveSandbox) => Promise<Said | null>): void {
    this.#parts.store.add(this.id, this.#attemptId, this.#parts.clock.now());
    this.#starting = this.#start(captures, prepare);
  }

  async #start(
    captures: SandboxOrder['captures'],
    prepare: (live: LiveSandbox) => Promise<Said | null>,
  ): Promise<void> {
    const startedAt = performance.now();
    let sandbox: Sandbox | null = null;
    try {
      sandbox = await this.#parts.source.start(this.#topology, {
        id: this.id,
        captures,
        onProgress: ({ step, node }) => {
          if (step !== 'ready') this.noteStep(step, performance.now() - startedAt, node);
        },
        onNodes: (begun) => {
          this.#earlyTerminals.resolve(this.#terminalsOf(begun));
        },
      });
      this.#assertStarting();
      const live = this.#attach(sandbox, this.#parts.clock.now());
      const notice = await prepare(live);
      this.#assertStarting();
      this.#parts.store.setReady(this.id, live.labAtMs);
      this.noteStep('ready', performance.now() - startedAt);
      this.#becomeReady(notice);
      this.#handlers.onStarted(null, performance.now() - startedAt);
    } catch (thrown) {
      const error = toVethlabError(thrown);
      await sandbox?.stop(error.message).catch((cause: unknown) => this.#logFailedStop(cause));
      // Whoever asked for the end in the meantime gets it; that is no failure.
      if (this.#state === 'stopping') return;
      this.#parts.logger.warn({ err: error, details: error.details, sandbox: this.id }, 'a sandbox did not start');
      this.#finish(
        'failed',
        // What went wrong inside the program is for the log.
        error.code === 'unexpected' ? say('Your network did not start.') : error.said,
        error.saidHint ?? say('Start it again. If it fails again, tell whoever runs this server.'),
      );
      this.#handlers.onStarted(error.code, performance.now() - startedAt);
    }
  }

  /** Takes over a sandbox that an earlier server process started. */
  adopt(sandbox: Sandbox, row: SandboxRow, baselines: ReadonlyMap<string, Baseline>): void {
    for (const [task, baseline] of baselines) this.#baselines.set(task, baseline);
    this.#attach(sandbox, row.readyMs ?? row.createdMs);
    this.noteStep('ready', 0);
    this.#becomeReady(say('The server was started anew. Your network ran on; terminals are new shells.'));
  }

  saveBaseline(task: string, baseline: Baseline): void {
    this.#baselines.set(task, baseline);
    this.#parts.store.saveBaseline(this.id, task, baseline);
  }

  noteStep(step: string, elapsedMs: number, node?: string): void {
    this.#steps.push({ step, elapsedMs: Math.round(elapsedMs * 10) / 10, ...(node === undefined ? {} : { node }) });
    this.#handlers.onChange();
  }

  /** The learner did something: the idle end moves away. */
  touch(): void {
    if (!this.#idle) return;
    this.#idle.touch();
    if (this.#idle.activeMs - this.#savedActiveMs < ACTIVITY_SAVE_MS) return;
    this.#savedActiveMs = this.#idle.activeMs;
    this.#parts.store.setActive(this.id, this.#idle.activeMs);
    this.#handlers.onChange();
  }

  /** Ends it; `reason` is told to the learner. Settles when it is gone. */
  stop(reason: Said): Promise<void> {
    if (!this.isRunning) return Promise.resolve();
    this.#stopping ??= this.#stop(reason);
    return this.#stopping;
  }

  async #stop(reason: Said): Promise<void> {
    this.#state = 'stopping';
    this.#reason = reason;
    this.#terminals?.end(reason);
    this.#handlers.onChange();
    await this.#starting;
    await this.#live?.sandbox.stop(reason).catch((cause: unknown) => this.#logFailedStop(cause));
    this.#finish('ended', reason, null);
  }

  /** Lets go of it without ending it: the next server process will find it. */
  detach(): void {
    this.#owned[Symbol.dispose]();
  }

  view(language: string): SandboxView {
    const words = (said: Said | null): string | null => (said === null ? null : inWords(said, language));
    return {
      state: this.#state,
      reason: words(this.#reason),
      hint: words(this.#hint),
      nodes: this.#topology.nodes.map(({ name, kind }) => ({ name, kind })),
      links: linkViews(this.#topology, this.#live?.sandbox.linkChanges ?? {}),
      steps: [...this.#steps],
      endsAtMs: this.#state === 'ready' ? (this.#idle?.endsAtMs ?? null) : null,
      isEndingSoon: this.#state === 'ready' && (this.#idle?.isEndingSoon ?? false),
    };
  }

  #attach(sandbox: Sandbox, labAtMs: number): LiveSandbox {
    const observer = this.#owned.add(createObserver(sandbox));
    const terminals = this.#terminalsOf(sandbox);
    const watcher = this.#owned.add(new Watcher(sandbox, observer));
    const packets = this.#owned.add(new PacketFeed(sandbox, observer));
    this.#live = { sandbox, observer, terminals, watcher, packets, labAtMs };
    void sandbox.ended.then((reason) => {
      if (this.#state === 'ready' || this.#state === 'starting') {
        this.#finish('ended', reason, say('Your progress is kept. Start the lab again to go on.'));
      }
    });
    return this.#live;
  }

  #terminalsOf(sandbox: Sandbox): TerminalSessions {
    this.#terminals ??= this.#owned.add(new TerminalSessions(sandbox));
    return this.#terminals;
  }

  #becomeReady(notice: Said | null): void {
    const { clock, settings } = this.#parts;
    const minutes = Math.round(settings.idleMs / 60_000);
    this.#idle = this.#owned.add(
      new IdleTimer(clock, settings.idleMs, settings.idleWarningMs, {
        onWarning: () => this.#handlers.onChange(),
        onEnd: () =>
          void this.stop(
            minutes === 1
              ? say('It ended after a minute without input.')
              : say('It ended after {minutes} minutes without input.', { minutes }),
          ),
      }),
    );
    this.#state = 'ready';
    this.#reason = notice;
    this.#handlers.onChange();
  }

  #assertStarting(): void {
    if (this.#state !== 'starting')
      throw new VethlabError('sandbox_gone', this.#reason ?? say('The network ended while it started.'));
  }

  #finish(state: 'ended' | 'failed', reason: Said, hint: Said | null): void {
    this.#terminals?.end(reason);
    this.#earlyTerminals.resolve(null);
    this.#owned[Symbol.dispose]();
    this.#state = state;
    this.#reason = reason;
    this.#hint = hint;
    this.#parts.store.setEnded(this.id, this.#parts.clock.now(), reason);
    this.#handlers.onChange();
  }

  #logFailedStop(cause: unknown): void {
    this.#parts.logger.error({ err: cause, sandbox: this.id }, 'a sandbox could not be ended');
  }
}
