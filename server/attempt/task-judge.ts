/** Judges the tasks of one attempt in its sandbox: baselines, one judgement of a task at a time, computed answers. */
import { toVethlabError } from '../base/errors.ts';
import type { Baseline, CheckTree, Verdict } from '../check/check.ts';
import { capturesOf, judgeTree, numberOf, takeBaseline, textOf } from '../check/judge.ts';
import type { CheckTask, QuestionTask, Task } from '../course/lab.ts';
import { kindOf } from './check-kinds.ts';
import type { LiveSandbox, SandboxRun } from './sandbox-run.ts';
import type { ComputedAnswer } from './judge-answer.ts';
import type { Cause } from './task-book.ts';
import type { AttemptParts } from './attempt-parts.ts';

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

  /** The baseline of a task in this sandbox; taken when there is none. Null for tasks that read nothing. */
  async baseline(run: SandboxRun, live: LiveSandbox, task: Task): Promise<Baseline | null> {
    const [tree] = treesOf(task);
    if (!tree) return null;
    const known = run.baselines.get(task.name);
    if (known) return known;
    const key = `${run.id} ${task.name}`;
    const pending = this.#baselining.get(key) ?? this.#takeBaseline(run, live, task.name, tree);
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
      const baseline = await this.baseline(run, live, task);
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

  async #takeBaseline(run: SandboxRun, live: LiveSandbox, name: string, tree: CheckTree): Promise<Baseline> {
    const baseline = await takeBaseline(tree, live.observer, live.labAtMs);
    run.saveBaseline(name, baseline);
    return baseline;
  }

  async #judgeOnce(run: SandboxRun, task: CheckTask, cause: Cause): Promise<void> {
    const live = run.live;
    if (!live) return;
    const startedAt = performance.now();
    let verdict: Verdict;
    try {
      const baseline = await this.baseline(run, live, task);
      if (!baseline) return;
      verdict = await judgeTree(task.check, { observer: live.observer, baseline });
    } catch (thrown) {
      const error = toVethlabError(thrown);
      this.#parts.logger.warn({ err: error, attempt: this.#attemptId, task: task.name }, 'a check was not judged');
      verdict = {
        outcome: 'error',
        expected: 'An answer from your network.',
        seen: 'Your network could not be read.',
        evidence: [{ label: 'error', text: error.message }],
      };
    }
    // A verdict about a sandbox that has ended in the meantime says nothing.
    if (run.state !== 'ready') return;
    const tookMs = performance.now() - startedAt;
    this.#parts.telemetry.judged(kindOf(task.check), verdict.outcome, tookMs);
    this.#record(task, verdict, tookMs, cause);
  }
}

/** Endpoints that any check of the tasks names: what is not captured from the start cannot be judged later. */
export function capturesOfTasks(tasks: readonly Task[]): { node: string; interface: string }[] {
  const names = new Set(tasks.flatMap((task) => treesOf(task).flatMap(capturesOf)));
  return [...names].map((name) => {
    const colon = name.indexOf(':');
    return { node: name.slice(0, colon), interface: name.slice(colon + 1) };
  });
}

/** The check of a task, or the one whose number answers its question. */
function treesOf(task: Task): CheckTree[] {
  if (task.type === 'check') return [task.check];
  if (task.answer.type !== 'computed') return [];
  return [{ kind: 'check', name: task.answer.check.name, spec: task.answer.check.spec }];
}
