/** Before a network runs: the picture of it, one obvious button, and while it starts the steps. */
import type { JSX } from 'preact';
import type { SandboxView } from '../../server/contract/api.ts';
import { Icon } from '../ui/icons.tsx';
import { TopologyPicture } from '../topology/topology-picture.tsx';
import { TopologyTable } from '../topology/topology-table.tsx';
import type { WorkspaceContext } from './workspace-context.ts';
import { words } from './words.ts';

/** Leaves the start button in sight on a small laptop. */
const MOST_PICTURE_HEIGHT = 380;

export function StartCard({ context }: { readonly context: WorkspaceContext }): JSX.Element {
  const { store, topology } = context;
  const sandbox = store.sandbox.value;
  return (
    <div class="start">
      <div class="start-picture">
        <TopologyPicture topology={topology} mostHeight={MOST_PICTURE_HEIGHT} />
        <details class="as-table">
          <summary>{words.asTable}</summary>
          <TopologyTable topology={topology} />
        </details>
      </div>
      <div class="start-text">
        {sandbox.state === 'starting' ? <Starting context={context} /> : <Invitation context={context} />}
      </div>
    </div>
  );
}

function Invitation({ context }: { readonly context: WorkspaceContext }): JSX.Element {
  const { store, topology } = context;
  const { state, reason, hint } = store.sandbox.value;
  const isAgain = state === 'ended' || state === 'failed';
  return (
    <>
      {isAgain ? (
        <>
          <h2>{state === 'failed' ? words.didNotStart : words.hasEnded}</h2>
          <Reason reason={reason} hint={hint} />
        </>
      ) : (
        <>
          <h2>{words.yourNetwork}</h2>
          <p>{words.invitation(topology.nodes.length)}</p>
        </>
      )}
      <StartButton context={context} label={isAgain ? words.startAgain : words.start} />
      {isAgain && <p class="muted">{words.passedStay}</p>}
    </>
  );
}

export function StartButton({
  context,
  label,
}: {
  readonly context: WorkspaceContext;
  readonly label: string;
}): JSX.Element {
  const isStopping = context.store.sandbox.value.state === 'stopping';
  return (
    <button
      class="button primary large"
      type="button"
      aria-disabled={isStopping}
      onClick={() => void (isStopping || context.actions.start())}
    >
      <Icon name="play" />
      {isStopping ? words.stopping : label}
    </button>
  );
}

export function Reason({ reason, hint }: Pick<SandboxView, 'reason' | 'hint'>): JSX.Element {
  return (
    <>
      {reason && <p>{reason}</p>}
      {hint && <p class="muted">{hint}</p>}
    </>
  );
}

/** Nodes first, whose lines are all there from the beginning; finished steps are added below, so that nothing moves. */
function Starting({ context }: { readonly context: WorkspaceContext }): JSX.Element {
  const { steps } = context.store.sandbox.value;
  const general = steps.filter(({ node }) => node === undefined);
  const nodes = context.topology.nodes.map(({ name }) => ({ name, last: steps.findLast(({ node }) => node === name) }));
  return (
    <div class="starting" role="status" aria-label={words.starting}>
      <h2>{words.startingNetwork}</h2>
      <p class="start-now">
        <span class="spinner" aria-hidden="true" />
        {general.length === 0 ? words.takingSandbox : words.bringingUp}
      </p>
      <ul class="start-nodes">
        {nodes.map(({ name, last }) => (
          <li key={name} class={last?.step === 'network' ? 'is-done' : ''}>
            <Icon name={last?.step === 'network' ? 'check' : 'clock'} />
            <b>{name}</b> <span class="muted">{last ? (words.nodeSteps[last.step] ?? last.step) : words.waiting}</span>
          </li>
        ))}
      </ul>
      <ol class="steps">
        {general.map(({ step, elapsedMs }) => (
          <li key={step}>
            <Icon name="check" />
            {sentence(step, context)} <span class="muted">{Math.round(elapsedMs)} ms</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Steps that this page does not know are shown by their own name. */
function sentence(step: string, { store }: WorkspaceContext): string {
  const restored = /^restore: (.*)$/.exec(step)?.[1];
  if (restored !== undefined) return words.restored(store.task(restored)?.title ?? restored);
  const name = step.replaceAll(/[-_]/g, ' ');
  return words.steps[step] ?? name.charAt(0).toUpperCase() + name.slice(1);
}
