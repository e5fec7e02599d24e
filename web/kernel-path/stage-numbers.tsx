/** The numbers of one stage, this moment: what passes, and in red, with a sign and a reason, what ends there. */
import type { JSX } from 'preact';
import type { WatchStore } from '../attempt/watch-store.ts';
import { shortRate, whole } from '../topology/rates.ts';
import { readNumber, type Reading } from './read-number.ts';
import { nameOf, type NodeNumber } from './stages-of.ts';
import { words } from './words.ts';

export interface StageNumbersProps {
  readonly node: string;
  readonly numbers: readonly NodeNumber[];
  readonly watch: WatchStore;
}

/** Losses that have not happened are left to the opened stage: a row of zeros tells nothing. */
export function StageNumbers({ node, numbers, watch }: StageNumbersProps): JSX.Element {
  const nowMs = watch.beat.value;
  const read = numbers.map((number) => ({
    number,
    reading: readNumber(watch, node, number, nowMs),
  }));
  const shown = read.filter(({ number, reading }) => isPassing(number) || (reading.total ?? 0) > 0);
  return (
    <span class="stage-numbers">
      {shown.map(({ number, reading }) => (
        <OneNumber key={nameOf(number)} number={number} reading={reading} />
      ))}
    </span>
  );
}

function isPassing({ kind }: NodeNumber): boolean {
  return kind === 'flow' || kind === 'level';
}

function OneNumber({ number, reading }: { readonly number: NodeNumber; readonly reading: Reading }): JSX.Element {
  const { total, perSecond, lastMinute } = reading;
  switch (number.kind) {
    case 'flow':
      return (
        <span class={perSecond > 0 ? 'stage-number is-moving' : 'stage-number'} title={nameOf(number)}>
          <b>{total === null ? '–' : whole(total)}</b> {number.words}
          <i>{total === null ? '' : `${shortRate(perSecond)}/s`}</i>
        </span>
      );
    case 'level':
      return (
        <span class="stage-number" title={nameOf(number)}>
          <b>{total === null ? '–' : whole(total)}</b> {number.words}
        </span>
      );
    case 'loss':
    case 'sign':
      return (
        <span class={`stage-number is-${number.kind}${lastMinute > 0 ? ' is-fresh' : ''}`} title={nameOf(number)}>
          <span aria-hidden="true">{number.kind === 'loss' ? '✕' : '↻'}</span>{' '}
          <b>{number.kind === 'loss' ? words.lost(whole(total ?? 0)) : whole(total ?? 0)}</b>
          {words.because(number.words)}
          {lastMinute > 0 && <i>{words.inLastMinute(whole(lastMinute))}</i>}
        </span>
      );
  }
}

/** All numbers of a stage with the names that tools know them by. */
export function NumberTable({ node, numbers, watch }: StageNumbersProps): JSX.Element {
  const nowMs = watch.beat.value;
  return (
    <table class="stage-table">
      <thead>
        <tr>
          <th scope="col">{words.counter}</th>
          <th scope="col">{words.counts}</th>
          <th scope="col">{words.perSecond}</th>
          <th scope="col">{words.inAll}</th>
        </tr>
      </thead>
      <tbody>
        {numbers.map((number) => {
          const { total, perSecond } = readNumber(watch, node, number, nowMs);
          const isLost = number.kind === 'loss' && (total ?? 0) > 0;
          return (
            <tr key={nameOf(number)} class={isLost ? 'is-loss' : undefined}>
              <th scope="row">
                <code>{nameOf(number)}</code>
              </th>
              <td>{number.kind === 'loss' ? words.lostBecause(number.words) : number.words}</td>
              <td>{total === null || number.kind === 'level' ? '–' : shortRate(perSecond)}</td>
              <td>{total === null ? '–' : `${isLost ? '✕ ' : ''}${whole(total)}`}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
