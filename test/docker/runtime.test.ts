/** The docker adapter against a real daemon: what every Runtime must do, and what is Docker's own. */
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { inWords } from '../../server/base/sentence.ts';
import { DockerRuntime } from '../../server/sandbox/docker/docker-runtime.ts';
import type { Runtime } from '../../server/sandbox/runtime.ts';
import { SandboxManager } from '../../server/sandbox/sandbox-manager.ts';
import { describeRuntime, read } from '../runtime/runtime-suite.ts';
import {
  buildImages,
  LAB_IMAGE,
  startTestDaemon,
  startTestDocker,
  type TestDaemon,
  type TestDocker,
} from '../support/docker.ts';
import { line, testLimits } from '../support/sandbox.ts';
import { until } from '../support/until.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 600_000 });

let daemon: TestDaemon;
let left: string[] = [];

beforeAll(async () => {
  daemon = await startTestDaemon();
  buildImages(daemon, ['lab']);
});
afterAll(async () => {
  await daemon[Symbol.asyncDispose]();
});

describeRuntime('docker', () => {
  const subject = startTestDocker(daemon);
  return {
    runtime: watched(subject),
    again: () => subject.again(),
    leftovers: () => left,
    [Symbol.asyncDispose]: () => subject[Symbol.asyncDispose](),
  };
});

/** The suite looks for leftovers at once; here a daemon has to be asked, so it is asked when a sandbox has stopped. */
function watched(subject: TestDocker): Runtime {
  return {
    name: 'docker',
    async start(spec) {
      const outer = await subject.runtime.start(spec);
      const stop = outer.stop.bind(outer);
      outer.stop = async () => {
        await stop();
        left = await subject.containers();
      };
      return outer;
    },
    list: () => subject.runtime.list(),
    [Symbol.asyncDispose]: () => subject.runtime[Symbol.asyncDispose](),
  };
}

describe('docker', () => {
  let subject: TestDocker;
  beforeAll(() => {
    subject = startTestDocker(daemon);
  });
  afterAll(async () => {
    await subject[Symbol.asyncDispose]();
  });

  const manage = (runtime: Runtime): SandboxManager =>
    new SandboxManager({ runtime, limits: testLimits, poolSize: 0, capacity: 30 });

  test('runs a topology, with terminals that have a name in their node', async () => {
    await using manager = manage(subject.runtime);
    const sandbox = await manager.start(line(3), { id: 'line', captures: [{ node: 'r1', interface: 'eth1' }] });
    const ping = await sandbox.run('node', 'h1', 'ping -c1 -W2 10.0.2.2');
    expect(ping).toMatchObject({ exitCode: 0, stderr: '' });
    const capture = await sandbox.startCapture({ node: 'r1', interface: 'eth1' });
    await until(async () => (await capture.readSince(null)).records.length > 100, 'the ping in the capture');
    const counters = await sandbox.readProc(['h1', 'h2'], ['net/snmp', 'net/nothing']);
    expect(counters.get('h1')?.[0]).toContain('Icmp:');
    expect(counters.get('h2')?.[1]).toBeNull();

    const pty = await sandbox.openTerminal('h1', { columns: 91, rows: 23 });
    const seen = read(pty);
    const exit = new Promise<number>((resolve) => pty.onExit(resolve));
    pty.write('tty; stty size\n');
    await until(() => /\/dev\/pts\/\d+\r\n23 91/.test(seen.text), 'its name and size');
    pty.resize({ columns: 132, rows: 40 });
    pty.write('stty size; exit 3\n');
    await until(() => seen.text.includes('40 132'), 'its new size');
    expect(await exit).toBe(3);

    // Output that nobody takes waits in the sandbox, and Ctrl-C comes through all the same.
    const flood = await sandbox.openTerminal('h2', { columns: 80, rows: 24 });
    let bytes = 0;
    let tail = '';
    flood.onData((data) => {
      bytes += data.length;
      tail = (tail + Buffer.from(data).toString()).slice(-200);
    });
    flood.write('yes\n');
    await until(() => bytes > 1_000_000, 'the flood');
    flood.pause();
    const before = bytes;
    flood.write('\x03');
    flood.resume();
    await until(() => tail.includes('^C') && /h2.*# $/.test(tail), 'the prompt after Ctrl-C');
    expect(bytes - before).toBeLessThan(8 << 20);
    flood.kill();
    await sandbox.stop('The test is over.');
    expect(await subject.containers()).toEqual([]);
  });

  test('a server that starts again takes over what runs, also when its gate was ended', async () => {
    await using first = manage(subject.runtime);
    const sandbox = await first.start(line(3), { id: 'kept' });
    await sandbox.run('node', 'h1', 'touch /root/mine');
    await subject.runtime[Symbol.asyncDispose]();
    await using runtime = subject.again();
    await using second = manage(runtime);
    const [found] = await second.adopt();
    expect(found?.id).toBe('kept');
    expect(await found?.run('node', 'h1', 'ls /root')).toMatchObject({ stdout: 'mine\n' });
    // Nobody but the host can end a gate; the next request opens another.
    const [outer] = await runtime.list();
    const gates = outer?.exec(['bash', '-c', 'kill -KILL $PPID']);
    expect(await gates?.exit).toBe(137);
    await until(
      () =>
        found?.run('node', 'h1', 'ls /root').then(
          ({ stdout }) => stdout === 'mine\n',
          () => false,
        ),
      'an answer through a new gate',
    );
    await found?.stop('The test is over.');
    expect(await subject.containers()).toEqual([]);
  });

  test('tells when a container is killed from outside, and the next list removes it', async () => {
    await using runtime = subject.again();
    const outer = await runtime.start({ id: 'doomed', limits: testLimits });
    const [name = ''] = await subject.containers();
    await subject.docker.getContainer(name.slice(1)).kill();
    expect(inWords(await outer.ended)).toContain('ended by itself');
    await subject.again().list();
    expect(await subject.containers()).toEqual([]);
  });

  test('the ceilings of the spec are those of the container, and it has no network and no further privilege', async () => {
    await using runtime = subject.again();
    const outer = await runtime.start({ id: 'bounded', limits: testLimits });
    const [name = ''] = await subject.containers();
    const { HostConfig } = await subject.docker.getContainer(name.slice(1)).inspect();
    expect(HostConfig).toMatchObject({
      Memory: testLimits.memoryBytes,
      MemorySwap: testLimits.memoryBytes,
      PidsLimit: testLimits.pids,
      NanoCpus: testLimits.cpus * 1e9,
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      Privileged: false,
      CapDrop: ['ALL'],
    });
    const [status] = await outer.readFiles(['/proc/1/status']);
    expect(status?.toString()).toMatch(/NoNewPrivs:\t1\nSeccomp:\t2\n/);
    expect(status?.toString()).toContain('CapBnd:\t00000000002431c4');
    // The lab has lower ones, so that nothing in it starves the agents.
    const lab = outer.exec(['bash', '-c', 'cat /run/vethlab/cgroups/*/lab/pids.max']);
    lab.stdin.end();
    expect(await text(lab.stdout)).toBe('192\n');
    await outer.stop();
  });

  test('says in words what is missing', async () => {
    const options = {
      socketPath: daemon.socketPath,
      image: LAB_IMAGE,
      scripts: 'containers/lab',
      installation: 'vethlab-test-no',
    };
    const none = new DockerRuntime({ ...options, socketPath: '/nowhere/docker.sock' });
    await expect(none.check()).rejects.toMatchObject({
      code: 'runtime_missing',
      message: 'Sandboxes cannot be started: no Docker answers on /nowhere/docker.sock.',
    });
    const missing = new DockerRuntime({ ...options, image: 'vethlab-lab:nothing' });
    const expected = {
      code: 'runtime_missing',
      message: expect.stringContaining('no image called vethlab-lab:nothing'),
    };
    await expect(missing.check()).rejects.toMatchObject(expected);
    await expect(missing.start({ id: 'none', limits: testLimits })).rejects.toMatchObject(expected);
  });

  test('twenty at once, and nothing is left', async () => {
    await using runtime = subject.again();
    const ids = Array.from({ length: 20 }, (_, index) => `many${index}`);
    const outers = await Promise.all(ids.map((id) => runtime.start({ id, limits: testLimits })));
    expect(await subject.containers()).toHaveLength(20);
    await Promise.all(outers.map((outer) => outer.stop()));
    expect(await subject.containers()).toEqual([]);
  });
});
