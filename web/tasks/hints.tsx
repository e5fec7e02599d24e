/** Hints of a task, one by one; some open only after a while. */
import type { JSX } from 'preact';
import type { TaskView } from '../../server/contract/api.ts';
import { formatRemaining } from '../ui/clock.ts';
import { Icon } from '../ui/icons.tsx';
import type { TaskContext } from './task-context.ts';
import { AuthorHtml } from './verdict.tsx';
import { words } from './words.ts';

export function HintList({ task }: { readonly task: TaskView }): JSX.Element | null {
  if (task.hints.length === 0) return null;
  return (
    <ol class="hints">
      {task.hints.map((html, index) => (
        <li key={index} tabIndex={-1}>
          <span class="hint-label">
            <Icon name="bulb" /> {words.hint(index + 1)}
          </span>
          <AuthorHtml html={html} />
        </li>
      ))}
    </ol>
  );
}

interface HintButtonProps {
  readonly task: TaskView;
  readonly context: TaskContext;
}

export function HintButton({ task, context }: HintButtonProps): JSX.Element | null {
  const { actions, now } = context;
  if (task.hints.length >= task.hintCount) return null;
  const waitMs = task.nextHintAtMs === null ? 0 : task.nextHintAtMs - now.value;
  const isWaiting = waitMs > 0;
  const index = task.hints.length + 1;
  const show = async (button: HTMLElement): Promise<void> => {
    const panel = button.closest('.task-panel');
    await actions.hint(task.name);
    // The button of the last one goes away: its reader goes on at the hint.
    if (!button.isConnected)
      panel?.querySelector<HTMLElement>('.hints > li:last-child')?.focus({ preventScroll: true });
  };
  return (
    <button
      class="button quiet"
      type="button"
      aria-disabled={isWaiting}
      title={isWaiting ? words.tryLonger : undefined}
      onClick={(event) => {
        if (!isWaiting) void show(event.currentTarget);
      }}
    >
      <Icon name="bulb" />
      {isWaiting
        ? words.hintIn(index, task.hintCount, formatRemaining(waitMs, 'exact'))
        : words.showHint(index, task.hintCount)}
    </button>
  );
}
