/** The tasks of one attempt: their state, verdicts, hints and answers, in memory and in the store. Knows no sandbox. */
import type { Clock } from '../base/clock.ts';
import { VethlabError } from '../base/errors.ts';
import { inWords, say, series } from '../base/sentence.ts';
import type { TaskView, VerdictView } from '../contract/api.ts';
import type { CheckTask, Task } from '../course/lab.ts';
import type { AttemptRow, TaskRow } from '../store/attempts.ts';
import type { AnswerRow, VerdictRow } from '../store/history.ts';
import type { Store } from '../store/store.ts';
import type { GivenAnswer } from './judge-answer.ts';
import type { LabEditions } from './lab-editions.ts';
import { applyOutcome, isFinished, openTasks, pointsOf } from './task-progress.ts';

/** Who wanted the verdict: the platform by itself, or the learner. */
export type Cause = 'auto' | 'asked';

export interface Recorded {
  /** Tasks whose view is different from before. */
  readonly changed: readonly string[];
  /** Tasks that opened: growth counts from here. */
  readonly opened: readonly string[];
}

/** Wrong answers to one question within a minute after which the learner has to think. */
const WRONG_ANSWERS_PER_MINUTE = 5;

function isSame(a: VerdictRow, b: VerdictRow): boolean {
  return (
    a.outcome === b.outcome &&
    JSON.stringify([a.expected, a.seen, a.evidence]) === JSON.stringify([b.expected, b.seen, b.evidence])
  );
}

function verdictIn({ expected, seen, evidence, ...facts }: VerdictRow, language: string): VerdictView {
  return {
    ...facts,
    expected: inWords(expected, language),
    seen: inWords(seen, language),
    evidence: evidence.map(({ label, text }) => ({ label: inWords(label, language), text: inWords(text, language) })),
  };
}

export class TaskBook {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #attemptId: string;
  readonly #editions: LabEditions;
  readonly #tasks: readonly Task[];
  readonly #verdicts: Map<string, VerdictRow>;
  readonly #hintCounts: Map<string, number>;
  readonly #answers: Map<string, AnswerRow[]>;
  #rows: readonly TaskRow[];
  #finishedMs: number | null;

  constructor(store: Store, clock: Clock, attempt: AttemptRow, editions: LabEditions) {
    const { tasks } = editions.original;
    this.#store = store;
    this.#clock = clock;
    this.#attemptId = attempt.id;
    this.#editions = editions;
    this.#tasks = tasks;
    this.#verdicts = store.history.lastVerdicts(attempt.id);
    this.#hintCounts = store.history.hintCounts(attempt.id);
    this.#answers = new Map(
      tasks
        .filter((task) => task.type === 'question')
        .map((task) => [task.name, store.history.answers(attempt.id, task.name)]),
    );
    const step = openTasks(tasks, store.attempts.tasks(attempt.id), clock.now());
    this.#rows = step.rows;
    this.#finishedMs = attempt.finishedMs;
    if (step.changed.length > 0) store.attempts.saveTasks(attempt.id, step.rows, this.#finishedMs);
  }

  get rows(): readonly TaskRow[] {
    return this.#rows;
  }

  /** True once all tasks held together; from then on nothing lapses. */
  get isFinished(): boolean {
    return this.#finishedMs !== null;
  }

  get points(): { earned: number; possible: number } {
    return pointsOf(this.#rows);
  }

  /** @throws VethlabError `not_found` */
  task(name: string): Task {
    const task = this.#tasks.find((candidate) => candidate.name === name);
    if (!task) throw new VethlabError('not_found', say('This lab has no such task.'));
    return task;
  }

  status(name: string): TaskRow['status'] {
    return this.#row(name).status;
  }

  /** @throws VethlabError `not_found`, or `conflict` while other tasks come first. */
  openTask(name: string): Task {
    const task = this.task(name);
    if (this.status(name) !== 'locked') return task;
    const missing = this.#tasks.filter(
      (other) => task.needs.includes(other.name) && this.#row(other.name).passedMs === null,
    );
    const tasks = series(
      missing.map((other) => say('“{title}”', { title: this.#editions.titleOf(other.name) })),
      'and',
    );
    throw new VethlabError('conflict', say('“{task}” is not open yet.', { task: this.#editions.titleOf(name) }), {
      hint: say('Do {tasks} first.', { tasks }),
    });
  }

  /** Check tasks on which a verdict can still change something. */
  judgeable(): CheckTask[] {
    if (this.isFinished) return [];
    return this.#tasks.filter((task): task is CheckTask => {
      if (task.type !== 'check') return false;
      const status = this.status(task.name);
      return status === 'open' || (task.mode === 'held' && status !== 'locked');
    });
  }

  /** A verdict of the learner's asking is always remembered, one by the platform when it changes a task. */
  recordVerdict(name: string, verdict: VerdictRow, cause: Cause): Recorded {
    const now = this.#clock.now();
    const step = this.isFinished
      ? { rows: this.#rows, opened: [], changed: [] }
      : applyOutcome(this.#tasks, this.#rows, name, verdict.outcome, now);
    if (cause === 'asked' || step.changed.length > 0) this.#store.history.addVerdict(this.#attemptId, name, verdict);
    const before = this.#verdicts.get(name);
    const isNews = cause === 'asked' || step.changed.length > 0 || !before || !isSame(before, verdict);
    if (isNews) this.#verdicts.set(name, verdict);
    if (step.changed.length > 0) {
      this.#rows = step.rows;
      if (isFinished(step.rows)) this.#finishedMs ??= now;
      const changedRows = step.rows.filter((row) => step.changed.includes(row.name));
      this.#store.attempts.saveTasks(this.#attemptId, changedRows, this.#finishedMs);
    }
    const changed = new Set(step.changed);
    if (isNews) changed.add(name);
    return { changed: [...changed], opened: step.opened };
  }

  /** @throws VethlabError `too_many_requests` after several wrong answers in a minute. */
  assertMayAnswer(name: string): void {
    const now = this.#clock.now();
    const recent = (this.#answers.get(name) ?? []).filter((answer) => !answer.isRight && answer.atMs > now - 60_000);
    const oldest = recent.at(-WRONG_ANSWERS_PER_MINUTE);
    if (!oldest) return;
    const seconds = Math.ceil((oldest.atMs + 60_000 - now) / 1000);
    throw new VethlabError('too_many_requests', say('That were several wrong answers in a short time.'), {
      hint: say('Look again at your network, and answer in {seconds} seconds.', { seconds }),
    });
  }

  recordAnswer(name: string, given: GivenAnswer, isRight: boolean): void {
    const answer = { answer: given, isRight, atMs: this.#clock.now() };
    this.#store.history.addAnswer(this.#attemptId, name, answer);
    const list = this.#answers.get(name) ?? [];
    list.push(answer);
    this.#answers.set(name, list);
  }

  /** @throws VethlabError `conflict` when there is none or its time has not come. */
  openHint(name: string): void {
    const task = this.openTask(name);
    const count = this.#hintCounts.get(name) ?? 0;
    const atMs = this.#nextHintAtMs(task);
    if (atMs === null) throw new VethlabError('conflict', say('All hints of this task are open.'));
    const waitMs = atMs - this.#clock.now();
    if (waitMs > 0) {
      throw new VethlabError('conflict', say('The next hint cannot be opened yet.'), {
        hint: say('Try on your own for another {seconds} seconds.', { seconds: Math.ceil(waitMs / 1000) }),
      });
    }
    this.#store.history.addHint(this.#attemptId, name, count + 1, this.#clock.now());
    this.#hintCounts.set(name, count + 1);
  }

  views(language: string): TaskView[] {
    return this.#tasks.map((task) => this.view(task.name, language));
  }

  /** In the words of the reader. */
  view(name: string, language: string): TaskView {
    const task = this.#editions.in(language).tasks.find((candidate) => candidate.name === name) ?? this.task(name);
    const status = this.status(name);
    const verdict = this.#verdicts.get(name) ?? null;
    return {
      name,
      title: task.title,
      type: task.type,
      status,
      points: task.points,
      needs: [...task.needs],
      verdict: verdict && verdictIn(verdict, language),
      hints: task.hints.slice(0, this.#hintCounts.get(name) ?? 0).map((hint) => hint.html()),
      hintCount: task.hints.length,
      nextHintAtMs: this.#nextHintAtMs(task),
      feedbackHtml: this.#feedback(task, status, verdict),
      answer: this.#lastAnswer(name, language),
    };
  }

  #row(name: string): TaskRow {
    const row = this.#rows.find((candidate) => candidate.name === name);
    if (!row) throw new VethlabError('not_found', say('This lab has no such task.'));
    return row;
  }

  #nextHintAtMs(task: Task): number | null {
    const next = task.hints[this.#hintCounts.get(task.name) ?? 0];
    const { openedMs } = this.#row(task.name);
    return next && openedMs !== null ? openedMs + next.afterMs : null;
  }

  #feedback(task: Task, status: TaskRow['status'], verdict: VerdictRow | null): string | null {
    if (status === 'passed') {
      const parts = task.type === 'question' ? [task.pass, task.why] : [task.pass];
      return (
        parts
          .map((part) => part.html())
          .filter((part) => part !== '')
          .join('\n') || null
      );
    }
    return verdict?.outcome === 'fail' ? task.fail.html() || null : null;
  }

  #lastAnswer(name: string, language: string): string | string[] | null {
    const answer = this.#answers.get(name)?.at(-1)?.answer;
    if (answer === undefined) return null;
    const shown = this.#editions.shownChoices(name, answer, language);
    return typeof shown === 'string' ? shown : [...shown];
  }
}
