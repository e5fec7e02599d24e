/** The box that searches one terminal. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { TerminalIcon } from './terminal-icons.tsx';
import type { TerminalSearch } from './terminal-search.ts';

export function SearchBox({ search, label }: { readonly search: TerminalSearch; readonly label: string }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  // Before the next key comes.
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const { index, count } = search.found.value;
  const words =
    search.text.value === '' ? '' : count === 0 ? 'nothing' : index < 0 ? `${count}` : `${index + 1} of ${count}`;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') search.close();
    else if (event.key === 'Enter') search.find(event.shiftKey ? 'next' : 'previous');
    else return;
    event.preventDefault();
  };

  return (
    <div class="terminal-search" role="search" aria-label={`Search ${label}`} onKeyDown={onKeyDown}>
      <input
        ref={input}
        type="text"
        value={search.text.value}
        onInput={(event) => search.setText(event.currentTarget.value)}
        aria-label={`Search ${label}`}
        placeholder="Search"
        spellcheck={false}
        autocomplete="off"
      />
      <span class="terminal-search-count" role="status">
        {words}
      </span>
      <button
        type="button"
        class="terminal-tool"
        aria-label="Further up"
        title="Further up (Enter)"
        onClick={() => search.find('previous')}
      >
        <TerminalIcon name="previous" />
      </button>
      <button
        type="button"
        class="terminal-tool"
        aria-label="Further down"
        title="Further down (Shift Enter)"
        onClick={() => search.find('next')}
      >
        <TerminalIcon name="next" />
      </button>
      <button
        type="button"
        class="terminal-tool"
        aria-label="Close the search"
        title="Close (Escape)"
        onClick={() => search.close()}
      >
        <TerminalIcon name="close" />
      </button>
    </div>
  );
}
