/** At the end of the lesson: what is still to do, or that the lab is done and what comes next. */
import type { JSX } from 'preact';
import type { LabPageData } from '../../server/contract/api.ts';
import { Icon } from '../ui/icons.tsx';
import { taskAnchor, type TaskContext } from './task-context.ts';
import { words } from './words.ts';

export interface FinishCardProps {
  readonly context: TaskContext;
  readonly next: LabPageData['next'];
  readonly isLastForCertificate: boolean;
}

export function FinishCard({ context, next, isLastForCertificate }: FinishCardProps): JSX.Element | null {
  const { tasks, points, isFinished } = context.store;
  if (tasks.value.length === 0) return null;
  const undone = tasks.value.filter(({ status }) => status !== 'passed');
  if (!isFinished.value) {
    const first = undone.find(({ status }) => status !== 'locked') ?? undone[0];
    return (
      <section class="finish" aria-label={words.progress}>
        <p>
          {words.tasksPassed(tasks.value.length - undone.length, tasks.value.length)}{' '}
          {first && (
            <>
              {words.nextTask}
              <a href={`#${taskAnchor(first.name)}`}>{first.title}</a>
            </>
          )}
        </p>
      </section>
    );
  }
  return (
    <section class="finish is-finished" aria-label={words.labFinished}>
      <Icon name="passed" />
      <div>
        <h2>{words.labFinished}</h2>
        <p>
          {words.earned(points.value.earned, points.value.possible)} {words.goesOnRunning}
        </p>
        {isLastForCertificate && (
          <p>
            {words.courseFinished} <a href="/certificate">{words.certificate}</a>
          </p>
        )}
        {next ? (
          <a class="button primary large" href={`/labs/${next.id}`}>
            {words.nextLab(next.title)} <Icon name="forward" />
          </a>
        ) : (
          <a class="button primary large" href="/">
            {words.backToCourse} <Icon name="forward" />
          </a>
        )}
      </div>
    </section>
  );
}
