/** One sandbox in which tasks are solved as a learner would: baselines at the opening, judging as in an attempt. */
import { setTimeout as delay } from 'node:timers/promises';
import { judgeAnswer, type ComputedAnswer } from '../attempt/judge-answer.ts';
import { toVethlabError, VethlabError } from '../base/errors.ts';
import type { Baseline, CheckTree, Configurations, Verdict } from '../check/check.ts';
import {
  capturesOf,
  configuredNodesOf,
  judgeTree,
  numberOf,
  takeBaseline,
  takeConfigurations,
  textOf,
} from '../check/judge.ts';
import type { QuestionTask, ResolvedLab, ShellStep, Task } from '../course/lab.ts';
import { writtenAnswer } from '../course/written-answer.ts';
import type { Topology } from '../network/topology.ts';
import type { Observer } from '../observe/observer.ts';
import { createObserver } from '../observe/sandbox-observer.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** Starts a fresh sandbox; `captures` are the endpoints captured from the start. */
export type StartSandbox = (topology: Topology, captures: readonly string[]) => Promise<Sandbox>;

const LINE_TIMEOUT_MS = 90_000;
const PASS_DEADLINE_MS = 20_000;
const JUDGE_EVERY_MS = 200;
/** How long a wrong attempt is watched: effects may come after the line that caused them. */
const SETTLE_MS = 1500;

type Step = Task['solve'][number];

/** What the tree of a task is, and of a question with a computed answer; null for what reads nothing. */
export function treeOf(task: Task): CheckTree | null {
  if (task.type === 'check') return task.check;
  return task.answer.type === 'computed' ? { kind: 'check', ...task.answer.check } : null;
}

export class ProofRun implements AsyncDisposable {
  readonly #sandbox: Sandbox;
  readonly #observer: Observer;
  readonly #tasks: readonly Task[];
  readonly #labAtMs: number;
  readonly #baselines = new Map<string, Baseline>();
  readonly #open = new Set<string>();
  readonly #passed = new Set<string>();
  #configurations: Configurations = {};

  static async start(lab: ResolvedLab, startSandbox: StartSandbox): Promise<ProofRun> {
    const trees = lab.tasks.flatMap((task) => treeOf(task) ?? []);
    const captures = new Set(trees.flatMap(capturesOf));
    const run = new ProofRun(await startSandbox(lab.topology, [...captures]), lab.tasks);
    try {
      run.#configurations = await takeConfigurations(configuredNodesOf(trees), run.#observer);
      await run.#openTasks();
      return run;
    } catch (error) {
      await run[Symbol.asyncDispose]();
      throw error;
    }
  }

  private constructor(sandbox: Sandbox, tasks: readonly Task[]) {
    this.#sandbox = sandbox;
    this.#tasks = tasks;
    this.#observer = createObserver(sandbox);
    this.#labAtMs = Date.now();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#observer[Symbol.dispose]();
    await this.#sandbox.stop('The proof is over.');
  }

  isOpen(task: Task): boolean {
    return this.#open.has(task.name);
  }

  /** Once. */
  async judge(task: Task): Promise<Verdict> {
    if (task.type === 'question')
      throw new VethlabError('bad_request', `${task.name} is a question: it is judged by an answer.`);
    return judgeTree(task.check, { observer: this.#observer, baseline: this.#baselineOf(task) });
  }

  /** Runs the solution and judges until it passes or the deadline is over; the last verdict is returned. */
  async solve(task: Task): Promise<Verdict> {
    if (task.type === 'question') return this.#answer(task, task.solve);
    await this.#runLines(shellSteps(task.solve));
    const deadline = performance.now() + PASS_DEADLINE_MS;
    for (;;) {
      const verdict = await this.judge(task);
      if (verdict.outcome === 'pass' || performance.now() > deadline) return verdict;
      await delay(JUDGE_EVERY_MS);
    }
  }

  /** Runs a wrong attempt and watches for a while; a verdict that passes ends it at once. */
  async tryWrong(task: Task, steps: readonly Step[]): Promise<Verdict> {
    if (task.type === 'question') return this.#answer(task, steps);
    await this.#runLines(shellSteps(steps));
    const end = performance.now() + SETTLE_MS;
    for (;;) {
      const verdict = await this.judge(task);
      if (verdict.outcome === 'pass' || performance.now() > end) return verdict;
      await delay(JUDGE_EVERY_MS);
    }
  }

  /** Notes that a task has passed, and opens those that waited for it. */
  async pass(task: Task): Promise<void> {
    this.#passed.add(task.name);
    await this.#openTasks();
  }

  async #openTasks(): Promise<void> {
    for (const task of this.#tasks) {
      if (this.#open.has(task.name) || !task.needs.every((name) => this.#passed.has(name))) continue;
      this.#open.add(task.name);
      await this.#setUp(task);
      const tree = treeOf(task);
      if (tree) this.#baselines.set(task.name, await takeBaseline(tree, this.#observer, this.#labAtMs));
    }
  }

  /** Unlike a solution's, a line of `setup` has to succeed: nothing has been changed that the author does not know. */
  async #setUp(task: Task): Promise<void> {
    for (const { node, line } of task.setup) {
      const { exitCode, stdout, stderr } = await this.#sandbox.run('node', node, line, { timeoutMs: LINE_TIMEOUT_MS });
      if (exitCode === 0) continue;
      throw new VethlabError('command_failed', `The setup of ${task.name} failed on ${node}.`, {
        details: { command: line, output: `exit status ${exitCode}\n${stdout}${stderr}`.trim() },
      });
    }
  }

  #baselineOf(task: Task): Baseline {
    const baseline = this.#baselines.get(task.name);
    if (baseline) return { ...baseline, configurations: this.#configurations };
    throw new VethlabError('conflict', `${task.name} is not open yet: it needs ${task.needs.join(', ')}.`);
  }

  async #answer(task: QuestionTask, steps: readonly Step[]): Promise<Verdict> {
    await this.#runLines(shellSteps(steps));
    const written = steps.find((step) => 'answer' in step);
    const computed = await this.#computed(task);
    const template = written && 'answer' in written ? written.answer : null;
    try {
      return judgeAnswer(task, rightAnswer(task, template, computed), computed);
    } catch (thrown) {
      const error = toVethlabError(thrown);
      if (error.code !== 'bad_request') throw thrown;
      return { outcome: 'fail', expected: 'An answer that can be judged.', seen: error.message, evidence: [] };
    }
  }

  async #computed(task: QuestionTask): Promise<ComputedAnswer> {
    if (task.answer.type !== 'computed') return null;
    const read = task.answer.kind === 'number' ? numberOf : textOf;
    return read(task.answer.check, { observer: this.#observer, baseline: this.#baselineOf(task) });
  }

  async #runLines(steps: readonly ShellStep[]): Promise<void> {
    for (const { node, line } of steps) await this.#sandbox.run('node', node, line, { timeoutMs: LINE_TIMEOUT_MS });
  }
}

function shellSteps(steps: readonly Step[]): ShellStep[] {
  return steps.flatMap((step) => ('node' in step ? [step] : []));
}

/** What the author wrote with the computed answer for `{}`; without it, the answer the file gives. */
function rightAnswer(
  task: QuestionTask,
  template: string | null,
  computed: ComputedAnswer,
): string | readonly string[] {
  const { answer } = task;
  if (template !== null && !template.includes('{}')) return template;
  if (template !== null && (answer.type !== 'choices' || template !== '{}')) {
    const known = writtenAnswer(task) ?? String(computed ?? '');
    return template.replaceAll('{}', typeof known === 'string' ? known : known.join(', '));
  }
  return writtenAnswer(task) ?? String(computed ?? '');
}
