/** Commands that show what a picture shows, to copy or to run. */
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { CodeButtonParts } from '../lesson/code-buttons.tsx';
import { copyText } from '../lesson/clipboard.ts';
import { Icon } from '../ui/icons.tsx';

export interface ListedCommand {
  readonly line: string;
  readonly shows: string;
  /** Said where the answer is not the node's own. */
  readonly note?: string;
}

export interface CommandListProps extends CodeButtonParts {
  /** Where they run; null where the picture belongs to no node. */
  readonly node: string | null;
  readonly commands: readonly ListedCommand[];
}

const SHOWN_MS = 1600;

export function CommandList({ node, commands, run, announce }: CommandListProps): JSX.Element {
  const [done, setDone] = useState<string | null>(null);
  const tell = (mark: string, sentence: string): void => {
    setDone(mark);
    announce(sentence);
    setTimeout(() => setDone(null), SHOWN_MS);
  };
  const copy = async (line: string): Promise<void> => {
    const isCopied = await copyText(line);
    tell(isCopied ? `copied ${line}` : '', isCopied ? 'Copied.' : 'The browser did not allow copying.');
  };
  return (
    <ul class="command-list">
      {commands.map(({ line, shows, note }) => (
        <li key={line}>
          <div class="command-line">
            <code>{line}</code>
            <button
              class="button small quiet"
              type="button"
              aria-label={`Copy ${line}`}
              onClick={() => void copy(line)}
            >
              <Icon name={done === `copied ${line}` ? 'check' : 'copy'} />
              {done === `copied ${line}` ? 'Copied' : 'Copy'}
            </button>
            {run && node !== null && (
              <button
                class="button small quiet"
                type="button"
                aria-label={`Run ${line} on ${node}`}
                onClick={() => run(node, line) && tell(`sent ${line}`, `Typed into ${node}.`)}
              >
                <Icon name={done === `sent ${line}` ? 'check' : 'play'} />
                {done === `sent ${line}` ? 'Sent' : 'Run'}
              </button>
            )}
          </div>
          <span class="command-shows">
            {shows}
            {note !== undefined && <em>{note}</em>}
          </span>
        </li>
      ))}
    </ul>
  );
}
