/** The right half of a lab: the learner's network, from the start button to the terminals. Knows no task. */
import { useSignal, type Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import type { SandboxState } from '../../server/contract/api.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { remember } from '../ui/remember.ts';
import { TopologyPicture } from '../topology/topology-picture.tsx';
import { TopologyTable } from '../topology/topology-table.tsx';
import { Reason, StartButton, StartCard } from './start-card.tsx';
import { EndingWarning, TimeLeft } from './time-left.tsx';
import type { WorkspaceContext } from './workspace-context.ts';
import { words } from './words.ts';

export interface WorkspaceProps {
  readonly context: WorkspaceContext;
  readonly announce: (sentence: string) => void;
}

export function Workspace({ context, announce }: WorkspaceProps): JSX.Element {
  const { state } = context.store.sandbox.value;
  // Terminals that were open stay to be read when their network has ended.
  const hasRun = useRef(false);
  const isPictureOpen = useSignal(document.documentElement.dataset['picture'] !== 'closed' && innerHeight > 560);
  if (state === 'ready') hasRun.current = true;
  const isCard = state === 'starting' ? !context.hasShell.value : state === 'none' || !hasRun.current;
  useTakenFocus(isCard, context.focusTerminal);
  return (
    <div class="running">
      {isCard && <StartCard context={context} />}
      {/* Drawn out of sight before the network runs, with the size it will have. */}
      {(!isCard || context.isPrepared.value) && (
        <div key="work" class={isCard ? 'work is-waiting' : 'work'} inert={isCard}>
          <Toolbar context={context} isPictureOpen={isPictureOpen} />
          {hasRun.current && (state === 'ended' || state === 'failed') && <EndedNotice context={context} />}
          <EndingWarning context={context} announce={announce} />
          {isPictureOpen.value && <PicturePanel context={context} />}
          <div class="terminals">{context.terminals()}</div>
        </div>
      )}
    </div>
  );
}

/** Whoever pressed the start button goes on in the terminal. On a touch screen that would raise the keyboard over it. */
function useTakenFocus(isCard: boolean, focusTerminal: () => void): void {
  const wasCard = useRef(isCard);
  useLayoutEffect(() => {
    if (wasCard.current && !isCard && isFocusLost() && matchMedia('(pointer: fine)').matches) focusTerminal();
    wasCard.current = isCard;
  }, [isCard, focusTerminal]);
}

function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

const PICTURE_KEY = 'vethlab.picture';
const MOST_PICTURE_HEIGHT = 190;

const stateWords: Readonly<Record<SandboxState, string>> = {
  none: words.starting,
  starting: words.starting,
  ready: words.running,
  stopping: words.stopping,
  ended: words.ended,
  failed: words.ended,
};

interface ToolbarProps {
  readonly context: WorkspaceContext;
  readonly isPictureOpen: Signal<boolean>;
}

function Toolbar({ context, isPictureOpen }: ToolbarProps): JSX.Element {
  const { store, actions } = context;
  const { state } = store.sandbox.value;
  const isRunning = state === 'ready';
  const togglePicture = (): void => {
    isPictureOpen.value = !isPictureOpen.value;
    remember(PICTURE_KEY, isPictureOpen.value ? 'open' : 'closed');
  };
  return (
    <div class="toolbar" role="group" aria-label={words.yourNetwork}>
      <span class={`run-state is-${state}`}>
        <i aria-hidden="true" />
        {stateWords[state]}
      </span>
      <TimeLeft context={context} />
      <span class="toolbar-space" />
      <ToolButton
        icon="picture"
        label={words.picture}
        title={words.pictureOfNetwork}
        isOn={isPictureOpen.value}
        onClick={togglePicture}
      />
      <ToolButton
        icon="reset"
        label={words.beginAgain}
        title={words.beginAgainTitle}
        onClick={() => void actions.reset()}
      />
      {isRunning && (
        <ToolButton icon="stop" label={words.stop} title={words.stopTitle} onClick={() => void actions.stop()} />
      )}
    </div>
  );
}

interface ToolButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly title: string;
  readonly isOn?: boolean;
  readonly onClick: () => void;
}

function ToolButton({ icon, label, title, isOn, onClick }: ToolButtonProps): JSX.Element {
  return (
    <button
      class="button small quiet"
      type="button"
      title={title}
      aria-label={label}
      aria-pressed={isOn}
      onClick={onClick}
    >
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}

function EndedNotice({ context }: { readonly context: WorkspaceContext }): JSX.Element {
  const { state, reason, hint } = context.store.sandbox.value;
  const notice = useRef<HTMLDivElement>(null);
  // The stop button went with the network. Not to the button here: a space that is meant to scroll would start it again.
  useLayoutEffect(() => {
    if (isFocusLost()) notice.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div class="notice is-ended" role="status" tabIndex={-1} ref={notice}>
      <Icon name="warning" />
      <div>
        <p>
          <b>{state === 'failed' ? words.failedSentence : words.endedSentence}</b>
        </p>
        <Reason reason={reason} hint={hint} />
      </div>
      <StartButton context={context} label={words.startAgain} />
    </div>
  );
}

function PicturePanel({ context }: { readonly context: WorkspaceContext }): JSX.Element {
  const { topology, links, openTerminal, openEndpoint } = context;
  const { state } = context.store.sandbox.value;
  // Of a network that has ended, a recorded example must not be taken for its traffic.
  const watch = state === 'ended' || state === 'failed' ? undefined : context.watch;
  const isTable = useSignal(false);
  return (
    <section class="picture-panel" aria-label={words.pictureOfNetwork}>
      {isTable.value ? (
        <TopologyTable topology={topology} watch={watch} links={links} />
      ) : (
        <TopologyPicture
          topology={topology}
          onOpen={openTerminal}
          mostHeight={MOST_PICTURE_HEIGHT}
          watch={watch}
          links={links}
          onEndpoint={openEndpoint}
        />
      )}
      <button
        class="icon-button"
        type="button"
        aria-pressed={isTable.value}
        aria-label={words.asTable}
        title={isTable.value ? words.asPicture : words.asTable}
        onClick={() => (isTable.value = !isTable.value)}
      >
        <Icon name="table" />
      </button>
    </section>
  );
}
