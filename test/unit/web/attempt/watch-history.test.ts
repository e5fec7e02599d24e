import { expect, test } from 'vitest';
import { WatchHistory } from '../../../../web/attempt/watch-history.ts';

const AT = 1_000_000;

test('a rate is what grew in the last two seconds, and falls to nothing without a word', () => {
  const history = new WatchHistory<'value'>();
  history.add({ value: 100 }, AT, 0);
  history.add({ value: 110 }, AT + 500, 500);
  expect(history.perSecond('value', AT + 500)).toBe(5);
  expect(history.perSecond('value', AT + 1900)).toBe(5);
  expect(history.perSecond('value', AT + 2250)).toBe(2.5);
  expect(history.perSecond('value', AT + 2500)).toBe(0);
  expect(history.totals).toEqual({ value: 110 });
});

test('growth that a browser learns of late is spread over the time it took', () => {
  const history = new WatchHistory<'value'>();
  history.add({ value: 0 }, AT, 0);
  history.add({ value: 100 }, AT + 10_000, 10_000);
  expect(history.perSecond('value', AT + 10_000)).toBe(10);
  expect(history.growth('value', AT, AT + 1000)).toBe(10);
});

test('totals that fell, and those after an interruption, make no growth of what was not seen', () => {
  const history = new WatchHistory<'value'>();
  history.add({ value: 500 }, AT, 0);
  history.add({ value: 3 }, AT + 500, 500);
  expect(history.growth('value', AT, AT + 500)).toBe(0);
  history.interrupt();
  history.add({ value: 900 }, AT + 60_000, 500);
  expect(history.growth('value', AT, AT + 60_000)).toBe(0);
  expect(history.totals).toEqual({ value: 900 });
});

test('a minute has as many parts as asked for, oldest first, and forgets what is older', () => {
  const history = new WatchHistory<'value'>();
  history.add({ value: 0 }, AT, 0);
  history.add({ value: 4 }, AT + 1000, 1000);
  const minute = history.minute('value', AT + 1000, 60);
  expect(minute).toHaveLength(60);
  expect(minute.at(-1)).toBe(4);
  expect(minute.slice(0, -1).every((rate) => rate === 0)).toBe(true);
  expect(history.minute('value', AT + 62_000, 60).every((rate) => rate === 0)).toBe(true);
});
