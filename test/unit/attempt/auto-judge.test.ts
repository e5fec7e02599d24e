import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AutoJudge } from '../../../server/attempt/auto-judge.ts';
import { IdleTimer } from '../../../server/attempt/idle-timer.ts';
import { systemClock } from '../../../server/base/clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('judging by itself', () => {
  function count(): { judged: Record<'cheap' | 'dear', number>; judge: AutoJudge } {
    const judged = { cheap: 0, dear: 0 };
    const judge = new AutoJudge(systemClock, {
      judge: (cost) => {
        judged[cost]++;
        return Promise.resolve();
      },
    });
    return { judged, judge };
  }

  test('is slow while nothing happens', async () => {
    const { judged, judge } = count();
    using _ = judge;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(judged.cheap).toBeGreaterThanOrEqual(18);
    expect(judged.cheap).toBeLessThanOrEqual(21);
    expect(judged.dear).toBe(3);
  });

  test('looks every second while a terminal is busy; probes wait until the keys have stopped', async () => {
    const { judged, judge } = count();
    using _ = judge;
    for (let key = 0; key < 20; key++) {
      judge.noteInput();
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(judged.dear).toBe(0);
    expect(judged.cheap).toBeGreaterThanOrEqual(5);
    await vi.advanceTimersByTimeAsync(3000);
    expect(judged.dear).toBeGreaterThanOrEqual(1);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(judged.dear).toBeLessThanOrEqual(10);
  });

  test('never runs twice at once, and stops when told', async () => {
    let running = 0;
    let most = 0;
    const judge = new AutoJudge(systemClock, {
      judge: async (cost) => {
        if (cost === 'dear') return;
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 10_000));
        running--;
      },
    });
    for (let second = 0; second < 30; second++) {
      judge.noteOutput();
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(most).toBe(1);
    judge[Symbol.dispose]();
    expect(vi.getTimerCount()).toBeLessThanOrEqual(1);
  });
});

describe('the idle end', () => {
  test('is announced, moves with every touch, and comes once', async () => {
    const heard: string[] = [];
    const timer = new IdleTimer(systemClock, 60_000, 10_000, {
      onWarning: (isEndingSoon) => heard.push(isEndingSoon ? 'soon' : 'kept'),
      onEnd: () => heard.push('end'),
    });
    using _ = timer;
    await vi.advanceTimersByTimeAsync(52_000);
    expect(heard).toEqual(['soon']);
    timer.touch();
    expect(heard).toEqual(['soon', 'kept']);
    await vi.advanceTimersByTimeAsync(45_000);
    expect(heard).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(heard).toEqual(['soon', 'kept', 'soon', 'end']);
  });
});
