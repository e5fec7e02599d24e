/** `::counters`: numbers of one node as they grow, with what each of them means. */
import { useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useId, useMemo, useRef, useState } from 'preact/hooks';
import { Fragment, type JSX } from 'preact';
import { useLook } from '../attempt/use-look.ts';
import type { WatchStore } from '../attempt/watch-store.ts';
import { SourceNote } from '../recording/source-note.tsx';
import { shortRate, whole } from '../topology/rates.ts';
import type { Meaning } from './glossary.ts';
import { Sparkline } from './sparkline.tsx';
import { words } from './words.ts';
import { pageLanguage } from '../ui/i18n/page-language.ts';

export interface CountersFigureProps {
  readonly node: string;
  readonly names: readonly string[];
  readonly watch: WatchStore;
  readonly announce: (sentence: string) => void;
}

const PARTS = 60;

/** Name → value when the learner set the mark; null before that. */
type Marks = ReadonlyMap<string, number> | null;

export function CountersFigure({ node, names, watch, announce }: CountersFigureProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const look = useMemo(() => ({ counters: { [node]: names } }), [node, names]);
  useLook(box, watch, look);
  const marks = useSignal<Marks>(null);
  // Another network counts from nothing, and a recorded example is not the learner's.
  useSignalEffect(() => {
    if (!watch.isOn.value) marks.value = null;
  });
  const setMark = (): void => {
    marks.value = new Map(names.map((name) => [name, watch.counter(node, name)?.totals?.value ?? 0]));
    announce(words.marked(node));
  };
  return (
    <div class="counters" ref={box}>
      <div class="table-scroll" tabindex={0} role="group" aria-label={words.countersOf(node)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.counter}</th>
              <th scope="col" class="counters-minute">
                {words.lastMinute}
              </th>
              <th scope="col">{words.perSecond}</th>
              <th scope="col">{words.sinceStart}</th>
              <th scope="col">{words.sinceMark}</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name) => (
              <CounterRow key={name} node={node} name={name} watch={watch} marks={marks} />
            ))}
          </tbody>
        </table>
      </div>
      <div class="counters-foot">
        <button class="button small" type="button" disabled={!watch.isOn.value} onClick={setMark}>
          {words.setMark}
        </button>
        <SourceNote watch={watch} live={words.liveFrom(node)} />
      </div>
    </div>
  );
}

interface RowProps {
  readonly node: string;
  readonly name: string;
  readonly watch: WatchStore;
  readonly marks: Signal<Marks>;
}

function CounterRow({ node, name, watch, marks }: RowProps): JSX.Element {
  const [meaning, setMeaning] = useState<Meaning | null>(null);
  const id = useId();
  const toggle = async (): Promise<void> => {
    if (meaning) return setMeaning(null);
    // Loaded with the first question: hundreds of sentences that most pages never show.
    const { meaningOf } = await (pageLanguage === 'zh' ? import('./glossary-zh.ts') : import('./glossary.ts'));
    setMeaning(meaningOf(name));
  };
  return (
    <>
      <tr>
        <th scope="row">
          <button
            class="counter-name"
            type="button"
            aria-expanded={meaning !== null}
            aria-controls={id}
            title={words.whatDoesItCount}
            onClick={() => void toggle()}
          >
            <code>
              {name.split('.').map((part, index) => (
                // Where a line may end.
                <Fragment key={part}>
                  {index > 0 && '.'}
                  {index > 0 && <wbr />}
                  {part}
                </Fragment>
              ))}
            </code>
          </button>
        </th>
        <Numbers node={node} name={name} watch={watch} marks={marks} />
      </tr>
      {meaning && (
        <tr class="counter-meaning" id={id}>
          <td colSpan={5}>
            {meaning.words} <span class="muted">{meaning.source}</span>
          </td>
        </tr>
      )}
    </>
  );
}

function Numbers({ node, name, watch, marks }: RowProps): JSX.Element {
  const nowMs = watch.beat.value;
  const history = watch.counter(node, name);
  const value = history?.totals?.value;
  const perSecond = history?.perSecond('value', nowMs) ?? 0;
  const mark = marks.value?.get(name);
  return (
    <>
      <td class="counters-minute">
        <Sparkline values={history?.minute('value', nowMs, PARTS) ?? []} />
      </td>
      <td class={perSecond > 0 ? 'is-moving' : undefined}>{value === undefined ? '–' : shortRate(perSecond)}</td>
      <td>{value === undefined ? '–' : whole(value)}</td>
      <td>{value === undefined || mark === undefined ? '–' : `+${whole(Math.max(0, value - mark))}`}</td>
    </>
  );
}
