/** The server ends, politely or not, and comes again: progress stays, sandboxes go on or are gone, terminals come back. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TestLearner } from '../support/learner.ts';
import { makeDataDirectory } from '../support/server.ts';
import { ServerProcess } from '../support/server-process.ts';

let dataDirectory: string;
let server: ServerProcess | null = null;
beforeEach(() => {
  dataDirectory = makeDataDirectory();
});
afterEach(async () => {
  await server?.end('SIGINT');
  server = null;
  rmSync(dataDirectory, { recursive: true, force: true });
});

function installation(): string {
  return `vethlab-${createHash('sha256').update(dataDirectory).digest('hex').slice(0, 8)}`;
}

function runDirectory(): string {
  return `/run/${installation()}`;
}

/** What is left of the sandboxes of this installation. */
function leftovers(): string[] {
  const name = installation();
  const directory = runDirectory();
  const files = existsSync(directory) ? readdirSync(directory).filter((path) => path !== 'runc') : [];
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .filter((line) => line.includes(name));
  const processes = readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(name);
    } catch {
      return false;
    }
  });
  return [...files, ...mounts, ...processes.map((pid) => `process ${pid}`)];
}

async function untilNothingIsLeft(): Promise<void> {
  for (const until = performance.now() + 5000; leftovers().length > 0;) {
    if (performance.now() > until) throw new Error(`This is left: ${leftovers().join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A learner who has passed one task, with a terminal that shows something. */
async function setUp(): Promise<{ learner: TestLearner; attempt: string }> {
  server = await ServerProcess.start(dataDirectory);
  const learner = new TestLearner(server.url);
  await learner.join('Ada');
  const { attempt } = await learner.openLab('basics/two-hosts');
  learner.watch(attempt.id);
  await learner.start(attempt.id);
  const terminal = learner.terminal(attempt.id, 'h1');
  await terminal.see(/h1.*# /);
  terminal.type('ip link set eth0 mtu 1400; touch /root/mine\n');
  await learner.waitFor(attempt.id, (view) =>
    view.tasks.some((task) => task.name === 'stay_up' && task.status === 'passed'),
  );
  return { learner, attempt: attempt.id };
}

/** The same learner at the server that came again, on whatever port. */
function again(learner: TestLearner, url: string): TestLearner {
  const next = new TestLearner(url);
  next.cookie = learner.cookie.replace(/^vethlab-\d+/, `vethlab-${new URL(url).port}`);
  return next;
}

test('a server that is stopped as soon as it is there leaves nothing, also of its trial of the kernel', async () => {
  for (const waitMs of [0, 150, 400]) {
    const early = await ServerProcess.start(dataDirectory);
    // Into different moments of the trial.
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    await early.end('SIGINT');
    await untilNothingIsLeft();
  }
});

describe('a server that comes again', () => {
  test.each(['SIGKILL', 'SIGTERM'] as const)(
    'after %s it takes over sandboxes, progress and baselines; terminals are new shells',
    async (signal) => {
      const { learner, attempt } = await setUp();
      await server?.end(signal);
      learner[Symbol.dispose]();
      server = await ServerProcess.start(dataDirectory);
      expect(server.startedInMs).toBeLessThan(4000);
      const back = again(learner, server.url);
      const view = await back.view(attempt);
      expect(view.sandbox.state).toBe('ready');
      expect(view.sandbox.reason).toContain('started anew');
      expect(view.tasks.find((task) => task.name === 'stay_up')?.status).toBe('passed');
      const terminal = back.terminal(attempt, 'h1');
      await terminal.see(/h1.*# /, 2000);
      expect(terminal.notices[0]).toMatchObject({ type: 'screen', isNewShell: true });
      terminal.type('ls /root\n');
      await terminal.see(/mine/);
      // Judging goes on with the old baselines.
      back.watch(attempt);
      terminal.type('ip link set eth0 mtu 1500\n');
      await back.waitFor(
        attempt,
        (next) => next.tasks.some((task) => task.name === 'stay_up' && task.status === 'lapsed'),
        5000,
      );
      back[Symbol.dispose]();
      expect(await server.end('SIGINT')).toBe(0);
      await untilNothingIsLeft();
    },
  );

  test('after Ctrl-C nothing is left, and progress stays', async () => {
    const { learner, attempt } = await setUp();
    expect(await server?.end('SIGINT')).toBe(0);
    await untilNothingIsLeft();
    expect(existsSync(runDirectory())).toBe(false);
    learner[Symbol.dispose]();
    server = await ServerProcess.start(dataDirectory);
    const view = await again(learner, server.url).view(attempt);
    expect(view.sandbox).toMatchObject({ state: 'ended', reason: 'It ended because the server was stopped.' });
    expect(view.tasks.find((task) => task.name === 'stay_up')?.status).toBe('passed');
  });

  test('what nobody claims any more is ended: a sandbox whose attempt is unknown', async () => {
    const { learner } = await setUp();
    await server?.end('SIGKILL');
    learner[Symbol.dispose]();
    for (const name of readdirSync(dataDirectory))
      if (name.startsWith('vethlab.db')) rmSync(`${dataDirectory}/${name}`);
    server = await ServerProcess.start(dataDirectory);
    await untilNothingIsLeft();
  });

  test('two servers do not share a data folder', async () => {
    server = await ServerProcess.start(dataDirectory);
    await expect(ServerProcess.start(dataDirectory)).rejects.toThrow(/ended with 1/);
  });
});

describe('a sandbox that nobody uses', () => {
  test('is announced, can be kept, and ends with words', async () => {
    server = await ServerProcess.start(dataDirectory, ['--idle-minutes', '0.06', '--idle-warning-minutes', '0.03']);
    const learner = new TestLearner(server.url);
    await learner.join('Ada');
    const { attempt } = await learner.openLab('basics/alone');
    const { frames } = learner.watch(attempt.id);
    await learner.start(attempt.id);
    const warned = await learner.waitFor(attempt.id, (view) => view.sandbox.isEndingSoon);
    const kept = await learner.request(`/api/attempts/${attempt.id}/extend`, { method: 'POST' });
    expect(kept.status).toBe(200);
    const later = await learner.view(attempt.id);
    expect(later.sandbox.endsAtMs ?? 0).toBeGreaterThan(warned.sandbox.endsAtMs ?? Infinity);
    expect(later.sandbox.isEndingSoon).toBe(false);
    const ended = await learner.waitFor(attempt.id, (view) => view.sandbox.state === 'ended');
    expect(ended.sandbox.reason).toContain('without input');
    expect(frames.some((frame) => frame.type === 'sandbox' && frame.sandbox.isEndingSoon)).toBe(true);
    await untilNothingIsLeft();
    learner[Symbol.dispose]();
  });
});
