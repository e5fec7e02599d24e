/** How long the network goes on without input, and the warning with its way out. */
import { useEffect } from 'preact/hooks';
import type { JSX } from 'preact';
import { formatRemaining } from '../ui/clock.ts';
import { Icon } from '../ui/icons.tsx';
import type { WorkspaceContext } from './workspace-context.ts';
import { words } from './words.ts';

export function TimeLeft({ context }: { readonly context: WorkspaceContext }): JSX.Element | null {
  const { endsAtMs, isEndingSoon } = context.store.sandbox.value;
  if (endsAtMs === null || isEndingSoon) return null;
  return (
    <span class="time-left" title={words.timeLeft}>
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
    if (isShown) announce(words.endsSoon);
  }, [isShown]);
  if (!isShown) return null;
  const [before, after] = words.endsIn;
  const isExtending = context.actions.isRunning('extend');
  return (
    <div class="notice is-warning">
      <Icon name="clock" />
      <p>
        {before}
        <b class="tabular">{formatRemaining(endsAtMs - context.now.value, 'exact')}</b>
        {after}
      </p>
      <button class="button" type="button" aria-disabled={isExtending} onClick={() => void context.actions.extend()}>
        {words.keepRunning}
      </button>
    </div>
  );
}
