/** The runtime docker: starts beside a bare `docker run` of the same image, reading, and what a terminal carries. */
import { execFileSync } from 'node:child_process';
import { PROC_COUNTER_FILES } from '../../server/observe/proc-counters.ts';
import { SandboxManager } from '../../server/sandbox/sandbox-manager.ts';
import type { Sandbox } from '../../server/sandbox/sandbox.ts';
import { buildImages, dockerEnvironment, LAB_IMAGE, startTestDaemon, startTestDocker } from '../support/docker.ts';
import type { TestDaemon, TestDocker } from '../support/docker.ts';
import { line, testLimits } from '../support/sandbox.ts';
import { TestTerminalClient } from '../support/terminal-client.ts';
import { startTerminalServer } from '../support/terminal-server.ts';
import { until } from '../support/until.ts';
import { clientEchoes } from './echo.ts';
import { median, percentile, type Figure } from './figure.ts';

const ROUNDS = 9;
const READS = 50;
const OUTPUT_BYTES = 64 << 20;

export async function bench(): Promise<Figure[]> {
  await using daemon = await startTestDaemon();
  buildImages(daemon, ['lab']);
  await using docker = startTestDocker(daemon);
  return [...(await starts(daemon, docker)), ...(await use(docker))];
}

/** Until the first ping is answered; the two in turns, so that other work on the machine meets both. */
async function starts(daemon: TestDaemon, docker: TestDocker): Promise<Figure[]> {
  const bare: number[] = [];
  const cold: number[] = [];
  const pooled: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(bareRun(daemon));
    for (const poolSize of [0, 1]) {
      await using manager = new SandboxManager({ runtime: docker.runtime, limits: testLimits, poolSize, capacity: 2 });
      await manager.fillPool();
      const before = performance.now();
      const sandbox = await manager.start(line(3), { id: 'bench' });
      const { exitCode } = await sandbox.run('net', 'h1', 'ping -c1 -W1 10.0.2.2');
      if (exitCode !== 0) throw new Error('The first ping was not answered.');
      (poolSize === 0 ? cold : pooled).push(performance.now() - before);
      await sandbox.stop('Measured.');
    }
  }
  const reference = median(bare);
  const common = { unit: 'ms', better: 'lower' } as const;
  return [
    { name: 'line of 3, cold', ours: median(cold), reference, goal: reference * 1.25, ...common },
    { name: 'line of 3, from the pool', ours: median(pooled), reference, goal: 100, ...common },
  ];
}

/** Milliseconds of `docker run` with nothing in it, until its process runs. */
function bareRun(daemon: TestDaemon): number {
  const env = dockerEnvironment(daemon);
  const before = performance.now();
  const id = execFileSync(
    'docker',
    ['run', '--detach', '--network', 'none', '--entrypoint', '/usr/bin/sleep', LAB_IMAGE, 'infinity'],
    { env, encoding: 'utf8' },
  ).trim();
  const took = performance.now() - before;
  execFileSync('docker', ['rm', '--force', id], { env, stdio: 'ignore' });
  return took;
}

async function use(docker: TestDocker): Promise<Figure[]> {
  await using manager = new SandboxManager({ runtime: docker.runtime, limits: testLimits, poolSize: 0, capacity: 2 });
  const sandbox = await manager.start(line(10), { id: 'used' });
  const nodes = sandbox.topology.nodes.map(({ name }) => name);
  const reads: number[] = [];
  for (let round = 0; round < READS; round++) {
    const before = performance.now();
    await sandbox.readProc(nodes, PROC_COUNTER_FILES);
    reads.push(performance.now() - before);
  }
  const megabytesPerSecond = await output(sandbox);
  const echoes = await echoesThroughServer(sandbox);
  await sandbox.stop('Measured.');
  return [
    {
      name: 'counters of 10 nodes, four files each',
      ours: median(reads),
      reference: null,
      goal: 8,
      unit: 'ms',
      better: 'lower',
    },
    {
      name: 'output of a terminal',
      ours: megabytesPerSecond,
      reference: null,
      goal: 37,
      unit: 'MB/s',
      better: 'higher',
    },
    ...echoes,
  ];
}

/** One and a half times what it may be without Docker in between (terminals.ts). */
async function echoesThroughServer(sandbox: Sandbox): Promise<Figure[]> {
  await using server = await startTerminalServer((size) => sandbox.openTerminal('h1', size));
  using client = new TestTerminalClient(`${server.url}/h1/0?columns=100&rows=30`);
  await client.opened;
  const times = await clientEchoes(client);
  const common = { reference: null, unit: 'ms', better: 'lower' } as const;
  return [
    { name: 'echo p50, bash', ours: median(times), goal: 1.3 * 1.5, ...common },
    { name: 'echo p99, bash', ours: percentile(times, 0.99), goal: 5 * 1.5, ...common },
  ];
}

async function output(sandbox: Sandbox): Promise<number> {
  const pty = await sandbox.openTerminal('h1', { columns: 80, rows: 24 });
  let bytes = 0;
  pty.onData((data) => {
    bytes += data.length;
  });
  await until(() => bytes > 0, 'the prompt');
  const start = bytes;
  const before = performance.now();
  pty.write(`yes 'a line of some length, as programs write them' | head -c ${OUTPUT_BYTES}\n`);
  await until(() => bytes - start > OUTPUT_BYTES, 'all of the output', 60_000);
  const took = performance.now() - before;
  pty.kill();
  return (bytes - start) / 1e6 / (took / 1000);
}
