import { expect, it } from 'vitest';
import type { FeedFrame } from '../../../server/observe/feed-frame.ts';
import { Allowance } from '../../../server/ws/allowance.ts';

function frames(count: number, size = 60): FeedFrame[] {
  return Array.from({ length: count }, (_, index) => ({ timeMs: index, length: size, bytes: new Uint8Array(size) }));
}

it('lets a list open full, then as many a second as a page can show, the newest first', () => {
  let nowMs = 0;
  const allowance = new Allowance(() => nowMs);
  const shown = allowance.take(frames(5000));
  expect(shown).toHaveLength(1000);
  expect(shown.at(-1)?.timeMs).toBe(4999);
  expect(allowance.take(frames(10))).toHaveLength(0);
  nowMs += 100;
  expect(allowance.take(frames(5000))).toHaveLength(150);
});

it('counts bytes too', () => {
  let nowMs = 0;
  const allowance = new Allowance(() => nowMs);
  expect(allowance.take(frames(1000, 9200)).length).toBe(Math.floor((512 * 1024) / 9200));
  nowMs += 1000;
  expect(allowance.take(frames(1000, 9200)).length).toBeLessThanOrEqual(58);
});
