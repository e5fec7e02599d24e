/** Which tasks are open, passed or lapsed: the rules of `needs`, `once` and `held`. Pure. */
import type { Task } from '../course/lab.ts';
import type { Outcome } from '../check/check.ts';
import type { TaskRow } from '../store/attempts.ts';

type TaskStatus = TaskRow['status'];

/** Names of tasks whose state a step changed, and the new rows. */
export interface ProgressStep {
  readonly rows: readonly TaskRow[];
  /** Tasks that opened with this step: their baselines have to be taken. */
  readonly opened: readonly string[];
  readonly changed: readonly string[];
}

function isMet(task: Task, rows: ReadonlyMap<string, TaskRow>): boolean {
  // A held task that lapses keeps what it opened open: its dependants were earned.
  return task.needs.every((name) => (rows.get(name)?.passedMs ?? null) !== null);
}

/**
 * The rows of a lab from what was stored: tasks that are new to the file are added, those that left it are dropped,
 * and what can open is open.
 */
export function openTasks(tasks: readonly Task[], stored: readonly TaskRow[], nowMs: number): ProgressStep {
  const known = new Map(stored.map((row) => [row.name, row]));
  const rows = tasks.map((task): TaskRow => {
    const row = known.get(task.name);
    if (!row) return { name: task.name, status: 'locked', points: task.points, openedMs: null, passedMs: null };
    return { ...row, points: task.points };
  });
  return unlock(tasks, rows, nowMs, []);
}

function unlock(
  tasks: readonly Task[],
  rows: readonly TaskRow[],
  nowMs: number,
  changed: readonly string[],
): ProgressStep {
  const byName = new Map(rows.map((row) => [row.name, row]));
  const opened = tasks
    .filter((task) => byName.get(task.name)?.status === 'locked' && isMet(task, byName))
    .map((task) => task.name);
  return {
    rows: rows.map((row) => (opened.includes(row.name) ? { ...row, status: 'open', openedMs: nowMs } : row)),
    opened,
    changed: [...changed, ...opened],
  };
}

/**
 * What a verdict does to the tasks. A locked task cannot pass; an error changes nothing; a `once` task that passed
 * stays passed; a `held` one lapses and recovers.
 */
export function applyOutcome(
  tasks: readonly Task[],
  rows: readonly TaskRow[],
  name: string,
  outcome: Outcome,
  nowMs: number,
): ProgressStep {
  const task = tasks.find((candidate) => candidate.name === name);
  const row = rows.find((candidate) => candidate.name === name);
  const unchanged: ProgressStep = { rows, opened: [], changed: [] };
  if (!task || !row || row.status === 'locked' || outcome === 'error') return unchanged;
  const isHeld = task.type === 'check' && task.mode === 'held';
  const next: TaskStatus = outcome === 'pass' ? 'passed' : row.status === 'passed' && isHeld ? 'lapsed' : row.status;
  if (next === row.status) return unchanged;
  const passedMs = next === 'passed' ? (row.passedMs ?? nowMs) : row.passedMs;
  const replaced = rows.map((candidate) => (candidate === row ? { ...row, status: next, passedMs } : candidate));
  return unlock(tasks, replaced, nowMs, [name]);
}

export function isFinished(rows: readonly TaskRow[]): boolean {
  return rows.length > 0 && rows.every((row) => row.status === 'passed');
}

export function pointsOf(rows: readonly TaskRow[]): { earned: number; possible: number } {
  const sum = (some: readonly TaskRow[]): number => some.reduce((total, row) => total + row.points, 0);
  return { earned: sum(rows.filter((row) => row.status === 'passed')), possible: sum(rows) };
}

/** Tasks in an order in which each comes after all that it needs; otherwise as in the file. */
export function inOrderOfNeeds(tasks: readonly Task[]): Task[] {
  const ordered: Task[] = [];
  const seen = new Set<string>();
  const visit = (task: Task): void => {
    if (seen.has(task.name)) return;
    seen.add(task.name);
    for (const other of tasks) if (task.needs.includes(other.name)) visit(other);
    ordered.push(task);
  };
  tasks.forEach(visit);
  return ordered;
}
