/** Brings a new sandbox to where the learner was: the solutions of what is passed run again, in order. */
import { takeBaseline } from '../check/judge.ts';
import type { Baseline } from '../check/check.ts';
import type { CheckTask, ShellStep, Task } from '../course/lab.ts';
import type { Observer } from '../observe/observer.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { TaskRow } from '../store/attempts.ts';
import { inOrderOfNeeds } from './task-progress.ts';

/** A solution may start something that stays; it must not hold up the learner's start. */
const STEP_TIMEOUT_MS = 15_000;

function shellSteps(task: Task): ShellStep[] {
  return task.solve.flatMap((step) => ('node' in step ? [step] : []));
}

/** Tasks of which something has to be done again in a new sandbox, in order: solutions, and what was set up for open ones. */
export function tasksToRestore(tasks: readonly Task[], rows: readonly TaskRow[]): Task[] {
  const isOpen = new Set(rows.filter((row) => row.status !== 'locked').map((row) => row.name));
  const passed = passedTasks(rows);
  return inOrderOfNeeds(tasks).filter(
    (task) =>
      isOpen.has(task.name) && (task.setup.length > 0 || (passed.has(task.name) && shellSteps(task).length > 0)),
  );
}

/** Tasks whose solution runs again; the learner is told of them. */
export function tasksToSolve(tasks: readonly Task[], rows: readonly TaskRow[]): Task[] {
  const passed = passedTasks(rows);
  return tasksToRestore(tasks, rows).filter((task) => passed.has(task.name) && shellSteps(task).length > 0);
}

function passedTasks(rows: readonly TaskRow[]): ReadonlySet<string> {
  return new Set(rows.filter((row) => row.status === 'passed').map((row) => row.name));
}

/**
 * Sets up what each task brings with it and runs the solutions of those that passed. Tasks of mode `held` get their baseline
 * before their own solution, so that its effect counts for them. A step's exit status does not matter: checks look at what
 * is true afterwards.
 */
export async function restore(
  sandbox: Sandbox,
  observer: Observer,
  labAtMs: number,
  todo: readonly Task[],
  rows: readonly TaskRow[],
  onTask: (task: Task) => void,
): Promise<Map<string, Baseline>> {
  const baselines = new Map<string, Baseline>();
  const passed = passedTasks(rows);
  for (const task of todo) {
    onTask(task);
    await setUp(sandbox, task);
    if (!passed.has(task.name)) continue;
    if (isHeld(task)) baselines.set(task.name, await takeBaseline(task.check, observer, labAtMs));
    await runSteps(sandbox, shellSteps(task));
  }
  return baselines;
}

/** What the platform does when a task opens. The learner may have changed what it relies on: then it does what it can. */
export async function setUp(sandbox: Sandbox, task: Task): Promise<void> {
  await runSteps(sandbox, task.setup);
}

async function runSteps(sandbox: Sandbox, steps: readonly ShellStep[]): Promise<void> {
  for (const step of steps) {
    await sandbox.run('node', step.node, step.line, { timeoutMs: STEP_TIMEOUT_MS }).catch((error: unknown) => {
      if (isTimeout(error)) return;
      throw error;
    });
  }
}

function isHeld(task: Task): task is CheckTask {
  return task.type === 'check' && task.mode === 'held';
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'command_timeout';
}
