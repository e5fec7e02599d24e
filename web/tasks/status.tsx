/** The state of a task as icon and word. */
import type { JSX } from 'preact';
import type { TaskStatus } from '../../server/contract/api.ts';
import { Icon } from '../ui/icons.tsx';
import { words } from './words.ts';

export function StatusMark({ status }: { readonly status: TaskStatus }): JSX.Element {
  return (
    <span class={`status is-${status}`}>
      <Icon name={status} />
      {words.status[status]}
    </span>
  );
}
