/** At the end of the lesson: what is still to do, or that the lab is done and what comes next. */
import type { JSX } from 'preact';
import type { LabPageData } from '../../server/contract/api.ts';
import { Icon } from '../ui/icons.tsx';
import { countOf } from './status.tsx';
import { taskAnchor, type TaskContext } from './task-context.ts';

export interface FinishCardProps {
  readonly context: TaskContext;
  readonly next: LabPageData['next'];
}

export function FinishCard({ context, next }: FinishCardProps): JSX.Element | null {
  const { tasks, points, isFinished } = context.store;
  if (tasks.value.length === 0) return null;
  const undone = tasks.value.filter(({ status }) => status !== 'passed');
  if (!isFinished.value) {
    const first = undone.find(({ status }) => status !== 'locked') ?? undone[0];
    return (
      <section class="finish" aria-label="Progress in this lab">
        <p>
          {countOf(tasks.value.length - undone.length, 'task')} of {tasks.value.length} passed.{' '}
          {first && (
            <>
              Next: <a href={`#${taskAnchor(first.name)}`}>{first.title}</a>
            </>
          )}
        </p>
      </section>
    );
  }
  return (
    <section class="finish is-finished" aria-label="Lab finished">
      <Icon name="passed" />
      <div>
        <h2>Lab finished</h2>
        <p>
          {points.value.earned} of {countOf(points.value.possible, 'point')}. Your network goes on running until you
          stop it.
        </p>
        {next ? (
          <a class="button primary large" href={`/labs/${next.id}`}>
            Next lab: {next.title} <Icon name="forward" />
          </a>
        ) : (
          <a class="button primary large" href="/">
            Back to the course <Icon name="forward" />
          </a>
        )}
      </div>
    </section>
  );
}
