/** The verdicts of each task since the page was opened, newest first; kept over the reloads that follow a save. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { TaskView, VerdictView } from '../../server/contract/api.ts';

const MOST_PER_TASK = 8;

export interface TaskJudgements {
  readonly task: TaskView;
  readonly verdicts: readonly VerdictView[];
}

export class Judgements {
  readonly #key: string;
  readonly #tasks = signal<readonly TaskJudgements[]>([]);

  constructor(attemptId: string) {
    this.#key = `author-verdicts ${attemptId}`;
  }

  get tasks(): ReadonlySignal<readonly TaskJudgements[]> {
    return this.#tasks;
  }

  /** The tasks of the lab as it is. */
  setTasks(tasks: readonly TaskView[]): void {
    const kept = this.#read();
    this.#tasks.value = tasks.map((task) => ({ task, verdicts: withVerdict(kept[task.name] ?? [], task.verdict) }));
    this.#write();
  }

  noteTask(task: TaskView): void {
    this.#tasks.value = this.#tasks.value.map((known) =>
      known.task.name === task.name ? { task, verdicts: withVerdict(known.verdicts, task.verdict) } : known,
    );
    this.#write();
  }

  #read(): Record<string, VerdictView[]> {
    try {
      return JSON.parse(sessionStorage.getItem(this.#key) ?? '{}') as Record<string, VerdictView[]>;
    } catch {
      return {};
    }
  }

  #write(): void {
    const verdicts = Object.fromEntries(this.#tasks.value.map(({ task, verdicts: list }) => [task.name, list]));
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(verdicts));
    } catch {
      // A full store loses the history, and nothing else.
    }
  }
}

function withVerdict(verdicts: readonly VerdictView[], verdict: VerdictView | null): readonly VerdictView[] {
  if (!verdict || verdicts.some(({ atMs }) => atMs === verdict.atMs)) return verdicts;
  return [verdict, ...verdicts].slice(0, MOST_PER_TASK);
}
