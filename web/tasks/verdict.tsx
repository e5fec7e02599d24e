/** What a check found: what was expected, what was seen, and the evidence. */
import type { JSX } from 'preact';
import type { TaskView, VerdictView } from '../../server/contract/api.ts';
import { Icon } from '../ui/icons.tsx';
import { words } from './words.ts';

/** In full, after "Check" or once passed. */
export function VerdictPanel({
  task,
  verdict,
}: {
  readonly task: TaskView;
  readonly verdict: VerdictView;
}): JSX.Element {
  const icon = verdict.outcome === 'pass' ? 'passed' : verdict.outcome === 'fail' ? 'open' : 'warning';
  return (
    <div class={`verdict is-${verdict.outcome}`}>
      <p class="verdict-title">
        <Icon name={icon} />
        {words.outcome[verdict.outcome]}
      </p>
      {verdict.outcome === 'error' && <p>{words.notYourFault}</p>}
      {task.feedbackHtml && verdict.outcome !== 'error' && <AuthorHtml html={task.feedbackHtml} />}
      {verdict.outcome === 'pass' && <Proof verdict={verdict} />}
      {verdict.outcome !== 'pass' && task.type === 'check' && <Findings verdict={verdict} />}
      {verdict.outcome !== 'pass' && task.type === 'question' && <p class="muted">{verdict.seen}</p>}
    </div>
  );
}

/** Before "Check" was pressed: what the platform sees by itself, for whoever wants to look. */
export function SeenSoFar({ verdict }: { readonly verdict: VerdictView | null }): JSX.Element {
  return (
    <details class="seen-so-far">
      <summary>{words.seenSoFar}</summary>
      {verdict ? <Findings verdict={verdict} /> : <p class="muted">{words.nothingSeen}</p>}
    </details>
  );
}

function Findings({ verdict }: { readonly verdict: VerdictView }): JSX.Element {
  return (
    <>
      <dl class="findings">
        <dt>{words.expected}</dt>
        <dd>
          <Lines text={verdict.expected} />
        </dd>
        <dt>{words.seen}</dt>
        <dd>
          <Lines text={verdict.seen} />
        </dd>
      </dl>
      <EvidenceList verdict={verdict} label={words.evidence} isOpen={isShort(verdict)} />
    </>
  );
}

/** One line for each check that decided. */
function Lines({ text }: { readonly text: string }): JSX.Element {
  const lines = text.split('\n');
  if (lines.length === 1) return <p>{text}</p>;
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

const SHORT_LINES = 8;

function isShort({ evidence }: VerdictView): boolean {
  return evidence.reduce((lines, { text }) => lines + text.split('\n').length, 0) <= SHORT_LINES;
}

function Proof({ verdict }: { readonly verdict: VerdictView }): JSX.Element | null {
  if (verdict.evidence.length === 0) return null;
  return <EvidenceList verdict={verdict} label={words.proof} before={<Lines text={verdict.seen} />} />;
}

interface EvidenceProps {
  readonly verdict: VerdictView;
  readonly label: string;
  readonly before?: JSX.Element;
  readonly isOpen?: boolean;
}

function EvidenceList({ verdict, label, before, isOpen = false }: EvidenceProps): JSX.Element | null {
  if (verdict.evidence.length === 0) return null;
  return (
    <details class="evidence" open={isOpen}>
      <summary>{label}</summary>
      {before}
      {verdict.evidence.map(({ label: name, text }) => (
        <div key={name} class={text.includes('\n') ? 'evidence-block' : 'evidence-row'}>
          <p class="evidence-label">{name}</p>
          <pre tabindex={0}>{text}</pre>
        </div>
      ))}
    </details>
  );
}

/** The author's words, rendered and sanitised by the server. */
export function AuthorHtml({ html }: { readonly html: string }): JSX.Element {
  return <div class="author-html" dangerouslySetInnerHTML={{ __html: html }} />;
}
