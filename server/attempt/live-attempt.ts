/**
 * One learner in one lab: tasks, verdicts and the sandbox, joined. attempt/ knows no HTTP and no page;
 * how a sandbox is made is sandbox/'s, how a check judges is check/'s.
 */
import { Emitter } from '../base/disposable.ts';
import { VethlabError } from '../base/errors.ts';
import { inWords, say, series, type Said } from '../base/sentence.ts';
import type { Baseline, Cost, Verdict } from '../check/check.ts';
import { costOf } from '../check/judge.ts';
import type { AttemptView, LinkBody, SandboxView, TaskView } from '../contract/api.ts';
import type { ResolvedLab, Task } from '../course/lab.ts';
import { endpointName } from '../network/topology.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { TerminalSize } from '../sandbox/runtime.ts';
import type { TerminalSession } from '../sandbox/terminal-session.ts';
import type { AttemptRow } from '../store/attempts.ts';
import type { SandboxRow } from '../store/sandboxes.ts';
import type { AttemptParts } from './attempt-parts.ts';
import { AutoJudge } from './auto-judge.ts';
import type { ComputedAnswer, GivenAnswer } from './judge-answer.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { LabEditions } from './lab-editions.ts';
import { linkViews } from './link-views.ts';
import { isSameSandbox, tasksThatChanged } from './renewal.ts';
import { restore, tasksToRestore, tasksToSolve } from './restore.ts';
import type { LiveSandbox } from './sandbox-run.ts';
import { SandboxRun } from './sandbox-run.ts';
import type { Cause } from './task-book.ts';
import { TaskBook } from './task-book.ts';
import { capturesOfTasks, TaskJudge } from './task-judge.ts';

/** What changed; whoever shows it asks for the view. `closed`: this attempt is over, there is a new one. */
export type AttemptChange =
  { readonly type: 'sandbox' } | { readonly type: 'task'; readonly name: string } | { readonly type: 'closed' };

export interface OpenTerminal {
  readonly session: TerminalSession;
  /** Settles when what is typed may reach the shell: all of the network is there, or never will be. */
  readonly mayType: Promise<void>;
  /** Ends the shell for good. */
  close(): void;
}

export class LiveAttempt implements Disposable {
  readonly row: AttemptRow;
  #editions: LabEditions;
  /** The lab as it was when the sandbox was started. */
  #startedLab: ResolvedLab;
  readonly #parts: AttemptParts;
  #book: TaskBook;
  readonly #changes = new Emitter<AttemptChange>();
  readonly #judge: TaskJudge;
  #run: SandboxRun | null = null;
  #autoJudge: AutoJudge | null = null;
  #isOver = false;
  #touchedMs: number;

  constructor(parts: AttemptParts, row: AttemptRow, editions: LabEditions) {
    this.#parts = parts;
    this.row = row;
    this.#editions = editions;
    this.#startedLab = editions.original;
    this.#book = new TaskBook(parts.store, parts.clock, row, editions);
    this.#judge = new TaskJudge(parts, row.id, (task, verdict, tookMs, cause) =>
      this.#record(task, verdict, tookMs, cause),
    );
    this.#touchedMs = parts.clock.now();
  }

  /** As the author wrote it: what is judged. */
  get lab(): ResolvedLab {
    return this.#editions.original;
  }

  /** True while a sandbox runs that the lab, written anew since, would have otherwise. */
  get isRestartNeeded(): boolean {
    return this.#run?.isRunning === true && !isSameSandbox(this.#startedLab, this.lab);
  }

  /** Goes on with a lab that was written anew. What asks for something else than before is open again; the sandbox runs on. */
  renew(editions: LabEditions): void {
    const { store, clock } = this.#parts;
    const changed = tasksThatChanged(this.lab.tasks, editions.original.tasks);
    const rows = store.attempts.tasks(this.row.id);
    const reopened = rows
      .filter(({ name }) => changed.includes(name))
      .map((row) => ({ ...row, status: 'locked' as const, passedMs: null }));
    const wasFinished = this.isFinished && changed.length === 0;
    const finishedMs = wasFinished ? (store.attempts.find(this.row.id)?.finishedMs ?? null) : null;
    store.attempts.saveTasks(this.row.id, reopened, finishedMs);
    this.#editions = editions;
    this.#book = new TaskBook(store, clock, { ...this.row, finishedMs }, editions);
    for (const name of changed) this.#run?.baselines.delete(name);
    const live = this.#run?.live;
    if (this.#run && live)
      this.#open(
        this.#run,
        live,
        changed.filter((name) => this.#book.status(name) === 'open'),
      );
    this.#updateAutoJudge();
  }

  get run(): SandboxRun | null {
    return this.#run;
  }

  get watcherCount(): number {
    return this.#changes.listenerCount;
  }

  /** The clock by which its times are told. */
  get nowMs(): number {
    return this.#parts.clock.now();
  }

  /** When somebody last asked for it. */
  get touchedMs(): number {
    return this.#touchedMs;
  }

  touch(): void {
    this.#touchedMs = this.#parts.clock.now();
  }

  /** Tells of changes, and keeps the automatic judging going while anybody listens. */
  watch(listener: (change: AttemptChange) => void): Disposable {
    const subscription = this.#changes.listen(listener);
    this.#updateAutoJudge();
    return {
      [Symbol.dispose]: () => {
        subscription[Symbol.dispose]();
        this.touch();
        this.#updateAutoJudge();
      },
    };
  }

  /**
   * Starts the sandbox; progress comes as changes. Does nothing while one starts or runs.
   * @throws VethlabError `conflict` for an attempt that ends for good
   */
  async start(id: string): Promise<void> {
    if (this.#run?.state === 'stopping') await this.#run.stop('');
    if (this.#isOver)
      throw new VethlabError('conflict', say('This lab is being reset.'), { hint: say('Wait a moment.') });
    if (this.#run?.isRunning) return;
    const run = this.#newRun(id);
    this.#run = run;
    this.#startedLab = this.lab;
    run.start(capturesOfTasks(this.lab.tasks), (live) => this.#prepare(run, live));
    this.#emit({ type: 'sandbox' });
  }

  adopt(sandbox: Sandbox, row: SandboxRow, baselines: ReadonlyMap<string, Baseline>): void {
    const run = this.#newRun(row.id);
    this.#run = run;
    run.adopt(sandbox, row, baselines);
    const opened = this.lab.tasks.filter((task) => this.#book.status(task.name) !== 'locked');
    // One that opened in the last moment of the earlier server process may not be set up.
    if (run.live)
      this.#open(
        run,
        run.live,
        opened.map(({ name }) => name),
      );
  }

  async stop(reason: Said): Promise<void> {
    await this.#run?.stop(reason);
  }

  /** Stops for good: from the call on, no sandbox starts that nobody would know. */
  async end(reason: Said): Promise<void> {
    this.#isOver = true;
    await this.stop(reason);
  }

  /** The learner wants the sandbox to stay. */
  extend(): void {
    this.#requireLive().run.touch();
    this.#emit({ type: 'sandbox' });
  }

  /** Judges now, what is true after the call. */
  async check(name: string): Promise<void> {
    const task = this.#book.openTask(name);
    if (task.type === 'question') throw new VethlabError('bad_request', say('A question is answered, not checked.'));
    if (this.#book.judgeable().includes(task)) {
      const { run } = this.#requireLive();
      run.touch();
      await this.#judge.judge(run, task, 'asked');
    }
  }

  /** Choices may be given in the words of any language. */
  async answer(name: string, written: GivenAnswer): Promise<void> {
    const task = this.#book.openTask(name);
    if (task.type === 'check') throw new VethlabError('bad_request', say('This task is checked, not answered.'));
    if (this.#book.status(name) === 'passed') return;
    this.#book.assertMayAnswer(name);
    const given = this.#editions.originalChoices(name, written);
    this.#run?.touch();
    const startedAt = performance.now();
    let computed: ComputedAnswer = null;
    if (task.answer.type === 'computed') {
      const { run, live } = this.#requireLive();
      computed = await this.#judge.computedAnswer(run, live, task);
      // Other answers may have come in the meantime: guesses that are sent all at once are counted, too.
      this.#book.assertMayAnswer(name);
    }
    const verdict = judgeAnswer(task, given, computed, this.#editions.toldChoices(name, given));
    if (verdict.outcome !== 'error') this.#book.recordAnswer(name, given, verdict.outcome === 'pass');
    this.#record(task, verdict, performance.now() - startedAt, 'asked');
  }

  hint(name: string): void {
    this.#book.openHint(name);
    this.#run?.touch();
    this.#emit({ type: 'task', name });
  }

  /**
   * While the network starts, waits for the node: a page connects ahead of time, and its shell is started meanwhile.
   * @throws VethlabError `not_found`, `sandbox_gone`, `conflict`, `too_many_requests`
   */
  async openTerminal(node: string, index: number, size: TerminalSize): Promise<OpenTerminal> {
    if (!this.lab.topology.nodes.some(({ name }) => name === node)) {
      throw new VethlabError('not_found', say('This lab has no such node.'));
    }
    const run = this.#run;
    if (run?.state === 'starting') {
      const early = await run.earlyTerminals;
      // What goes wrong is told below, by the start that failed or by the second try.
      const session = await early?.open(node, index, size).catch(() => undefined);
      if (early && session) return { session, mayType: run.started, close: () => early.close(session) };
      await run.started;
    }
    const { terminals } = this.#requireLive().live;
    const session = await terminals.open(node, index, size);
    return { session, mayType: Promise.resolve(), close: () => terminals.close(session) };
  }

  /**
   * Changes what frames suffer that one end of a link sends, or pulls its cable.
   * @throws VethlabError `not_found`, `forbidden`, `sandbox_gone`, `conflict`
   */
  async changeLink(name: string, change: LinkBody): Promise<void> {
    const { run, live } = this.#requireLive();
    const ends = live.sandbox.topology.links.flatMap((link) => link.endpoints.map((endpoint) => ({ link, endpoint })));
    const found = ends.find(({ endpoint }) => endpointName(endpoint) === name);
    if (!found) throw new VethlabError('not_found', `This lab has no link that ends at ${name}.`);
    if (!found.link.adjustable) {
      throw new VethlabError('forbidden', `This lab does not let you change the link of ${name}.`, {
        hint: 'Its author can: `adjustable: true` on the link.',
      });
    }
    run.touch();
    if (change.impair !== undefined) await live.sandbox.impair(found.endpoint, change.impair);
    if (change.down !== undefined) await live.sandbox.setLinkDown(found.endpoint, change.down);
    this.#emit({ type: 'sandbox' });
  }

  /** The learner typed. */
  noteInput(bytes: number): void {
    this.#run?.touch();
    this.#autoJudge?.noteInput();
    this.#parts.telemetry.terminalBytes('in', bytes);
  }

  /** A terminal that somebody looks at wrote. */
  noteOutput(bytes: number): void {
    this.#autoJudge?.noteOutput();
    this.#parts.telemetry.terminalBytes('out', bytes);
  }

  taskView(name: string, language: string): TaskView {
    return this.#book.view(name, language);
  }

  get points(): { earned: number; possible: number } {
    return this.#book.points;
  }

  get isFinished(): boolean {
    return this.#book.isFinished;
  }

  /** In a language: title, lesson and tasks as the reader sees them. */
  edition(language: string): ResolvedLab {
    return this.#editions.in(language);
  }

  sandboxView(language: string): SandboxView {
    if (this.#run) return this.#run.view(language);
    const nodes = this.lab.topology.nodes.map(({ name, kind }) => ({ name, kind }));
    const links = linkViews(this.lab.topology, {});
    const empty = { nodes, links, steps: [], endsAtMs: null, isEndingSoon: false };
    const last = this.#parts.store.sandboxes.latest(this.row.id);
    if (last?.endedReason) {
      const reason = inWords(last.endedReason, language);
      const hint = inWords(say('Your progress is kept. Start the lab again to go on.'), language);
      return { state: 'ended', reason, hint, ...empty };
    }
    return { state: 'none', reason: null, hint: null, ...empty };
  }

  /** In the words of the reader. */
  view(language: string): AttemptView {
    return {
      id: this.row.id,
      labId: this.row.labId,
      sandbox: this.sandboxView(language),
      tasks: this.#book.views(language),
      points: this.points,
      isFinished: this.isFinished,
    };
  }

  /** Tells all who watch that this attempt has a successor. */
  close(): void {
    this.#emit({ type: 'closed' });
    this[Symbol.dispose]();
  }

  /** Lets go of everything; a running sandbox runs on. */
  [Symbol.dispose](): void {
    this.#autoJudge?.[Symbol.dispose]();
    this.#autoJudge = null;
    this.#run?.detach();
  }

  #newRun(id: string): SandboxRun {
    const run: SandboxRun = new SandboxRun(
      { ...this.#parts, store: this.#parts.store.sandboxes },
      id,
      this.row.id,
      this.lab.topology,
      {
        onChange: () => {
          if (this.#run !== run) return;
          this.#updateAutoJudge();
          this.#emit({ type: 'sandbox' });
        },
        onStarted: (code, tookMs) => {
          if (code === null)
            this.#parts.telemetry.sandboxReady(tookMs, tasksToSolve(this.lab.tasks, this.#book.rows).length > 0);
          else this.#parts.telemetry.sandboxFailed(code);
        },
      },
    );
    return run;
  }

  /** Brings a new sandbox to where the learner was, then lets growth count from here. */
  async #prepare(run: SandboxRun, live: LiveSandbox): Promise<Said | null> {
    const startedAt = performance.now();
    const { rows } = this.#book;
    await this.#judge.noteStart(run, live, this.lab.tasks);
    const solved = tasksToSolve(this.lab.tasks, rows);
    const todo = tasksToRestore(this.lab.tasks, rows);
    const baselines = await restore(live.sandbox, live.observer, live.labAtMs, todo, rows, (task) => {
      if (solved.includes(task)) run.noteStep(`restore: ${task.name}`, performance.now() - startedAt);
    });
    for (const [name, baseline] of baselines) run.saveBaseline(name, baseline);
    await Promise.all(
      this.lab.tasks
        .filter((task) => this.#book.status(task.name) !== 'locked')
        .map((task) => this.#judge.open(run, live, task, true)),
    );
    if (solved.length === 0) return null;
    const tasks = series(
      solved.map((task) => say('“{title}”', { title: this.#editions.titleOf(task.name) })),
      'comma',
    );
    return say('This is a new network. What you had solved was done again in it: {tasks}.', { tasks });
  }

  async #judgeAll(cost: Cost): Promise<void> {
    const run = this.#run;
    if (!run) return;
    const tasks = this.#book.judgeable().filter((task) => costOf(task.check) === cost);
    const results = await Promise.allSettled(tasks.map((task) => this.#judge.judge(run, task, 'auto')));
    for (const result of results) {
      if (result.status === 'rejected')
        this.#parts.logger.error({ err: result.reason, attempt: this.row.id }, 'judging failed');
    }
  }

  #record(task: Task, verdict: Verdict, tookMs: number, cause: Cause): void {
    if (task.type === 'question') this.#parts.telemetry.judged('question', verdict.outcome, tookMs);
    const row = { ...verdict, atMs: this.#parts.clock.now(), tookMs: Math.round(tookMs * 10) / 10 };
    const { changed, opened } = this.#book.recordVerdict(task.name, row, cause);
    const live = this.#run?.live;
    if (this.#run && live) this.#open(this.#run, live, opened);
    if (this.isFinished) this.#updateAutoJudge();
    for (const name of changed) this.#emit({ type: 'task', name });
  }

  #open(run: SandboxRun, live: LiveSandbox, names: readonly string[]): void {
    for (const name of names) {
      this.#judge.open(run, live, this.#book.task(name)).catch((error: unknown) => {
        // Tried again with the first judgement.
        this.#parts.logger.warn({ err: error, attempt: this.row.id, task: name }, 'a task could not be opened');
      });
    }
  }

  #requireLive(): { run: SandboxRun; live: LiveSandbox } {
    const run = this.#run;
    const live = run?.live;
    if (run && live) return { run, live };
    if (run?.state === 'starting')
      throw new VethlabError('conflict', say('Your network is still starting.'), { hint: say('Wait a moment.') });
    throw new VethlabError('sandbox_gone', say('Your network is not running.'), {
      hint: say('Start the lab first.'),
    });
  }

  #updateAutoJudge(): void {
    const isNeeded = this.#run?.state === 'ready' && this.watcherCount > 0 && !this.isFinished;
    if (isNeeded) {
      this.#autoJudge ??= new AutoJudge(this.#parts.clock, { judge: (cost) => this.#judgeAll(cost) });
    } else {
      this.#autoJudge?.[Symbol.dispose]();
      this.#autoJudge = null;
    }
  }

  #emit(change: AttemptChange): void {
    this.#changes.emit(change);
  }
}
