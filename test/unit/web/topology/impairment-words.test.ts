import { expect, it } from 'vitest';
import { netemWords, rateWords, readRate, shortImpairment } from '../../../../web/topology/impairment-words.ts';

it("says an impairment in netem's words and order", () => {
  const all = {
    delayMs: 20,
    jitterMs: 2.5,
    lossPercent: 1,
    duplicatePercent: 0.1,
    corruptPercent: 0.2,
    reorderPercent: 5,
    rateBitsPerSecond: 10_000_000,
    limit: 1000,
  };
  expect(netemWords(all)).toBe(
    'delay 20ms 2.5ms loss 1% duplicate 0.1% corrupt 0.2% reorder 5% rate 10mbit limit 1000',
  );
  expect(shortImpairment(all)).toBe('20ms±2.5 loss 1% 10mbit …');
  expect([netemWords(null), netemWords({}), netemWords({ lossPercent: 0 })]).toEqual(['', '', '']);
});

it.each([
  ['10mbit', 10_000_000],
  ['2.5 gbit', 2_500_000_000],
  ['64k', 64_000],
  ['500', 500],
  ['1Mbit/s', 1_000_000],
])('reads the rate %s', (text, bits) => {
  expect(readRate(text)).toBe(bits);
});

it.each(['', 'fast', '10 m bit', '-1mbit', '1e9'])('takes %j for no rate', (text) => {
  expect(readRate(text)).toBeNull();
});

it('writes rates so that they are read again', () => {
  for (const bits of [800, 64_000, 1_500_000, 10_000_000, 2e9]) expect(readRate(rateWords(bits))).toBe(bits);
});
