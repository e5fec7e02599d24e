import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { inWords } from '../../server/base/sentence.ts';
import type { LabSandbox } from '../../server/sandbox/lab-sandbox.ts';
import type { OciOuter } from '../../server/sandbox/oci/oci-outer.ts';
import { SandboxManager } from '../../server/sandbox/sandbox-manager.ts';
import { leftovers } from '../support/leftovers.ts';
import { line, startTestRuntime, testLimits, type TestRuntime } from '../support/sandbox.ts';
import { until } from '../support/until.ts';

vi.setConfig({ testTimeout: 90_000 });

function open(options: { poolSize?: number; capacity?: number; name?: string } = {}): {
  manager: SandboxManager;
  subject: TestRuntime;
} {
  const subject = startTestRuntime(options.name);
  const manager = new SandboxManager({
    runtime: subject.runtime,
    limits: testLimits,
    poolSize: options.poolSize ?? 0,
    capacity: options.capacity ?? 50,
  });
  onTestFinished(async () => {
    await manager[Symbol.asyncDispose]();
    await subject[Symbol.asyncDispose]();
    expect(leftovers(subject)).toEqual([]);
  }, 60_000);
  return { manager, subject };
}

/** Starts test/support/sandbox-server.ts; what it says so far is in `said`. */
function startServer(name: string, count: number, pool = 0): { child: ChildProcess; said: () => string } {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../support/sandbox-server.ts'), name, String(count), String(pool)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let text = '';
  child.stdout?.on('data', (bytes: Buffer) => {
    text += bytes.toString();
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, said: () => text };
}

test('takes from the pool and refills it; more than the capacity is refused with a clear word', async () => {
  const { manager } = open({ poolSize: 2, capacity: 2 });
  await manager.fillPool();
  expect(manager.counts()).toEqual({ running: 0, starting: 0, pooled: 2 });
  await manager.start(line(2), { id: 'a' });
  await manager.start(line(2), { id: 'b' });
  await expect(manager.start(line(2), { id: 'c' })).rejects.toMatchObject({
    code: 'capacity',
    message: 'All 2 networks of this server are in use.',
  });
  await expect(manager.start(line(2), { id: 'a' })).rejects.toMatchObject({ code: 'conflict' });
  await until(() => manager.counts().pooled === 2, 'a full pool');
});

test('an outer context that dies in the pool is replaced', async () => {
  const { manager, subject } = open({ poolSize: 1 });
  await manager.fillPool();
  const [pooled] = (await subject.runtime.list()) as OciOuter[];
  process.kill(pooled!.pid, 'SIGKILL');
  await until(async () => {
    const [now] = await subject.runtime.list();
    return manager.counts().pooled === 1 && now !== undefined && now.id !== pooled!.id;
  }, 'another one');
  expect((await (await manager.start(line(2), { id: 'x' })).run('node', 'h1', 'true')).exitCode).toBe(0);
});

test('reports each step, nodes one by one, with rising times', async () => {
  const { manager } = open();
  const steps: string[] = [];
  let last = 0;
  await manager.start(line(3), {
    id: 'x',
    captures: [{ node: 'h1', interface: 'eth0' }],
    onProgress: ({ step, node, elapsedMs }) => {
      steps.push(node ? `${step} ${node}` : step);
      expect(elapsedMs).toBeGreaterThanOrEqual(last);
      last = elapsedMs;
    },
  });
  expect(steps).toEqual([
    'container',
    'lab',
    'nodes h1',
    'nodes r1',
    'nodes h2',
    'network h1',
    'network r1',
    'network h2',
    'captures',
    'ready',
  ]);
});

test('twenty at once', async () => {
  const { manager } = open();
  const sandboxes = await Promise.all(
    Array.from({ length: 20 }, (_, index) => manager.start(line(3), { id: `s${index}` })),
  );
  const pings = await Promise.all(sandboxes.map((sandbox) => sandbox.run('node', 'h1', 'ping -c1 -W5 h2')));
  expect(pings.map(({ exitCode }) => exitCode)).toEqual(Array.from({ length: 20 }, () => 0));
  await Promise.all(sandboxes.map((sandbox) => sandbox.stop('Done.')));
});

test('a sandbox whose first process is killed ends with words and is cleared away', async () => {
  const { manager, subject } = open();
  const sandbox = (await manager.start(line(2), { id: 'x' })) as LabSandbox;
  process.kill((sandbox.outer as OciOuter).pid, 'SIGKILL');
  expect(inWords(await sandbox.ended)).toContain('ended by itself');
  await until(() => leftovers(subject).length === 0, 'nothing left');
});

test('killing any of the platform’s own processes ends the sandbox or changes nothing', async () => {
  const { manager, subject } = open();
  const probe = (await manager.start(line(2), {
    id: 'probe',
    captures: [{ node: 'h1', interface: 'eth0' }],
  })) as LabSandbox;
  const { stdout } = await probe.run('outer', null, 'ps -eo pid=,args= | grep -v "ps -eo"');
  const helpers = stdout.trim().split('\n').length - 2;
  await probe.stop('Next.');
  for (let index = 0; index < helpers; index++) {
    const sandbox = (await manager.start(line(2), {
      id: `k${index}`,
      captures: [{ node: 'h1', interface: 'eth0' }],
    })) as LabSandbox;
    const members = (sandbox.outer as OciOuter).processes();
    process.kill(members[index % members.length] ?? 0, 'SIGKILL');
    const outcome = await Promise.race([
      sandbox.ended.then(() => 'ended'),
      until(
        () =>
          sandbox.run('node', 'h1', 'ping -c1 -W2 h2').then(
            ({ exitCode }) => exitCode === 0,
            () => false,
          ),
        'usable',
        5000,
      ).then(
        () => 'usable',
        () => 'hung',
      ),
    ]);
    expect(['ended', 'usable']).toContain(outcome);
    await sandbox.stop('Next.');
  }
  await until(() => leftovers(subject).length === 0, 'nothing left');
});

test('after kill -9 of the server the next one finds sandboxes with their captures, and ends what waited in the pool', async () => {
  const name = randomBytes(4).toString('hex');
  const server = startServer(name, 2, 1);
  await until(() => server.said().includes('ready'), 'the server', 60_000);
  server.child.kill('SIGKILL');
  const { manager, subject } = open({ name });
  const before = performance.now();
  const adopted = await manager.adopt();
  expect(performance.now() - before).toBeLessThan(5000);
  expect(adopted.map(({ id }) => id).sort()).toEqual(['lab0', 'lab1']);
  const [first] = adopted;
  expect(first?.topology.nodes.map(({ name: node }) => node)).toEqual(['h1', 'h2']);
  const capture = await first!.startCapture({ node: 'h1', interface: 'eth0' });
  const { cursor } = await capture.readSince(null);
  expect((await first!.run('node', 'h1', 'ping -c1 -W2 h2')).exitCode).toBe(0);
  await until(async () => (await capture.readSince(cursor)).records.length > 0, 'a frame');
  await until(() => leftovers(subject).filter((text) => text.includes('bundle')).length === 2, 'the pool to be ended');
  for (const sandbox of adopted) await sandbox.stop('Done.');
});

test('a server killed at any moment of its start leaves nothing that the next one does not clear up', async () => {
  const name = randomBytes(4).toString('hex');
  for (const afterMs of [150, 250, 350, 450, 600, 800]) {
    const server = startServer(name, 3, 2);
    await delay(afterMs);
    server.child.kill('SIGKILL');
  }
  const { manager, subject } = open({ name });
  for (const sandbox of await manager.adopt()) await sandbox.stop('Done.');
  await manager.reap();
  await until(() => leftovers(subject).length === 0, 'nothing left', 20_000);
});
