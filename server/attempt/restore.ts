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

/** Tasks whose solution has to run again, in order. */
export function tasksToRestore(tasks: readonly Task[], rows: readonly TaskRow[]): Task[] {
  const passed = new Set(rows.filter((row) => row.status === 'passed').map((row) => row.name));
  return inOrderOfNeeds(tasks).filter((task) => passed.has(task.name) && shellSteps(task).length > 0);
}

/**
 * Runs the solutions. Tasks of mode `held` get their baseline before their own solution, so that its effect counts for
 * them. A step's exit status does not matter: checks look at what is true afterwards.
 */
export async function restore(
  sandbox: Sandbox,
  observer: Observer,
  labAtMs: number,
  todo: readonly Task[],
  onTask: (task: Task) => void,
): Promise<Map<string, Baseline>> {
  const baselines = new Map<string, Baseline>();
  for (const task of todo) {
    onTask(task);
    if (isHeld(task)) baselines.set(task.name, await takeBaseline(task.check, observer, labAtMs));
    for (const step of shellSteps(task)) {
      await sandbox.run('node', step.node, step.line, { timeoutMs: STEP_TIMEOUT_MS }).catch((error: unknown) => {
        if (isTimeout(error)) return;
        throw error;
      });
    }
  }
  return baselines;
}

function isHeld(task: Task): task is CheckTask {
  return task.type === 'check' && task.mode === 'held';
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'command_timeout';
}
