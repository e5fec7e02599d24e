/** The box that searches one terminal. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { TerminalIcon } from './terminal-icons.tsx';
import type { TerminalSearch } from './terminal-search.ts';
import { words } from './words.ts';

export function SearchBox({ search, label }: { readonly search: TerminalSearch; readonly label: string }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  // Before the next key comes.
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const { index, count } = search.found.value;
  const place = index < 0 ? `${count}` : words.searchPlace(index + 1, count);
  const found = search.text.value === '' ? '' : count === 0 ? words.searchNothing : place;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') search.close();
    else if (event.key === 'Enter') search.find(event.shiftKey ? 'next' : 'previous');
    else return;
    event.preventDefault();
  };

  return (
    <div class="terminal-search" role="search" aria-label={words.searchIn(label)} onKeyDown={onKeyDown}>
      <input
        ref={input}
        type="text"
        value={search.text.value}
        onInput={(event) => search.setText(event.currentTarget.value)}
        aria-label={words.searchIn(label)}
        placeholder={words.search}
        spellcheck={false}
        autocomplete="off"
      />
      <span class="terminal-search-count" role="status">
        {found}
      </span>
      <button
        type="button"
        class="terminal-tool"
        aria-label={words.furtherUp}
        title={words.furtherUpKey}
        onClick={() => search.find('previous')}
      >
        <TerminalIcon name="previous" />
      </button>
      <button
        type="button"
        class="terminal-tool"
        aria-label={words.furtherDown}
        title={words.furtherDownKey}
        onClick={() => search.find('next')}
      >
        <TerminalIcon name="next" />
      </button>
      <button
        type="button"
        class="terminal-tool"
        aria-label={words.closeSearch}
        title={words.closeSearchKey}
        onClick={() => search.close()}
      >
        <TerminalIcon name="close" />
      </button>
    </div>
  );
}
