/** What a link does to the frames that one of its ends sends, in netem's words and units, and the controls to change it. */
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { ImpairmentView, LinkBody, LinkView } from '../../server/contract/api.ts';
import { netemWords, rateWords, readRate } from '../topology/impairment-words.ts';
import { words } from './words.ts';

export interface ImpairFormProps {
  readonly link: LinkView;
  /** The end whose frames it is about. */
  readonly side: 0 | 1;
  /** What the lab's file says for this end. */
  readonly written: ImpairmentView | null;
  readonly isRunning: boolean;
  /** Settles when the link has changed, or the page has said why not. */
  readonly onChange: (body: LinkBody) => Promise<void>;
  readonly onOther: () => void;
}

type Key = keyof ImpairmentView;

interface FieldRule {
  readonly key: Key;
  readonly unit: keyof typeof words.units | null;
  readonly most: number;
}

const RULES: readonly FieldRule[] = [
  { key: 'delayMs', unit: 'ms', most: 60_000 },
  { key: 'jitterMs', unit: 'ms', most: 60_000 },
  { key: 'lossPercent', unit: 'percent', most: 100 },
  { key: 'duplicatePercent', unit: 'percent', most: 100 },
  { key: 'corruptPercent', unit: 'percent', most: 100 },
  { key: 'reorderPercent', unit: 'percent', most: 100 },
  { key: 'rateBitsPerSecond', unit: null, most: 1e11 },
  { key: 'limit', unit: 'packets', most: 1_000_000 },
];
const LEAST_RATE = 1000;

type Typed = Readonly<Partial<Record<Key, string>>>;

export function ImpairForm({ link, side, written, isRunning, onChange, onOther }: ImpairFormProps): JSX.Element {
  const name = link.endpoints[side];
  const now = link.impairments[side];
  const [typed, setTyped] = useState<Typed>(typedOf(now));
  const [isBusy, setBusy] = useState(false);
  const nowWords = netemWords(now);
  // What the server says is what holds, whoever changed it.
  useEffect(() => setTyped(typedOf(now)), [nowWords, name]);
  const read = readTyped(typed);
  const change = async (body: LinkBody): Promise<void> => {
    setBusy(true);
    await onChange(body);
    setBusy(false);
  };
  return (
    <form
      class="impair"
      aria-label={`${words.link}: ${name}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (read.fault === null) void change({ impair: read.change });
      }}
    >
      <p class="impair-head">
        <b>{words.link}</b> <span>{words.actsOn(name)}</span>
      </p>
      {link.isAdjustable ? (
        <>
          <div class="impair-fields">
            {RULES.map(({ key, unit }) => (
              <label key={key} class={read.fault?.key === key ? 'is-fault' : undefined}>
                <span>{words.fields[key]}</span>
                <input
                  type="text"
                  inputMode={unit === null ? 'text' : 'decimal'}
                  autocomplete="off"
                  maxLength={16}
                  placeholder={unit === null ? words.rateExample : '0'}
                  value={typed[key] ?? ''}
                  disabled={!isRunning}
                  aria-invalid={read.fault?.key === key}
                  onInput={(event) => setTyped({ ...typed, [key]: event.currentTarget.value })}
                />
                {unit !== null && <small>{words.units[unit]}</small>}
              </label>
            ))}
          </div>
          <p class="impair-words" role="status">
            {read.fault ? <span class="is-fault">✕ {read.fault.message}</span> : <Netem impairment={read.whole} />}
          </p>
          <div class="impair-buttons">
            <button class="button small primary" type="submit" disabled={!isRunning || isBusy || read.fault !== null}>
              {words.apply}
            </button>
            <button
              class="button small"
              type="button"
              disabled={!isRunning || isBusy}
              onClick={() => void change({ impair: allOf(written), down: false })}
            >
              {words.asWritten}
            </button>
            <button
              class="button small"
              type="button"
              aria-pressed={link.isDown}
              disabled={!isRunning || isBusy}
              onClick={() => void change({ down: !link.isDown })}
            >
              {link.isDown ? words.plug : words.pull}
            </button>
            {!isRunning && <span class="muted">{words.startFirst}</span>}
          </div>
        </>
      ) : (
        <p class="impair-words">
          <Netem impairment={now} /> <span class="muted">{words.notAdjustable}</span>
        </p>
      )}
      <button class="button small quiet" type="button" onClick={onOther}>
        {words.otherWay(link.endpoints[side === 0 ? 1 : 0])}
      </button>
    </form>
  );
}

function Netem({ impairment }: { readonly impairment: ImpairmentView | null }): JSX.Element {
  const text = netemWords(impairment);
  if (text === '') return <span>{words.perfect}</span>;
  return (
    <span>
      {words.inNetem}: <code>{text}</code>
    </span>
  );
}

function typedOf(impairment: ImpairmentView | null): Typed {
  return Object.fromEntries(
    RULES.flatMap(({ key }) => {
      const value = impairment?.[key];
      if (value === undefined) return [];
      return [[key, key === 'rateBitsPerSecond' ? rateWords(value) : String(value)]];
    }),
  );
}

interface ReadTyped {
  readonly whole: ImpairmentView;
  /** Every key, so that what was emptied goes. */
  readonly change: NonNullable<LinkBody['impair']>;
  readonly fault: { readonly key: Key; readonly message: string } | null;
}

function readTyped(typed: Typed): ReadTyped {
  const whole: Partial<Record<Key, number>> = {};
  let fault: ReadTyped['fault'] = null;
  for (const { key, most } of RULES) {
    const text = (typed[key] ?? '').trim();
    if (text === '') continue;
    const value = key === 'rateBitsPerSecond' ? readRate(text) : Number(text);
    const least = key === 'rateBitsPerSecond' ? LEAST_RATE : key === 'limit' ? 1 : 0;
    if (value === null) fault ??= { key, message: words.badRate };
    else if (!(value >= least && value <= most)) {
      const say = key === 'rateBitsPerSecond' ? rateWords : String;
      fault ??= { key, message: words.outOfRange(say(least), say(most)) };
    } else if (value > 0) whole[key] = value;
  }
  // netem takes no jitter and no reordering without a delay.
  if (whole.delayMs === undefined) {
    delete whole.jitterMs;
    delete whole.reorderPercent;
  }
  return { whole, change: allOf(whole), fault };
}

function allOf(impairment: ImpairmentView | null): NonNullable<LinkBody['impair']> {
  return Object.fromEntries(RULES.map(({ key }) => [key, impairment?.[key] ?? null]));
}
