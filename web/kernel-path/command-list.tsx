/** Commands that show what a picture shows, to copy or to run. */
import type { JSX } from 'preact';
import type { CodeButtonParts } from '../lesson/code-buttons.tsx';
import { copyText } from '../lesson/clipboard.ts';
import { useBriefMark } from '../ui/brief-mark.ts';
import { Icon } from '../ui/icons.tsx';
import { words as lessonWords } from '../lesson/words.ts';
import { words } from './words.ts';

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

export function CommandList({ node, commands, run, announce }: CommandListProps): JSX.Element {
  const [done, mark] = useBriefMark<string>();
  const tell = (what: string, sentence: string): void => {
    mark(what);
    announce(sentence);
  };
  const copy = async (line: string): Promise<void> => {
    const isCopied = await copyText(line);
    tell(isCopied ? `copied ${line}` : '', isCopied ? lessonWords.saidCopied : lessonWords.saidNotAllowed);
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
              aria-label={words.copyLine(line)}
              onClick={() => void copy(line)}
            >
              <Icon name={done === `copied ${line}` ? 'check' : 'copy'} />
              {done === `copied ${line}` ? lessonWords.copied : lessonWords.copy}
            </button>
            {run && node !== null && (
              <button
                class="button small quiet"
                type="button"
                aria-label={words.runLine(line, node)}
                onClick={() => run(node, line) && tell(`sent ${line}`, lessonWords.saidTyped(node))}
              >
                <Icon name={done === `sent ${line}` ? 'check' : 'play'} />
                {done === `sent ${line}` ? lessonWords.sent : lessonWords.run}
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
