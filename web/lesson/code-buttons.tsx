/** Copy on every block of code; Run on those that name a node. */
import { render, type JSX } from 'preact';
import { useBriefMark } from '../ui/brief-mark.ts';
import { Icon } from '../ui/icons.tsx';
import { copyText } from './clipboard.ts';
import { words } from './words.ts';

/** Types a line into a node's terminal; false when there is none to type into (the page has said why). */
export type RunLine = (node: string, line: string) => boolean;

export interface CodeButtonParts {
  /** Absent where there are no terminals. */
  readonly run?: RunLine;
  readonly announce: (sentence: string) => void;
}

export function mountCodeButtons(lesson: HTMLElement, parts: CodeButtonParts): void {
  for (const figure of lesson.querySelectorAll<HTMLElement>('figure.run[data-code], figure.code[data-code]')) {
    const { code = '', node } = figure.dataset;
    const bar = document.createElement('div');
    bar.className = 'code-bar';
    figure.prepend(bar);
    render(<CodeBar code={code} node={node} {...parts} />, bar);
  }
}

interface CodeBarProps extends CodeButtonParts {
  readonly code: string;
  readonly node: string | undefined;
}

function CodeBar({ code, node, run, announce }: CodeBarProps): JSX.Element {
  const [done, mark] = useBriefMark<'copied' | 'sent' | 'refused'>();
  const show = (what: 'copied' | 'sent' | 'refused', sentence: string): void => {
    mark(what);
    announce(sentence);
  };
  const copy = async (): Promise<void> => {
    const isCopied = await copyText(code);
    show(isCopied ? 'copied' : 'refused', isCopied ? words.saidCopied : words.saidNotAllowed);
  };
  return (
    <>
      {node !== undefined && (
        <span class="code-node">
          <Icon name="play" />
          {words.onNode[0]}
          <b>{node}</b>
          {words.onNode[1]}
        </span>
      )}
      <button class="button small quiet" type="button" onClick={() => void copy()}>
        <Icon name={done === 'copied' ? 'check' : 'copy'} />
        {done === 'copied' ? words.copied : done === 'refused' ? words.notAllowed : words.copy}
      </button>
      {node !== undefined && run && (
        <button
          class="button small"
          type="button"
          title={words.runTitle(node)}
          onClick={() => run(node, code) && show('sent', words.saidTyped(node))}
        >
          <Icon name={done === 'sent' ? 'check' : 'play'} />
          {done === 'sent' ? words.sent : words.run}
        </button>
      )}
    </>
  );
}
