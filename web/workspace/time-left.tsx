/** How long the network goes on without input, and the warning with its way out. */
import { useEffect } from 'preact/hooks';
import type { JSX } from 'preact';
import { formatRemaining } from '../ui/clock.ts';
import { Icon } from '../ui/icons.tsx';
import type { WorkspaceContext } from './workspace-context.ts';

export function TimeLeft({ context }: { readonly context: WorkspaceContext }): JSX.Element | null {
  const { endsAtMs, isEndingSoon } = context.store.sandbox.value;
  if (endsAtMs === null || isEndingSoon) return null;
  return (
    <span
      class="time-left"
      title="The network ends after this long without input. Typing in a terminal starts the time anew."
    >
      <Icon name="clock" />
      {formatRemaining(endsAtMs - context.now.value, 'rough')}
    </span>
  );
}

export interface EndingWarningProps {
  readonly context: WorkspaceContext;
  readonly announce: (sentence: string) => void;
}

export function EndingWarning({ context, announce }: EndingWarningProps): JSX.Element | null {
  const { endsAtMs, isEndingSoon, state } = context.store.sandbox.value;
  const isShown = isEndingSoon && endsAtMs !== null && state === 'ready';
  useEffect(() => {
    if (isShown) announce('Your network ends soon, because nothing was typed for a while. Use Keep running to go on.');
  }, [isShown]);
  if (!isShown) return null;
  const isExtending = context.actions.isRunning('extend');
  return (
    <div class="notice is-warning">
      <Icon name="clock" />
      <p>
        Nothing was typed for a while: your network ends in{' '}
        <b class="tabular">{formatRemaining(endsAtMs - context.now.value, 'exact')}</b>.
      </p>
      <button class="button" type="button" aria-disabled={isExtending} onClick={() => void context.actions.extend()}>
        Keep running
      </button>
    </div>
  );
}
