/**
 * A class on one server: a hundred learners, each with the network of a real lab of three nodes and a terminal. What all of it holds,
 * what the server holds of it, and how long its event loop is kept from others meanwhile, by its own /metrics.
 */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readCgroupHost, SandboxCgroups } from '../../server/sandbox/oci/cgroups.ts';
import { TestLearner } from '../support/learner.ts';
import { ServerProcess } from '../support/server-process.ts';
import { makeDataDirectory } from '../support/server.ts';
import { until } from '../support/until.ts';
import { figuresIn, type Figure } from './figure.ts';
import { kernelMemory, proportionalMemory, residentMemory } from './resident.ts';

const LEARNERS = 100;
const COURSE = join(import.meta.dirname, '../../labs');
/** h1, a router and h2, with captures on both sides, as learners have it. */
const LAB = 'size-matters/fragments-on-the-wire';
const NODES = 3;
const IDLE_MS = 5000;

export async function measureClass(): Promise<Figure[]> {
  const data = makeDataDirectory();
  const learners: TestLearner[] = [];
  try {
    await using server = await ServerProcess.start(data, ['--labs', COURSE, '--max-sandboxes', String(LEARNERS)]);
    // The names by which the server's sandboxes are found (server/main.ts).
    const group = `vethlab-${createHash('sha256').update(data).digest('hex').slice(0, 8)}`;
    const cgroups = new SandboxCgroups(readCgroupHost(), group);
    for (let index = 0; index < LEARNERS; index++) {
      const learner = new TestLearner(server.url);
      learners.push(learner);
      await learner.join(`Learner ${index}`);
    }
    // Lessons are prepared and the kernel is tried behind the back of a server that just started.
    await until(() => isQuiet(server.url), 'a quiet server', 30_000);
    const idle = await delayDuring(server.url, () => delay(IDLE_MS));

    const attempts: string[] = [];
    const openingLabs = await delayDuring(server.url, async () => {
      for (const learner of learners) {
        const { attempt, topology } = await learner.openLab(LAB);
        if (topology.nodes.length !== NODES) throw new Error(`${LAB} has other nodes than it had.`);
        const { sandbox } = await learner.start(attempt.id);
        if (sandbox.state !== 'ready') throw new Error(`A network did not start: ${JSON.stringify(sandbox.reason)}`);
        attempts.push(attempt.id);
      }
    });
    const openingTerminals = await delayDuring(server.url, async () => {
      for (const [index, learner] of learners.entries())
        await learner.terminal(attempts[index] ?? '', 'h1').see(/root@h1/);
    });
    const ofSandboxes = proportionalMemory(cgroups.ids().flatMap((id) => cgroups.processes(id)));
    const ofKernel = kernelMemory(group);
    const memory = figuresIn('MiB');
    const blocking = (name: string, ours: number): Figure => ({
      name,
      ours,
      reference: idle,
      goal: idle * 2,
      unit: 'ms',
      better: 'lower',
    });
    return [
      memory(
        `${LEARNERS} learners of ${NODES} nodes, a terminal each, with the server (PSS, kernel memory)`,
        ofSandboxes + ofKernel + proportionalMemory([server.pid]),
        1536,
      ),
      memory('of this the kernel', ofKernel, null),
      memory(`the server with ${LEARNERS} terminals open (PSS)`, proportionalMemory([server.pid]), 120),
      memory('the same, RSS', residentMemory(server.pid), null),
      blocking(`event loop while ${LEARNERS} labs are opened, p99; idle is the reference`, openingLabs),
      blocking(`event loop while ${LEARNERS} terminals are opened, p99`, openingTerminals),
    ];
  } finally {
    for (const learner of learners) learner[Symbol.dispose]();
    rmSync(data, { recursive: true, force: true });
  }
}

/** The delay of the server's event loop below which 99 % of its turns stayed, in milliseconds; 10 are its measure's own. */
async function delayDuring(url: string, work: () => Promise<unknown>): Promise<number> {
  // Whoever asks begins a new measurement.
  await metric(url, 'nodejs_eventloop_lag_p99_seconds');
  await work();
  return (await metric(url, 'nodejs_eventloop_lag_p99_seconds')) * 1000;
}

/** Whether it used less than a twentieth of a processor for a second. */
async function isQuiet(url: string): Promise<boolean> {
  const before = await metric(url, 'process_cpu_seconds_total');
  await delay(1000);
  return (await metric(url, 'process_cpu_seconds_total')) - before < 0.05;
}

async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', url))).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}
