/** The display filter: applied when it is understood, and told what is wrong with it, and where, when it is not. */
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { FilterProblem } from '../../server/packet/filter.ts';
import type { PacketStore } from './packet-store.ts';
import { words } from './words.ts';

export function FilterBox({ store, id }: { readonly store: PacketStore; readonly id: string }): JSX.Element {
  const [text, setText] = useState(store.filter.value);
  const problem = store.problem.value;
  const apply = (next: string): void => {
    store.setFilter(next.trim());
  };
  return (
    <form
      class="packet-filter"
      onSubmit={(event) => {
        event.preventDefault();
        apply(text);
      }}
    >
      <label class="visually-hidden" for={`${id}-filter`}>
        {words.displayFilter}
      </label>
      <input
        id={`${id}-filter`}
        type="text"
        value={text}
        placeholder={words.filterExample}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        maxLength={400}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-problem`}
        onInput={(event) => setText(event.currentTarget.value)}
        onBlur={() => apply(text)}
      />
      <button class="button small" type="submit">
        {words.filter}
      </button>
      <div id={`${id}-problem`} class="packet-problem" role="status">
        {problem && <Problem text={text} problem={problem} />}
      </div>
    </form>
  );
}

function Problem({ text, problem }: { readonly text: string; readonly problem: FilterProblem }): JSX.Element {
  const { reason, message, position } = problem;
  const at = Math.min(position, text.length);
  return (
    <>
      <p>
        ✕ {message}
        {reason === 'unknown_field' &&
          ' This list cannot filter by it; Wireshark can: download the packets and try there.'}{' '}
        {words.filterBefore}
      </p>
      {text !== '' && (
        <pre aria-hidden="true">
          {text}
          {'\n'}
          {' '.repeat(at)}^
        </pre>
      )}
    </>
  );
}
