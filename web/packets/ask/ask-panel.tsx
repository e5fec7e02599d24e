/** One question about the learner's own packets, its form, and what the capture says to the answer. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { HexView } from '../hex-view.tsx';
import type { Packet } from '../packet.ts';
import { summaryInPage } from '../summary-in-page.ts';
import type { AskState, AskStore } from './ask-store.ts';
import { rightWords, type Question } from './question.ts';
import { words } from './words.ts';

export interface AskPanelProps {
  readonly ask: AskStore;
  readonly onStop: () => void;
}

export function AskPanel({ ask, onStop }: AskPanelProps): JSX.Element {
  const state = ask.state.value;
  const box = useRef<HTMLElement>(null);
  const question = state.type === 'asking' || state.type === 'answered' ? state.question : null;
  const isAsked = state.type === 'asking';
  useEffect(() => {
    if (!isAsked) return;
    box.current?.querySelector<HTMLElement>('input')?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [question, isAsked]);
  return (
    <section
      class="ask"
      ref={box}
      aria-label={words.question(ask.asked.value + (state.type === 'answered' ? 0 : 1))}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onStop();
      }}
    >
      <div class="ask-head">
        <b>{words.question(ask.asked.value + (state.type === 'answered' ? 0 : 1))}</b>
        {ask.asked.value > 0 && <span class="muted">{words.score(ask.right.value, ask.asked.value)}</span>}
        <button class="button small quiet" type="button" onClick={onStop}>
          {words.stopAsking}
        </button>
      </div>
      {state.type === 'looking' && <p class="muted">{words.thinking}</p>}
      {state.type === 'none' && (
        <p>
          {state.isFirst ? words.noneYet : words.noneLeft}{' '}
          <button class="button small" type="button" onClick={() => void ask.next()}>
            {words.another}
          </button>
        </p>
      )}
      {question && <Asked key={question.key} question={question} state={state} ask={ask} />}
    </section>
  );
}

interface AskedProps {
  readonly question: Question;
  readonly state: AskState;
  readonly ask: AskStore;
}

function Asked({ question, state, ask }: AskedProps): JSX.Element {
  const [given, setGiven] = useState<readonly string[]>([]);
  const isOver = state.type === 'answered';
  const submit = useRef<HTMLButtonElement>(null);
  // The field that had the focus takes no more: the next question is what comes next.
  useEffect(() => {
    if (isOver) submit.current?.focus({ preventScroll: true });
  }, [isOver]);
  const isLit = isOver || question.isLitFirst === true;
  return (
    <>
      <Meant packet={question.packet} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isOver) void ask.next();
          else ask.answer(given);
        }}
      >
        <fieldset disabled={isOver}>
          <legend>{question.text}</legend>
          <Answers question={question} given={given} onGive={setGiven} />
        </fieldset>
        {isLit && question.bytes.length > 0 && (
          <HexView bytes={question.packet.bytes} lit={question.bytes} label={isOver ? words.litBytes : undefined} />
        )}
        <div role="status">
          {state.type === 'answered' && (
            <p class={state.isRight ? 'ask-verdict is-right' : 'ask-verdict is-wrong'}>
              <b>{state.isRight ? `✓ ${words.right}` : `✕ ${words.wrong(rightWords(question, words.none))}`}</b>{' '}
              {question.why}
            </p>
          )}
        </div>
        <button ref={submit} class="button small primary" type="submit" disabled={!isOver && !isGiven(question, given)}>
          {isOver ? words.another : words.check}
        </button>
        {!isOver && (
          <button class="button small quiet" type="button" onClick={() => void ask.next()}>
            {words.another}
          </button>
        )}
      </form>
    </>
  );
}

/** Ticking none of several is an answer too. */
function isGiven({ form }: Question, given: readonly string[]): boolean {
  return form.type === 'choices' || (given[0] ?? '').trim() !== '';
}

function Meant({ packet }: { readonly packet: Packet }): JSX.Element {
  const { source, destination, protocol, info } = summaryInPage(packet);
  return (
    <p class="ask-packet" aria-label={words.about}>
      <b>{words.packet(packet.number)}</b>
      <span>
        {source} → {destination}
      </span>
      <span>
        {protocol} · {info}
      </span>
    </p>
  );
}

interface AnswersProps {
  readonly question: Question;
  readonly given: readonly string[];
  readonly onGive: (given: readonly string[]) => void;
}

function Answers({ question: { form }, given, onGive }: AnswersProps): JSX.Element {
  const name = useId();
  if (form.type === 'number') {
    return (
      <label class="ask-number">
        <span class="visually-hidden">{words.yourAnswer}</span>
        <input
          type="text"
          inputMode="numeric"
          autocomplete="off"
          maxLength={20}
          value={given[0] ?? ''}
          onInput={(event) => onGive([event.currentTarget.value])}
        />
      </label>
    );
  }
  const isMany = form.type === 'choices';
  return (
    <>
      {isMany && <p class="muted">{words.chooseAll}</p>}
      <div class="ask-choices">
        {form.choices.map((choice) => (
          <label key={choice}>
            <input
              type={isMany ? 'checkbox' : 'radio'}
              name={name}
              checked={given.includes(choice)}
              onChange={(event) => {
                if (!isMany) onGive([choice]);
                else if (event.currentTarget.checked) onGive([...given, choice]);
                else onGive(given.filter((one) => one !== choice));
              }}
            />
            {choice}
          </label>
        ))}
      </div>
    </>
  );
}
