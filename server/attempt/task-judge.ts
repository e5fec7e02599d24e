/** Judges the tasks of one attempt in its sandbox: baselines, one judgement of a task at a time, computed answers. */
import { toVethlabError } from '../base/errors.ts';
import type { Baseline, CheckTree, Verdict } from '../check/check.ts';
import {
  capturesOf,
  configuredNodesOf,
  judgeTree,
  numberOf,
  takeBaseline,
  takeConfigurations,
  textOf,
} from '../check/judge.ts';
import type { CheckTask, QuestionTask, Task } from '../course/lab.ts';
import { kindOf } from './check-kinds.ts';
import { setUp } from './restore.ts';
import type { LiveSandbox, SandboxRun } from './sandbox-run.ts';
import type { ComputedAnswer } from './judge-answer.ts';
import type { Cause } from './task-book.ts';
import type { AttemptParts } from './attempt-parts.ts';
import { say } from '../base/sentence.ts';

/** The tree of a task that reads nothing. */
const NOTHING: CheckTree = { kind: 'all', of: [] };

export type RecordVerdict = (task: CheckTask, verdict: Verdict, tookMs: number, cause: Cause) => void;

export class TaskJudge {
  readonly #parts: AttemptParts;
  readonly #attemptId: string;
  readonly #record: RecordVerdict;
  readonly #judging = new Map<string, Promise<void>>();
  readonly #baselining = new Map<string, Promise<Baseline>>();

  constructor(parts: AttemptParts, attemptId: string, record: RecordVerdict) {
    this.#parts = parts;
    this.#attemptId = attemptId;
    this.#record = record;
  }

  /** One judgement of a task at a time. The learner's own waits for one that runs, which may have read before the deed. */
  async judge(run: SandboxRun, task: CheckTask, cause: Cause): Promise<void> {
    for (let running = this.#judging.get(task.name); running; running = this.#judging.get(task.name)) {
      await running;
      if (cause === 'auto') return;
    }
    const work = this.#judgeOnce(run, task, cause).finally(() => this.#judging.delete(task.name));
    this.#judging.set(task.name, work);
    await work;
  }

  /** Notes how nodes are set up, for checks that compare; call it when the network stands, before anything is done in it. */
  async noteStart(run: SandboxRun, live: LiveSandbox, tasks: readonly Task[]): Promise<void> {
    const nodes = configuredNodesOf(tasks.flatMap(treesOf));
    if (nodes.length === 0) return;
    const configurations = await takeConfigurations(nodes, live.observer);
    run.saveBaseline(LAB_START, { atMs: live.labAtMs, labAtMs: live.labAtMs, counters: {}, configurations });
  }

  /**
   * Opens a task in this sandbox: its `setup`, unless that is done, and its baseline, each once however often it is called.
   * Null for tasks that read nothing and set nothing up.
   */
  async open(run: SandboxRun, live: LiveSandbox, task: Task, isSetUp = false): Promise<Baseline | null> {
    const [tree] = treesOf(task);
    if (!tree && task.setup.length === 0) return null;
    const known = run.baselines.get(task.name);
    if (known) return known;
    const key = `${run.id} ${task.name}`;
    const pending = this.#baselining.get(key) ?? this.#open(run, live, task, tree ?? NOTHING, isSetUp);
    this.#baselining.set(key, pending);
    try {
      return await pending;
    } finally {
      this.#baselining.delete(key);
    }
  }

  /** The number or text that a question asks about, read from the sandbox; null when it could not be read. */
  async computedAnswer(run: SandboxRun, live: LiveSandbox, task: QuestionTask): Promise<ComputedAnswer> {
    if (task.answer.type !== 'computed') return null;
    try {
      const baseline = await this.open(run, live, task);
      if (!baseline) return null;
      const read = task.answer.kind === 'number' ? numberOf : textOf;
      return await read(task.answer.check, { observer: live.observer, baseline });
    } catch (error) {
      this.#parts.logger.warn(
        { err: error, attempt: this.#attemptId, task: task.name },
        'a computed answer was not read',
      );
      return null;
    }
  }

  async #open(run: SandboxRun, live: LiveSandbox, task: Task, tree: CheckTree, isSetUp: boolean): Promise<Baseline> {
    if (!isSetUp) await setUp(live.sandbox, task);
    const baseline = await takeBaseline(tree, live.observer, live.labAtMs);
    run.saveBaseline(task.name, baseline);
    return baseline;
  }

  async #judgeOnce(run: SandboxRun, task: CheckTask, cause: Cause): Promise<void> {
    const live = run.live;
    if (!live) return;
    const startedAt = performance.now();
    let verdict: Verdict;
    try {
      const opened = await this.open(run, live, task);
      if (!opened) return;
      const configurations = run.baselines.get(LAB_START)?.configurations;
      const baseline = configurations ? { ...opened, configurations } : opened;
      verdict = await judgeTree(task.check, { observer: live.observer, baseline });
    } catch (thrown) {
      const error = toVethlabError(thrown);
      this.#parts.logger.warn({ err: error, attempt: this.#attemptId, task: task.name }, 'a check was not judged');
      verdict = {
        outcome: 'error',
        expected: say('An answer from your network.'),
        seen: say('Your network could not be read.'),
        evidence: [{ label: 'error', text: error.said }],
      };
    }
    // A verdict about a sandbox that has ended in the meantime says nothing.
    if (run.state !== 'ready') return;
    const tookMs = performance.now() - startedAt;
    this.#parts.telemetry.judged(kindOf(task.check), verdict.outcome, tookMs);
    this.#record(task, verdict, tookMs, cause);
  }
}

/** What was true of the nodes when the lab began, under a name that no task can have. */
const LAB_START = '';

/** Endpoints that any check of the tasks names: what is not captured from the start cannot be judged later. */
export function capturesOfTasks(tasks: readonly Task[]): { node: string; interface: string }[] {
  const names = new Set(tasks.flatMap((task) => treesOf(task).flatMap(capturesOf)));
  return [...names].map((name) => {
    const colon = name.indexOf(':');
    return { node: name.slice(0, colon), interface: name.slice(colon + 1) };
  });
}

/** The check of a task, or the one whose number answers its question. */
export function treesOf(task: Task): CheckTree[] {
  if (task.type === 'check') return [task.check];
  if (task.answer.type !== 'computed') return [];
  return [{ kind: 'check', name: task.answer.check.name, spec: task.answer.check.spec }];
}
