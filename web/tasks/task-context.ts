/** What the parts of a task need from the page. */
import type { ReadonlySignal } from '@preact/signals';
import type { AttemptActions } from '../attempt/attempt-actions.ts';
import type { AttemptStore } from '../attempt/attempt-store.ts';

export interface TaskContext {
  readonly store: AttemptStore;
  readonly actions: AttemptActions;
  /** The server's time, milliseconds since the epoch. */
  readonly now: ReadonlySignal<number>;
}

/** The id of a task's section in the lesson. */
export function taskAnchor(name: string): string {
  return `task-${name}`;
}
