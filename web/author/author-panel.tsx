/** The author's panel: faults of the files at their place, and what the checks last saw. */
import { useSignal } from '@preact/signals';
import type { AuthorFault, AuthorState } from '../../server/contract/author.ts';
import type { TaskStatus, VerdictView } from '../../server/contract/api.ts';
import { LANGUAGE_TAGS } from '../../server/contract/language.ts';
import { pageLanguage } from '../ui/i18n/page-language.ts';
import { WithCode } from '../ui/with-code.tsx';
import { words as taskWords } from '../tasks/words.ts';
import type { TaskJudgements } from './judgements.ts';
import { words } from './words.ts';

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
        <b>{words.author}</b>
        <span class={faults.length > 0 ? 'author-count has-faults' : 'author-count'} role="status">
          {state === null ? words.connecting : words.faults(faults.length)}
        </span>
        {state?.isRestartNeeded && <span class="author-count has-faults">{words.restartNeeded}</span>}
      </summary>
      <div class="author-body" tabIndex={0}>
        {state?.isRestartNeeded && (
          <p class="author-restart">
            {words.otherNetwork}{' '}
            <button class="button" type="button" onClick={restart} disabled={isRestarting.value}>
              {isRestarting.value ? words.restarting : words.restart}
            </button>
          </p>
        )}
        {faults.length > 0 && (
          <section aria-label={words.faultsOfFiles}>
            <h2>{words.shownAsBefore}</h2>
            {faults.map((fault) => (
              <FaultView key={`${fault.file}:${fault.line}:${fault.column}:${fault.message}`} fault={fault} />
            ))}
          </section>
        )}
        {tasks.length > 0 && (
          <section aria-label={words.checks}>
            <h2>{words.checks}</h2>
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
        <code>{`${fault.file}:${fault.line}:${fault.column}`}</code> <WithCode text={fault.message} />{' '}
        <WithCode text={fault.hint ?? ''} />
      </p>
      {fault.frame !== null && (
        <pre tabIndex={0}>
          <code>{fault.frame}</code>
        </pre>
      )}
    </div>
  );
}

function TaskSection({
  name,
  status,
  verdicts,
}: {
  name: string;
  status: TaskStatus;
  verdicts: readonly VerdictView[];
}) {
  const [last, ...earlier] = verdicts;
  return (
    <div class="author-task">
      <p>
        <code>{name}</code> <span class="muted">{taskWords.status[status]}</span>
      </p>
      {last ? <Judged verdict={last} /> : <p class="muted">{words.notJudged}</p>}
      {earlier.length > 0 && (
        <details>
          <summary>{words.earlier(earlier.length)}</summary>
          {earlier.map((verdict) => (
            <Judged key={verdict.atMs} verdict={verdict} />
          ))}
        </details>
      )}
    </div>
  );
}

function timeWords(atMs: number): string {
  return new Date(atMs).toLocaleTimeString(LANGUAGE_TAGS[pageLanguage]);
}

function Judged({ verdict }: { verdict: VerdictView }) {
  return (
    <dl class={`author-verdict is-${verdict.outcome}`}>
      <dt>
        <b>{words.outcomes[verdict.outcome]}</b>{' '}
        <span class="muted">{words.judged(timeWords(verdict.atMs), verdict.tookMs)}</span>
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
