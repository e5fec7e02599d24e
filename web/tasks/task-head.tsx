/** The line above a task's title: its number, its points and its state. */
import type { JSX } from 'preact';
import { StatusMark } from './status.tsx';
import type { TaskContext } from './task-context.ts';
import { words } from './words.ts';

export function TaskHead({
  name,
  context,
}: {
  readonly name: string;
  readonly context: TaskContext;
}): JSX.Element | null {
  const tasks = context.store.tasks.value;
  const index = tasks.findIndex((task) => task.name === name);
  const task = tasks[index];
  if (!task) return null;
  return (
    <div class="task-head">
      <span>
        {words.place(task.type, index + 1, tasks.length)}
        <span class="muted"> · {words.points(task.points)}</span>
      </span>
      <StatusMark status={task.status} />
    </div>
  );
}
