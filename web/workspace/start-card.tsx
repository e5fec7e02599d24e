/** Before a network runs: the picture of it, one obvious button, and while it starts the steps. */
import type { JSX } from 'preact';
import type { SandboxView } from '../../server/contract/api.ts';
import { Icon } from '../ui/icons.tsx';
import { TopologyPicture } from '../topology/topology-picture.tsx';
import { TopologyTable } from '../topology/topology-table.tsx';
import type { WorkspaceContext } from './workspace-context.ts';

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
          <summary>As a table</summary>
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
  const hosts = topology.nodes.length;
  const isAgain = state === 'ended' || state === 'failed';
  return (
    <>
      {isAgain ? (
        <>
          <h2>{state === 'failed' ? 'The network did not start' : 'The network has ended'}</h2>
          <Reason reason={reason} hint={hint} />
        </>
      ) : (
        <>
          <h2>Your network</h2>
          <p>
            {hosts === 1 ? 'A small Linux machine' : `${inWords(hosts)} small Linux machines`}, yours alone, with you as
            root. Nothing you do here reaches anyone else.
          </p>
        </>
      )}
      <StartButton context={context} label={isAgain ? 'Start again' : 'Start the lab'} />
      {isAgain && <p class="muted">Passed tasks stay passed: the new network is brought to where you were.</p>}
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
      {isStopping ? 'Stopping' : label}
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
    <div class="starting" role="status" aria-label="Starting">
      <h2>Starting your network</h2>
      <p class="start-now">
        <span class="spinner" aria-hidden="true" />
        {general.length === 0 ? 'Taking a fresh sandbox' : 'Bringing up the machines'}
      </p>
      <ul class="start-nodes">
        {nodes.map(({ name, last }) => (
          <li key={name} class={last?.step === 'network' ? 'is-done' : ''}>
            <Icon name={last?.step === 'network' ? 'check' : 'clock'} />
            <b>{name}</b> <span class="muted">{last ? (NODE_WORDS[last.step] ?? last.step) : 'waiting'}</span>
          </li>
        ))}
      </ul>
      <ol class="steps">
        {general.map(({ step, elapsedMs }) => (
          <li key={step}>
            <Icon name="check" />
            {sentence(step)} <span class="muted">{Math.round(elapsedMs)} ms</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

const STEP_WORDS: Readonly<Record<string, string>> = {
  container: 'A fresh sandbox',
  lab: 'Your own root and files',
  captures: 'Captures on the wires',
  ready: 'Ready',
};

const NODE_WORDS: Readonly<Record<string, string>> = { nodes: 'started', network: 'in the network' };

/** Steps that this page does not know are shown by their own name. */
function sentence(step: string): string {
  const words = step.replaceAll(/[-_]/g, ' ');
  return STEP_WORDS[step] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];

function inWords(count: number): string {
  return NUMBERS[count] ?? String(count);
}
