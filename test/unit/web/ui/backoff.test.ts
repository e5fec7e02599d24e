import { expect, it } from 'vitest';
import { Backoff } from '../../../../web/ui/backoff.ts';

it('waits twice as long each time, up to its limit, and never quite as long as others', () => {
  const all = Array.from({ length: 50 }, () => {
    const backoff = new Backoff(300, 8000);
    return Array.from({ length: 1100 }, () => backoff.nextMs());
  });
  for (const waits of all) {
    for (const [index, ms] of waits.entries()) {
      const ceilingMs = Math.min(8000, 300 * 2 ** index);
      expect(ms).toBeGreaterThanOrEqual(ceilingMs / 2);
      expect(ms).toBeLessThan(ceilingMs);
    }
  }
  expect(new Set(all.map(([first]) => first)).size).toBeGreaterThan(40);
});

it('begins anew once what was lost is there', () => {
  const backoff = new Backoff(300, 8000);
  for (let failure = 0; failure < 5; failure++) backoff.nextMs();
  backoff.reset();
  expect(backoff.nextMs()).toBeLessThan(300);
});
