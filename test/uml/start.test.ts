/** `npm start -- --kernel uml`: the whole server in a kernel of its own, and nothing of it left behind. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { TestLearner } from '../support/learner.ts';
import { ServerProcess } from '../support/server-process.ts';
import { makeDataDirectory } from '../support/server.ts';
import { until } from '../support/until.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let data: string;
/** Who learned in the kernel of its own, and where. */
let before: { cookie: string; port: string; attempt: string };
beforeAll(() => {
  data = makeDataDirectory();
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** Processes of the kernels that were booted for these data, and of what booted them. */
function processes(): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(join(data, 'uml')) ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

async function expectNothingLeft(): Promise<void> {
  await until(() => processes().length === 0, 'all its processes have ended', 20_000);
  expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(data);
  expect(existsSync('/sys/class/net/uml0')).toBe(false);
  expect(readdirSync(join(data, 'uml'))).toEqual([]);
}

test('a lab with an impaired link is done in it; pages say where they run; it ends as it was asked to', async () => {
  const server = await ServerProcess.start(data, ['--kernel', 'uml']);
  using learner = new TestLearner(server.url);
  await learner.join('Ada');
  expect((await learner.request('/')).text).toContain('>User Mode Linux</span>');
  expect(JSON.parse((await learner.request('/healthz')).text)).toMatchObject({
    status: 'ok',
    kernel: expect.stringMatching(/^6\.1\.\S+ \(User Mode Linux\)$/),
  });
  const { attempt } = await learner.openLab('basics/far-away');
  expect((await learner.start(attempt.id, 60_000)).sandbox.state).toBe('ready');
  const terminal = learner.terminal(attempt.id, 'h1');
  await terminal.see(/root@h1/, 30_000);
  terminal.type('ping -c 3 10.0.1.254\r');
  const summary = await terminal.see(/mdev = [\d.]+\//, 30_000);
  expect(Number(/[\d.]+/.exec(summary)?.[0])).toBeGreaterThan(39);
  terminal.type(
    'tc qdisc add dev eth1 root netem delay 1ms; tc qdisc add dev lo root netem loss 1% && echo has""netem\r',
  );
  await terminal.see(/hasnetem/, 30_000);
  expect(await learner.answer(attempt.id, 'which', 'Far')).toMatchObject({ status: 'passed' });

  // A second server would spoil the database: locks do not reach from one kernel to the other.
  const second = spawnSync('node', ['server/cli/setup/prepare.mjs', 'start', '--data', data], { encoding: 'utf8' });
  expect(second.status).toBe(1);
  expect(second.stderr).toContain(`A server is running on the data in ${data}`);
  expect(processes()).toContain(Number(/\(process (\d+)\)/.exec(second.stderr)?.[1]));

  before = { cookie: learner.cookie, port: new URL(server.url).port, attempt: attempt.id };
  expect(await server.end('SIGINT')).toBe(0);
  await expectNothingLeft();
});

test('progress is there for the next start, in the machine’s kernel; a port that is taken is said', async () => {
  const { cookie, port, attempt } = before;
  await using server = await ServerProcess.start(data, ['--port', port]);
  using learner = new TestLearner(server.url);
  learner.cookie = cookie;
  expect((await learner.view(attempt)).isFinished).toBe(true);
  expect((await learner.request('/')).text).not.toContain('User Mode Linux');
  await expect(ServerProcess.start(join(data, 'other'), ['--kernel', 'uml', '--port', port])).rejects.toThrow(
    /ended with 1/,
  );
});

test.each(['the server', 'what booted it'])(
  '%s is killed: the kernel ends with it, and the port is free',
  async (what) => {
    const server = await ServerProcess.start(data, ['--kernel', 'uml']);
    const { port } = new URL(server.url);
    if (what === 'the server') await server.end('SIGKILL');
    else {
      const boot = processes().find((pid) =>
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('containers/uml/boot'),
      );
      process.kill(boot ?? 0, 'SIGKILL');
    }
    await expectNothingLeft();
    await using next = await ServerProcess.start(data, ['--port', port]);
    expect((await new TestLearner(next.url).request('/healthz')).status).toBe(200);
    await server.end('SIGKILL');
  },
);

test('what does not listen to Ctrl-C is ended by the third, with its kernel', async () => {
  const deaf = 'trap "" INT; echo begun; while :; do :; done';
  const boot = spawn(
    join(import.meta.dirname, '../../containers/uml/boot'),
    ['--memory', '256', '--state', join(data, 'uml'), '--', 'bash', '-c', deaf],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(boot, 'exit');
  let said = '';
  boot.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
  await until(() => said.includes('begun'), 'the command has begun', 60_000);
  for (let times = 0; times < 3; times++) boot.kill('SIGINT');
  await until(async () => boot.exitCode !== null || (boot.kill('SIGINT'), false), 'its end', 20_000);
  expect((await ended)[0]).not.toBe(0);
  await expectNothingLeft();
});
