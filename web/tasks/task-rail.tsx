/** All tasks of the lab as stations on a wire, at the top of the lesson: where the learner is, and a way to jump. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { Icon } from '../ui/icons.tsx';
import { taskAnchor, type TaskContext } from './task-context.ts';
import { words } from './words.ts';

export function TaskRail({ context }: { readonly context: TaskContext }): JSX.Element {
  const { tasks, points } = context.store;
  const current = tasks.value.find(({ status }) => status === 'open' || status === 'lapsed');
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    const [element, station] = [list.current, list.current?.querySelector('.is-current')];
    if (!element || !station) return;
    // In the middle, where not all of them have room.
    const [frame, box] = [element.getBoundingClientRect(), station.getBoundingClientRect()];
    element.scrollLeft += (box.left + box.right - frame.left - frame.right) / 2;
  }, [current?.name]);
  return (
    <nav class="task-rail" aria-label={words.tasks}>
      <ol ref={list}>
        {tasks.value.map((task, index) => (
          <li key={task.name} class={`is-${task.status}${task === current ? ' is-current' : ''}`}>
            <a
              href={`#${taskAnchor(task.name)}`}
              title={words.railTitle(index + 1, task.title, words.status[task.status])}
              aria-current={task === current ? 'step' : undefined}
            >
              {task.status === 'open' ? <span class="rail-number">{index + 1}</span> : <Icon name={task.status} />}
              <span class="visually-hidden">{words.railLink(index + 1, task.title, words.status[task.status])}</span>
            </a>
          </li>
        ))}
      </ol>
      <p class="rail-points">
        <b>{points.value.earned}</b> / {points.value.possible} <span class="rail-points-word">{words.pointsWord}</span>
      </p>
    </nav>
  );
}
