/** The line above a task's title: its number, its points and its state. */
import type { JSX } from 'preact';
import { countOf, StatusMark } from './status.tsx';
import type { TaskContext } from './task-context.ts';

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
        {task.type === 'question' ? 'Question' : 'Task'} {index + 1} of {tasks.length}
        <span class="muted"> · {countOf(task.points, 'point')}</span>
      </span>
      <StatusMark status={task.status} />
    </div>
  );
}
