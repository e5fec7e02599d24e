import { describe, expect, test } from 'vitest';
import {
  applyOutcome,
  inOrderOfNeeds,
  isFinished,
  openTasks,
  pointsOf,
} from '../../../server/attempt/task-progress.ts';
import type { CheckTask } from '../../../server/course/lab.ts';

function task(name: string, extra: Partial<CheckTask> = {}): CheckTask {
  return {
    type: 'check',
    name,
    title: name,
    points: 1,
    needs: [],
    hints: [],
    setup: [],
    pass: { html: () => '' },
    fail: { html: () => '' },
    mode: 'once',
    check: { kind: 'all', of: [] },
    solve: [],
    wrong: [],
    ...extra,
  };
}

const tasks = [task('a'), task('b', { needs: ['a'], points: 2 }), task('c', { needs: ['a', 'b'], mode: 'held' })];

describe('progress', () => {
  test('tasks open when all that they need has passed', () => {
    const start = openTasks(tasks, [], 5);
    expect(start.rows.map((row) => row.status)).toEqual(['open', 'locked', 'locked']);
    expect(start.opened).toEqual(['a']);
    const step = applyOutcome(tasks, start.rows, 'a', 'pass', 6);
    expect(step.opened).toEqual(['b']);
    expect(step.changed).toEqual(['a', 'b']);
    expect(step.rows[1]).toMatchObject({ status: 'open', openedMs: 6 });
  });

  test('a locked task cannot pass, an error changes nothing', () => {
    const { rows } = openTasks(tasks, [], 5);
    expect(applyOutcome(tasks, rows, 'b', 'pass', 6).changed).toEqual([]);
    expect(applyOutcome(tasks, rows, 'a', 'error', 6).changed).toEqual([]);
    expect(applyOutcome(tasks, rows, 'a', 'fail', 6).changed).toEqual([]);
  });

  test('once stays passed; held lapses, recovers, and closes nothing that it opened', () => {
    const more = [task('h', { mode: 'held' }), task('x', { needs: ['h'] })];
    let { rows } = openTasks(more, [], 0);
    ({ rows } = applyOutcome(more, rows, 'h', 'pass', 1));
    ({ rows } = applyOutcome(more, rows, 'h', 'fail', 2));
    expect(rows.map((row) => row.status)).toEqual(['lapsed', 'open']);
    expect(pointsOf(rows)).toEqual({ earned: 0, possible: 2 });
    ({ rows } = applyOutcome(more, rows, 'x', 'pass', 3));
    ({ rows } = applyOutcome(more, rows, 'x', 'fail', 4));
    expect(rows.map((row) => row.status)).toEqual(['lapsed', 'passed']);
    expect(isFinished(rows)).toBe(false);
    ({ rows } = applyOutcome(more, rows, 'h', 'pass', 5));
    expect(isFinished(rows)).toBe(true);
    expect(rows[0]?.passedMs).toBe(1);
  });

  test('a lab that was edited keeps what it still has', () => {
    const stored = [
      { name: 'a', status: 'passed', points: 9, openedMs: 1, passedMs: 2 } as const,
      { name: 'gone', status: 'passed', points: 9, openedMs: 1, passedMs: 2 } as const,
    ];
    const { rows, opened } = openTasks(tasks, stored, 5);
    expect(rows.map((row) => [row.name, row.status, row.points])).toEqual([
      ['a', 'passed', 1],
      ['b', 'open', 2],
      ['c', 'locked', 1],
    ]);
    expect(opened).toEqual(['b']);
  });

  test('what is needed comes first', () => {
    const mixed = [task('z', { needs: ['y'] }), task('y', { needs: ['x'] }), task('x')];
    expect(inOrderOfNeeds(mixed).map(({ name }) => name)).toEqual(['x', 'y', 'z']);
  });
});
