/** Starting a lab: built, addressed, first ping answered; beside the same network made by `unshare` and `ip -batch` in the same run. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Topology } from '../../server/network/topology.ts';
import { bundleConfig } from '../../server/sandbox/oci/bundle.ts';
import { SandboxManager } from '../../server/sandbox/sandbox-manager.ts';
import { leftovers } from '../support/leftovers.ts';
import { line, star, startTestRuntime, testLimits, testRootfs, type TestRuntime } from '../support/sandbox.ts';
import { until } from '../support/until.ts';
import { median, type Figure } from './figure.ts';

const ROUNDS = 9;
/** One that waited for an address to be asked for again. */
const SLOW_PING_MS = 900;

interface Case {
  readonly name: string;
  readonly topology: Topology;
  readonly target: string;
  readonly raw: readonly [kind: 'line' | 'star', count: number];
  /** Goal from the pool and cold (beyond the container's start), as a share of the raw way: goals were set beside it. */
  readonly pooledShare: number;
  readonly coldShare: number;
}

// The raw way took 36, 69 and 131 ms where the goals of 32, 63, 144 (pool) and 80, 106, 192 ms (cold) were set.
const cases: readonly Case[] = [
  {
    name: 'line of 3',
    topology: line(3),
    target: '10.0.2.2',
    raw: ['line', 3],
    pooledShare: 32 / 36,
    coldShare: 80 / 36,
  },
  {
    name: 'line of 10',
    topology: line(10),
    target: '10.0.9.2',
    raw: ['line', 10],
    pooledShare: 63 / 69,
    coldShare: 106 / 69,
  },
  {
    name: 'star of 30',
    topology: star(30),
    target: '10.0.0.9',
    raw: ['star', 30],
    pooledShare: 144 / 131,
    coldShare: 192 / 131,
  },
];

export async function bench(): Promise<Figure[]> {
  await using test = startTestRuntime();
  const container = await bareContainer(test);
  const figures: Figure[] = [];
  const stops: number[] = [];
  const pings: number[] = [];
  for (const { name, topology, target, raw, pooledShare, coldShare } of cases) {
    const reference: number[] = [];
    const pooled: number[] = [];
    const cold: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await settle(test);
      reference.push(
        Number(execFileSync(join(import.meta.dirname, 'raw-network.sh'), raw.map(String), { encoding: 'utf8' })),
      );
      for (const poolSize of [1, 0]) {
        await using manager = new SandboxManager({ runtime: test.runtime, limits: testLimits, poolSize, capacity: 2 });
        await manager.fillPool();
        const before = performance.now();
        const sandbox = await manager.start(topology, { id: 'bench' });
        const beforePing = performance.now();
        const { exitCode } = await sandbox.run('net', 'h1', `ping -c1 -W1 ${target}`);
        if (exitCode !== 0) throw new Error(`The first ping of ${name} was not answered.`);
        pings.push(performance.now() - beforePing);
        (poolSize === 1 ? pooled : cold).push(performance.now() - before);
        const beforeStop = performance.now();
        await sandbox.stop('Measured.');
        stops.push(performance.now() - beforeStop);
      }
    }
    const raws = median(reference);
    figures.push(
      {
        name: `${name}, from the pool`,
        ours: median(pooled),
        reference: raws,
        goal: raws * pooledShare,
        unit: 'ms',
        better: 'lower',
      },
      {
        name: `${name}, cold`,
        ours: median(cold),
        reference: raws,
        goal: raws * coldShare + container,
        unit: 'ms',
        better: 'lower',
      },
    );
  }
  figures.push({
    name: `first pings of ${pings.length} that took longer than ${SLOW_PING_MS} ms`,
    ours: pings.filter((tookMs) => tookMs > SLOW_PING_MS).length,
    reference: null,
    goal: 0,
    unit: '',
    better: 'lower',
  });
  figures.push({
    name: 'teardown, all processes gone and groups freed',
    ours: median(stops),
    reference: null,
    goal: 10,
    unit: 'ms',
    better: 'lower',
  });
  return figures;
}

/** The kernel takes network namespaces apart after their end, holding the lock that making needs: let it finish. */
async function settle(test: TestRuntime): Promise<void> {
  await until(() => leftovers(test).length === 0, 'the last sandbox to be gone');
  execFileSync('unshare', ['--net', 'ip', 'link', 'add', 'v0', 'type', 'veth']);
}

/** Median of `runc run` of the same configuration with nothing but sleep in it. */
async function bareContainer(test: TestRuntime): Promise<number> {
  const bundle = join(test.runDirectory, 'bare');
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    mkdirSync(bundle, { recursive: true });
    const config = bundleConfig({
      id: 'bare',
      rootfs: testRootfs(),
      scripts: bundle,
      cgroupsPath: `/${test.cgroup}-bare`,
      labCgroups: new Map(),
      seccomp: undefined,
      diskBytes: 0,
      inodes: 0,
      hasTun: false,
      openFiles: 1024,
    }) as { process: { args: string[] } };
    config.process.args = ['/usr/bin/sleep', 'infinity'];
    writeFileSync(join(bundle, 'config.json'), JSON.stringify(config));
    const before = performance.now();
    const pidFile = join(bundle, 'pid');
    execFileSync('runc', ['--root', bundle, 'run', '--detach', '--bundle', bundle, '--pid-file', pidFile, 'bare'], {
      stdio: 'ignore',
    });
    samples.push(performance.now() - before);
    process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL');
    execFileSync('runc', ['--root', bundle, 'delete', '--force', 'bare'], { stdio: 'ignore' });
    rmSync(bundle, { recursive: true });
  }
  return Promise.resolve(median(samples));
}
