/** Proves that a lab judges rightly: on real sandboxes, its solutions pass and everything else fails. */
import { inOrderOfNeeds } from '../attempt/task-progress.ts';
import { toVethlabError } from '../base/errors.ts';
import type { Verdict } from '../check/check.ts';
import type { Lab, ResolvedLab, Task } from '../course/lab.ts';
import { ProofRun, type StartSandbox } from './proof-run.ts';
import type { Proof, ProofKind, ProofStep } from './proof.ts';
import { inWords, type Said } from '../base/sentence.ts';

/** Runs a piece of work when there is room for it. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

export interface ProveOptions {
  readonly seed: string;
  /** Takes this entry of every `pick`, instead of one by the seed. */
  readonly pickIndex?: number | undefined;
  readonly start: StartSandbox;
  /** Bounds how many sandboxes run at once, over all labs. */
  readonly limit: Limit;
  /** False leaves the wrong attempts out: for a second round with other values. */
  readonly withWrong?: boolean;
  /** Proves these tasks alone; those they need are solved on the way. */
  readonly tasks?: readonly string[] | undefined;
  readonly onStep?: (step: ProofStep) => void;
}

/** Never throws: what cannot be tried is a step that is not proved. */
export async function proveLab(lab: Lab, options: ProveOptions): Promise<Proof> {
  const startedAt = performance.now();
  let resolved: ResolvedLab;
  try {
    resolved = lab.resolve(options.seed, undefined, options.pickIndex);
  } catch (thrown) {
    const step = failed('start', null, thrown, startedAt);
    options.onStep?.(step);
    return proofOf([step], {});
  }
  const { start, limit } = options;
  const wanted = resolved.tasks.filter((task) => options.tasks === undefined || options.tasks.includes(task.name));
  const wrong =
    options.withWrong === false
      ? []
      : wanted.flatMap((task) => [...task.wrong.keys()].map((index) => ({ task, index })));
  // Every piece has a sandbox of its own, so they run side by side; the report keeps the order of the file.
  const pieces = await Promise.all([
    recordSteps((record) => limit(() => proveSolutions(resolved, wanted, start, record)), options.onStep),
    ...wrong.map(({ task, index }) =>
      recordSteps((record) => limit(() => proveWrong(resolved, task, index, start, record)), options.onStep),
    ),
  ]);
  return proofOf(pieces.flat(), resolved.vars);

  function proofOf(steps: readonly ProofStep[], vars: Proof['vars']): Proof {
    return {
      labId: lab.id,
      directory: lab.directory,
      seed: options.seed,
      vars,
      steps,
      tookMs: performance.now() - startedAt,
    };
  }
}

/** The steps that a piece of work tells of; what it throws is one too. */
async function recordSteps(
  work: (record: (step: ProofStep) => void) => Promise<void>,
  onStep: ProveOptions['onStep'],
): Promise<ProofStep[]> {
  const steps: ProofStep[] = [];
  const record = (step: ProofStep): void => {
    steps.push(step);
    onStep?.(step);
  };
  const startedAt = performance.now();
  try {
    await work(record);
  } catch (thrown) {
    record(failed('start', null, thrown, startedAt));
  }
  return steps;
}

/** One sandbox: what is open fails untouched; then, in order, each task fails before its solution and passes after it. */
async function proveSolutions(
  lab: ResolvedLab,
  wanted: readonly Task[],
  start: StartSandbox,
  record: (step: ProofStep) => void,
): Promise<void> {
  const startedAt = performance.now();
  await using run = await ProofRun.start(lab, start);
  record({
    kind: 'start',
    task: null,
    isProved: true,
    tookMs: performance.now() - startedAt,
    problems: [],
    evidence: [],
  });
  const open = wanted.filter((task) => run.isOpen(task) && task.type === 'check');
  for (const task of open) await mustFail(run, task, 'untouched', record);
  const needed = withNeeds(lab.tasks, wanted);
  const solved: Task[] = [];
  for (const task of inOrderOfNeeds(lab.tasks).filter((one) => needed.has(one.name))) {
    const at = performance.now();
    if (!run.isOpen(task)) {
      record({
        kind: 'solve',
        task: task.name,
        isProved: false,
        tookMs: 0,
        problems: [`It was not tried: ${task.needs.join(', ')} did not pass.`],
        evidence: [],
      });
      continue;
    }
    try {
      // Before the first solution this is the untouched lab, which was judged already.
      if (task.type === 'check' && (solved.length > 0 || !open.includes(task)))
        await mustFail(run, task, 'left_out', record);
      const verdict = await run.solve(task);
      record(stepOf('solve', task, verdict, verdict.outcome === 'pass', at));
      if (verdict.outcome !== 'pass') continue;
      solved.push(task);
      await run.pass(task);
    } catch (thrown) {
      record(failed('solve', task, thrown, at));
    }
  }
  for (const task of solved) {
    if (task.type !== 'check' || task.mode !== 'held') continue;
    const at = performance.now();
    const verdict = await run.judge(task);
    record(stepOf('held', task, verdict, verdict.outcome === 'pass', at));
  }
}

/** A fresh sandbox, brought to the task by the solutions of those it needs. */
async function proveWrong(
  lab: ResolvedLab,
  task: Task,
  index: number,
  start: StartSandbox,
  record: (step: ProofStep) => void,
): Promise<void> {
  const at = performance.now();
  const attempt = index + 1;
  try {
    await using run = await ProofRun.start(lab, start);
    const needed = withNeeds(lab.tasks, [task]);
    for (const other of inOrderOfNeeds(lab.tasks)) {
      if (other.name === task.name || !needed.has(other.name)) continue;
      const verdict = await run.solve(other);
      if (verdict.outcome !== 'pass') {
        record({
          ...stepOf('wrong', task, verdict, false, at),
          attempt,
          problems: [`It was not tried: ${other.name}, which it needs, did not pass. ${inOneLine(verdict.seen)}`],
        });
        return;
      }
      await run.pass(other);
    }
    const verdict = await run.tryWrong(task, task.wrong[index] ?? []);
    record({ ...stepOf('wrong', task, verdict, verdict.outcome === 'fail', at), attempt });
  } catch (thrown) {
    record({ ...failed('wrong', task, thrown, at), attempt });
  }
}

async function mustFail(
  run: ProofRun,
  task: Task,
  kind: 'untouched' | 'left_out',
  record: (step: ProofStep) => void,
): Promise<void> {
  const at = performance.now();
  const verdict = await run.judge(task);
  record(stepOf(kind, task, verdict, verdict.outcome === 'fail', at));
}

function withNeeds(tasks: readonly Task[], wanted: readonly Task[]): Set<string> {
  const names = new Set<string>();
  const add = (task: Task): void => {
    if (names.has(task.name)) return;
    names.add(task.name);
    for (const other of tasks) if (task.needs.includes(other.name)) add(other);
  };
  wanted.forEach(add);
  return names;
}

function stepOf(kind: ProofKind, task: Task, verdict: Verdict, isProved: boolean, startedAt: number): ProofStep {
  return {
    kind,
    task: task.name,
    isProved,
    tookMs: performance.now() - startedAt,
    problems: isProved ? [] : problemsOf(kind, verdict),
    evidence: isProved
      ? []
      : verdict.evidence.map(({ label, text }) => ({ label: inWords(label), text: inWords(text) })),
  };
}

function problemsOf(kind: ProofKind, verdict: Verdict): string[] {
  if (verdict.outcome === 'error') return [`It could not be judged. ${inOneLine(verdict.seen)}`];
  if (verdict.outcome === 'fail')
    return [`Expected: ${inOneLine(verdict.expected)}`, `Seen: ${inOneLine(verdict.seen)}`];
  const hints: Partial<Record<ProofKind, string>> = {
    untouched: 'It passes before anybody has done anything: the check cannot fail.',
    left_out:
      'It passes without its own solution, by what earlier ones did. Let it need them, or ask for growth since it opened.',
    wrong: 'The wrong attempt passes.',
  };
  return [hints[kind] ?? 'It passes.', `Seen: ${inOneLine(verdict.seen)}`];
}

/** What several checks say has a line for each. */
function inOneLine(said: Said): string {
  return inWords(said).replaceAll('\n', ' ');
}

function failed(kind: ProofKind, task: Task | null, thrown: unknown, startedAt: number): ProofStep {
  const error = toVethlabError(thrown);
  const output = ['node', 'command', 'output', 'stderr'].flatMap((key) => {
    const value = error.details[key];
    return typeof value === 'string' || typeof value === 'number' ? [{ label: key, text: String(value) }] : [];
  });
  return {
    kind,
    task: task?.name ?? null,
    isProved: false,
    tookMs: performance.now() - startedAt,
    problems: [error.message, ...(error.hint === undefined ? [] : [error.hint])],
    evidence: output,
  };
}
