/** Words under a terminal when something is to be said: not connected, ended, busy; with what can be done about it. */
import type { ComponentChildren, JSX } from 'preact';
import type { TerminalDesk } from './terminal-desk.ts';
import { tabLabel, type Tab } from './terminal-layout.ts';
import { words } from './words.ts';

export function StatusLine({ desk, tab }: { readonly desk: TerminalDesk; readonly tab: Tab }): JSX.Element | null {
  const view = desk.viewOf(tab);
  const status = view.status.value;
  const message = desk.message.value;
  const label = tabLabel(tab);
  switch (status.state) {
    case 'idle':
      return desk.isRunning.value ? null : <Line>{words.startsWithNetwork}</Line>;
    case 'connecting':
      return null;
    case 'online':
      return message?.node === tab.node ? <Line>{message.text}</Line> : null;
    case 'waiting':
      return (
        <Line kind="warn" action={words.tryNow} onAction={() => view.retryNow()}>
          {words.connectionLost(label)}
        </Line>
      );
    case 'exited':
      return (
        <Line action={words.newShell} onAction={() => reconnect(desk, tab)}>
          {words.shellEnded(label, status.exitCode)}
        </Line>
      );
    case 'ended':
      return desk.isRunning.value ? (
        <Line kind="warn" action={words.newShell} onAction={() => reconnect(desk, tab)}>
          {status.reason}
        </Line>
      ) : (
        <Line kind="warn">{status.reason}</Line>
      );
    case 'refused':
      return (
        <Line kind="warn" action={words.loadAgain} onAction={() => location.reload()}>
          {status.reason}
        </Line>
      );
  }
}

function reconnect(desk: TerminalDesk, tab: Tab): void {
  const view = desk.viewOf(tab);
  void view.connect();
  view.focus();
}

interface LineProps {
  readonly children: ComponentChildren;
  readonly kind?: 'note' | 'warn';
  readonly action?: string;
  readonly onAction?: () => void;
}

function Line({ children, kind = 'note', action, onAction }: LineProps): JSX.Element {
  return (
    <div class={`terminal-status is-${kind}`}>
      <p role="status">{children}</p>
      {action && (
        <button type="button" class="terminal-action" onClick={onAction}>
          {action}
        </button>
      )}
    </div>
  );
}
