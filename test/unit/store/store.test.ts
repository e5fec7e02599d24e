import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test, onTestFinished } from 'vitest';
import { Store } from '../../../server/store/store.ts';
import { inWords } from '../../../server/base/sentence.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vethlab-store-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const attempt = { id: 'a1', learnerId: 'l1', labId: 'module/lab', seed: 's', createdMs: 10 };
const verdict = {
  outcome: 'fail',
  expected: 'e',
  seen: 's',
  evidence: [{ label: 'l', text: 't' }],
  atMs: 11,
  tookMs: 1.5,
} as const;

function withAttempt(store: Store): Store {
  store.learners.add({ id: 'l1', name: 'Ada', createdMs: 1 });
  store.attempts.add(attempt);
  return store;
}

describe('the store', () => {
  test('has one current attempt of a learner in a lab; the one before stays as history', () => {
    using store = withAttempt(new Store(':memory:'));
    expect(() => store.attempts.add({ ...attempt, id: 'a2' })).toThrow(/UNIQUE/);
    store.history.addVerdict('a1', 't', verdict);
    store.attempts.replace('a1', { ...attempt, id: 'a2', createdMs: 20 });
    expect(store.attempts.findCurrent('l1', 'module/lab')?.id).toBe('a2');
    expect(store.attempts.find('a1')?.resetMs).toBe(20);
    expect(store.history.verdicts('a1', 't')).toEqual([verdict]);
  });

  test('keeps tasks, hints, answers and baselines as they were', () => {
    using store = withAttempt(new Store(':memory:'));
    const task = { name: 't', status: 'passed', points: 2, openedMs: 1, passedMs: 2 } as const;
    store.attempts.saveTasks('a1', [{ ...task, status: 'open', passedMs: null }], null);
    store.attempts.saveTasks('a1', [task], 99);
    expect(store.attempts.tasks('a1')).toEqual([task]);
    expect(store.attempts.find('a1')?.finishedMs).toBe(99);
    store.history.addHint('a1', 't', 1, 5);
    store.history.addHint('a1', 't', 1, 6);
    expect(store.history.hintCounts('a1')).toEqual(new Map([['t', 1]]));
    store.history.addAnswer('a1', 't', { answer: ['x', 'y'], isRight: false, atMs: 3 });
    expect(store.history.answers('a1', 't')).toEqual([{ answer: ['x', 'y'], isRight: false, atMs: 3 }]);
    store.sandboxes.add('s1', 'a1', 5);
    store.sandboxes.saveBaseline('s1', 't', { atMs: 1, counters: { h1: { 'Ip.InReceives': 3 } } });
    expect(store.sandboxes.baselines('s1').get('t')).toEqual({ atMs: 1, counters: { h1: { 'Ip.InReceives': 3 } } });
    expect(store.attempts.progress('l1')).toEqual([
      { labId: 'module/lab', earned: 2, isStarted: true, finishedMs: 99 },
    ]);
  });

  test('the first end of a sandbox is the one that counts', () => {
    using store = withAttempt(new Store(':memory:'));
    store.sandboxes.add('s1', 'a1', 5);
    expect(store.sandboxes.running().map((row) => row.id)).toEqual(['s1']);
    store.sandboxes.setEnded('s1', 7, 'idle');
    store.sandboxes.setEnded('s1', 8, 'later');
    expect(store.sandboxes.latest('a1')).toMatchObject({ endedMs: 7, endedReason: 'idle' });
    expect(store.sandboxes.running()).toEqual([]);
  });

  test('refuses a file of a newer program, and a folder that another server uses', () => {
    const path = join(directory, 'a.db');
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 999');
    newer.close();
    expect(() => new Store(path)).toThrow(/newer version/);
    const shared = join(directory, 'b.db');
    using _store = new Store(shared);
    expect(() => new Store(shared)).toThrow(/Another server/);
  }, 15_000);

  test('no verdict that was reported is lost when the process is killed', async () => {
    const path = join(directory, 'kill.db');
    using store = withAttempt(new Store(path));
    store[Symbol.dispose]();
    const script = `
      const { Store } = await import(${JSON.stringify(join(import.meta.dirname, '../../../server/store/store.ts'))});
      const store = new Store(${JSON.stringify(path)});
      for (let i = 1; ; i++) {
        store.history.addVerdict('a1', 't', { outcome: 'pass', expected: '', seen: String(i), evidence: [], atMs: i, tookMs: 1 });
        if (i % 50 === 0) store.attempts.saveTasks('a1', [{ name: 't', status: 'passed', points: i, openedMs: 1, passedMs: i }], null);
        await new Promise((written) => process.stdout.write(i + '\\n', written));
      }`;
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let reported = '';
      child.stdout.on('data', (data: Buffer) => {
        reported += data.toString();
        if (reported.length > 2000 + round * 777) child.kill('SIGKILL');
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      await new Promise((resolve) => child.once('close', resolve));
      const last = Number(reported.trimEnd().split('\n').at(-1));
      using after = new Store(path);
      const kept = new Set(after.history.verdicts('a1', 't').map((row) => Number(inWords(row.seen))));
      expect(last).toBeGreaterThan(100);
      // The last line may have been cut by the kill: what stands before it was whole.
      expect(kept.has(last) || kept.has(Math.floor(last / 10))).toBe(true);
      for (let i = 1; i < last; i++) if (!kept.has(i)) throw new Error(`verdict ${i} of ${last} is lost`);
    }
  }, 30_000);
});
