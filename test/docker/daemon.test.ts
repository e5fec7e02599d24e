/** Sandboxes and the daemon that crashes under them. Runs on a daemon of its own. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { inWords } from '../../server/base/sentence.ts';
import { SandboxManager } from '../../server/sandbox/sandbox-manager.ts';
import {
  buildImages,
  NO_NETWORK,
  startOwnDaemon,
  startTestDocker,
  type OwnDaemon,
  type TestDocker,
} from '../support/docker.ts';
import { line, testLimits } from '../support/sandbox.ts';
import { until } from '../support/until.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 });

let daemon: OwnDaemon;
let subject: TestDocker;
let manager: SandboxManager;

async function begin(args: readonly string[]): Promise<void> {
  daemon = await startOwnDaemon([...NO_NETWORK, ...args]);
  subject = startTestDocker(daemon);
  manager = new SandboxManager({ runtime: subject.runtime, limits: testLimits, poolSize: 0, capacity: 5 });
}

async function end(): Promise<void> {
  await manager[Symbol.asyncDispose]();
  await subject[Symbol.asyncDispose]();
  await daemon[Symbol.asyncDispose]();
}

beforeAll(async () => {
  await using first = await startOwnDaemon(NO_NETWORK);
  buildImages(first, ['lab']);
});
afterAll(() => end());

test('where containers outlive their daemon (live-restore), the sandbox goes on, for this server and the next', async () => {
  await begin(['--live-restore']);
  const sandbox = await manager.start(line(2), { id: 'lives' });
  await sandbox.run('node', 'h1', 'touch /root/mine');
  await daemon.crash();
  const answer = await until(
    () => sandbox.run('node', 'h1', 'ls /root; ping -c1 -W2 h2 | grep -o "1 received"').catch(() => null),
    'an answer through another daemon',
    30_000,
  );
  expect(answer.stdout).toBe('mine\n1 received\n');
  await using next = subject.again();
  expect((await next.list()).map(({ id }) => id)).toHaveLength(1);
  await sandbox.stop('Done.');
  expect(await subject.containers()).toEqual([]);
  await end();
});

test('where they end with it, the sandbox says so, others start, and nothing is left', async () => {
  await begin([]);
  const sandbox = await manager.start(line(2), { id: 'ends' });
  await daemon.crash();
  expect(inWords(await sandbox.ended)).toMatch(/^The sandbox (ended by itself|was removed)/);
  const other = await manager.start(line(2), { id: 'other' });
  expect((await other.run('node', 'h1', 'ping -c1 -W2 h2')).exitCode).toBe(0);
  await other.stop('Done.');
  await subject.again().list();
  await until(async () => (await subject.containers()).length === 0, 'no container is left');
});
