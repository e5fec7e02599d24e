/** What the page knows of the learner's attempt: signals that frames of the server and answers of the API write. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { AttemptView, SandboxView, TaskView } from '../../server/contract/api.ts';
import type { LabFrame } from '../../server/contract/frames.ts';

/** A change worth telling the learner. */
export type Turn =
  { readonly kind: 'passed' | 'lapsed' | 'opened'; readonly task: TaskView } | { readonly kind: 'finished' };

export class AttemptStore {
  readonly id: string;
  readonly sandbox: ReadonlySignal<SandboxView>;
  readonly tasks: ReadonlySignal<readonly TaskView[]>;
  readonly points: ReadonlySignal<AttemptView['points']>;
  readonly isFinished: ReadonlySignal<boolean>;
  readonly #attempt;
  readonly #turnListeners: ((turn: Turn) => void)[] = [];

  constructor(attempt: AttemptView) {
    this.id = attempt.id;
    this.#attempt = signal(attempt);
    this.sandbox = computed(() => this.#attempt.value.sandbox);
    this.tasks = computed(() => this.#attempt.value.tasks);
    this.points = computed(() => this.#attempt.value.points);
    this.isFinished = computed(() => this.#attempt.value.isFinished);
  }

  task(name: string): TaskView | undefined {
    return this.tasks.value.find((task) => task.name === name);
  }

  listenToTurns(listener: (turn: Turn) => void): void {
    this.#turnListeners.push(listener);
  }

  applyFrame(frame: LabFrame): void {
    switch (frame.type) {
      case 'attempt':
        return this.applyAttempt(frame.attempt);
      case 'sandbox':
        return this.applySandbox(frame.sandbox);
      case 'task': {
        const { points, isFinished } = frame;
        return this.#replace({ ...this.#attempt.value, tasks: this.#tasksWith(frame.task), points, isFinished });
      }
    }
  }

  applyAttempt(attempt: AttemptView): void {
    this.#replace(attempt);
  }

  applySandbox(sandbox: SandboxView): void {
    this.#attempt.value = { ...this.#attempt.value, sandbox };
  }

  /** Points follow with the frame that the server sends. */
  applyTask(task: TaskView): void {
    this.#replace({ ...this.#attempt.value, tasks: this.#tasksWith(task) });
  }

  #tasksWith(task: TaskView): TaskView[] {
    return this.#attempt.value.tasks.map((other) => (other.name === task.name ? task : other));
  }

  #replace(attempt: AttemptView): void {
    const before = this.#attempt.value;
    this.#attempt.value = attempt;
    for (const task of attempt.tasks) {
      const old = before.tasks.find(({ name }) => name === task.name);
      const kind = old && turnBetween(old, task);
      if (kind) this.#tell({ kind, task });
    }
    if (attempt.isFinished && !before.isFinished) this.#tell({ kind: 'finished' });
  }

  #tell(turn: Turn): void {
    for (const listener of this.#turnListeners) listener(turn);
  }
}

function turnBetween(before: TaskView, after: TaskView): 'passed' | 'lapsed' | 'opened' | null {
  if (before.status === after.status) return null;
  if (after.status === 'passed' || after.status === 'lapsed') return after.status;
  return after.status === 'open' && before.status === 'locked' ? 'opened' : null;
}
