/** The author's panel: faults of the files at their place, and what the checks last saw. */
import { useSignal } from '@preact/signals';
import type { AuthorFault, AuthorState } from '../../server/contract/author.ts';
import type { VerdictView } from '../../server/contract/api.ts';
import type { TaskJudgements } from './judgements.ts';

export interface AuthorPanelModel {
  readonly state: AuthorState | null;
  readonly tasks: readonly TaskJudgements[];
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
  readonly onRestart: () => Promise<void>;
}

export function AuthorPanel({ state, tasks, isOpen, onToggle, onRestart }: AuthorPanelModel) {
  const isRestarting = useSignal(false);
  const faults = state?.faults ?? [];
  const restart = (): void => {
    isRestarting.value = true;
    void onRestart().finally(() => {
      isRestarting.value = false;
    });
  };
  return (
    <details class="author-panel" open={isOpen} onToggle={(event) => onToggle(event.currentTarget.open)}>
      <summary>
        <b>Author</b>
        <span class={faults.length > 0 ? 'author-count has-faults' : 'author-count'} role="status">
          {state === null
            ? 'connecting…'
            : faults.length === 0
              ? 'no faults'
              : faults.length === 1
                ? '1 fault'
                : `${faults.length} faults`}
        </span>
        {state?.isRestartNeeded && <span class="author-count has-faults">restart needed</span>}
      </summary>
      <div class="author-body" tabIndex={0}>
        {state?.isRestartNeeded && (
          <p class="author-restart">
            The network that runs is that of an earlier text: nodes, links or captured endpoints have changed.{' '}
            <button class="button" type="button" onClick={restart} disabled={isRestarting.value}>
              {isRestarting.value ? 'Restarting…' : 'Restart the network'}
            </button>
          </p>
        )}
        {faults.length > 0 && (
          <section aria-label="Faults of the files">
            <h2>Faults: the lab is shown as it was before them</h2>
            {faults.map((fault) => (
              <FaultView key={`${fault.file}:${fault.line}:${fault.column}:${fault.message}`} fault={fault} />
            ))}
          </section>
        )}
        {tasks.length > 0 && (
          <section aria-label="Checks">
            <h2>Checks</h2>
            {tasks.map(({ task, verdicts }) => (
              <TaskSection key={task.name} name={task.name} status={task.status} verdicts={verdicts} />
            ))}
          </section>
        )}
      </div>
    </details>
  );
}

function FaultView({ fault }: { fault: AuthorFault }) {
  return (
    <div class="author-fault">
      <p>
        <code>{`${fault.file}:${fault.line}:${fault.column}`}</code> {fault.message} {fault.hint}
      </p>
      {fault.frame !== null && (
        <pre tabIndex={0}>
          <code>{fault.frame}</code>
        </pre>
      )}
    </div>
  );
}

function TaskSection({ name, status, verdicts }: { name: string; status: string; verdicts: readonly VerdictView[] }) {
  const [last, ...earlier] = verdicts;
  return (
    <div class="author-task">
      <p>
        <code>{name}</code> <span class="muted">{status}</span>
      </p>
      {last ? <Judged verdict={last} /> : <p class="muted">Not judged yet.</p>}
      {earlier.length > 0 && (
        <details>
          <summary>{earlier.length === 1 ? 'One verdict before it' : `${earlier.length} verdicts before it`}</summary>
          {earlier.map((verdict) => (
            <Judged key={verdict.atMs} verdict={verdict} />
          ))}
        </details>
      )}
    </div>
  );
}

function Judged({ verdict }: { verdict: VerdictView }) {
  return (
    <dl class={`author-verdict is-${verdict.outcome}`}>
      <dt>
        <b>{verdict.outcome}</b>{' '}
        <span class="muted">{`${new Date(verdict.atMs).toLocaleTimeString()}, took ${verdict.tookMs} ms`}</span>
      </dt>
      <dd>{verdict.expected}</dd>
      <dd>{verdict.seen}</dd>
      {verdict.evidence.map(({ label, text }) => (
        <dd key={`${label} ${text}`} class="author-read">
          <span class="muted">{label}</span> <code>{text}</code>
        </dd>
      ))}
    </dl>
  );
}
