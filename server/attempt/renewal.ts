/** What of a lab that was written anew concerns an attempt that is under way. Pure. */
import type { ResolvedLab, Task } from '../course/lab.ts';
import { configuredNodesOf } from '../check/judge.ts';
import { capturesOfTasks, treesOf } from './task-judge.ts';

/** Names of tasks that ask for something else than before, or are new. */
export function tasksThatChanged(before: readonly Task[], after: readonly Task[]): string[] {
  const known = new Map(before.map((task) => [task.name, demandOf(task)]));
  return after.filter((task) => known.get(task.name) !== demandOf(task)).map(({ name }) => name);
}

/** True when a sandbox of the one lab does for the other: the same network, and captured where the other looks. */
export function isSameSandbox(one: ResolvedLab, other: ResolvedLab): boolean {
  const captured = new Set(capturesOfTasks(one.tasks).map((end) => `${end.node}:${end.interface}`));
  return (
    JSON.stringify(one.topology) === JSON.stringify(other.topology) &&
    startOf(one) === startOf(other) &&
    capturesOfTasks(other.tasks).every((end) => captured.has(`${end.node}:${end.interface}`))
  );
}

/** What is read when the network stands, and what is done in it since. */
function startOf(lab: ResolvedLab): string {
  return JSON.stringify([lab.tasks.flatMap(({ setup }) => setup), configuredNodesOf(lab.tasks.flatMap(treesOf))]);
}

/** What decides about passing. */
function demandOf(task: Task): string {
  const { type, needs } = task;
  const demand =
    task.type === 'check' ? { mode: task.mode, check: task.check } : { answer: task.answer, choices: task.choices };
  return JSON.stringify({ type, needs, demand }, (_key, value: unknown) => {
    if (value instanceof RegExp) return String(value);
    return typeof value === 'bigint' ? `${value}n` : value;
  });
}
