/** The state of a task as icon and word. */
import type { JSX } from 'preact';
import type { TaskStatus } from '../../server/contract/api.ts';
import { Icon } from '../ui/icons.tsx';

export const STATUS_WORDS: Readonly<Record<TaskStatus, string>> = {
  locked: 'Locked',
  open: 'Open',
  passed: 'Passed',
  lapsed: 'Lapsed',
};

export function StatusMark({ status }: { readonly status: TaskStatus }): JSX.Element {
  return (
    <span class={`status is-${status}`}>
      <Icon name={status} />
      {STATUS_WORDS[status]}
    </span>
  );
}

export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
