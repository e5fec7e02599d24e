/** Living pictures: from a packet to the frame that tells of it while 20 learners watch, and what one who watches costs. */
import { rmSync } from 'node:fs';
import type { WebSocket } from 'ws';
import { WatchFrame, type WatchRequest } from '../../server/contract/watch.ts';
import { TestLearner } from '../support/learner.ts';
import type { LearnerTerminal } from '../support/learner-terminal.ts';
import { ServerProcess } from '../support/server-process.ts';
import { makeDataDirectory } from '../support/server.ts';
import { median, percentile, type Figure } from './figure.ts';

const LEARNERS = 20;
const EVENTS = 40;
const MEASURED_MS = 10_000;
const LAB = 'basics/two-hosts';
const LOOK: WatchRequest = {
  type: 'look',
  endpoints: ['h1:eth0', 'h2:eth0'],
  counters: { h1: ['Ip.OutRequests', 'Udp.OutDatagrams', 'eth0.tx_packets', 'Icmp.InEchoReps'] },
};

interface Watching {
  readonly learner: TestLearner;
  readonly attempt: string;
  readonly terminal: LearnerTerminal;
  readonly peer: string;
}

export async function bench(): Promise<Figure[]> {
  const data = makeDataDirectory();
  const learners: TestLearner[] = [];
  try {
    await using server = await ServerProcess.start(data, ['--max-sandboxes', String(LEARNERS), '--pool', '2']);
    const pages: Watching[] = [];
    for (let index = 0; index < LEARNERS; index += 1) {
      const learner = new TestLearner(server.url);
      learners.push(learner);
      pages.push(await open(learner, index));
    }
    // Everybody's network is at work, and each page is open: what looking at the pictures adds is what is measured.
    const idle = await use(server.url);
    const sockets = pages.map(({ learner, attempt }) => learner.socket(`/ws/attempts/${attempt}/watch`));
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('open', resolve))));
    for (const socket of sockets) socket.send(JSON.stringify(LOOK));
    await nextFrame(sockets.at(-1) ?? fail(), () => true);
    const watching = await use(server.url);
    const delays = await delaysOf(pages[0] ?? fail(), sockets[0] ?? fail());
    return [
      {
        name: `packet to frame, ${LEARNERS} watch, p50`,
        ours: median(delays),
        reference: null,
        goal: null,
        unit: 'ms',
        better: 'lower',
      },
      {
        // Of 700 ms to the pixels, the page may take 100.
        name: `packet to frame, ${LEARNERS} watch, p95`,
        ours: percentile(delays, 0.95),
        reference: null,
        goal: 600,
        unit: 'ms',
        better: 'lower',
      },
      {
        name: 'a page that watches, of one core of the server',
        ours: ((watching.cpuSeconds - idle.cpuSeconds) / (MEASURED_MS / 1000) / LEARNERS) * 100,
        reference: null,
        goal: 0.5,
        unit: '%',
        better: 'lower',
      },
      {
        name: 'a page that watches, memory of the server',
        ours: (watching.residentBytes - idle.residentBytes) / LEARNERS / 1024 / 1024,
        reference: null,
        goal: 2,
        unit: 'MiB',
        better: 'lower',
      },
    ];
  } finally {
    for (const learner of learners) learner[Symbol.dispose]();
    rmSync(data, { recursive: true, force: true });
  }
}

async function open(learner: TestLearner, index: number): Promise<Watching> {
  await learner.join(`Learner ${index}`);
  const { attempt, topology } = await learner.openLab(LAB);
  await learner.start(attempt.id);
  learner.watch(attempt.id);
  const peer = topology.links[0]?.endpoints[1].addresses[0]?.split('/')[0] ?? '';
  const terminal = learner.terminal(attempt.id, 'h1');
  await terminal.see(/root@h1/);
  terminal.type(`ping -q -i 0.5 ${peer} > /dev/null & clear\r`);
  await terminal.see(/# $/);
  return { learner, attempt: attempt.id, terminal, peer };
}

/** What the server used in the next seconds, and what it holds after them. */
async function use(url: string): Promise<{ cpuSeconds: number; residentBytes: number }> {
  const read = async () => {
    const text = await (await fetch(new URL('/metrics', url))).text();
    const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
    return {
      cpuSeconds: value('process_cpu_seconds_total'),
      residentBytes: value('process_resident_memory_bytes'),
    };
  };
  const before = await read();
  await new Promise((resolve) => setTimeout(resolve, MEASURED_MS));
  const after = await read();
  return { cpuSeconds: after.cpuSeconds - before.cpuSeconds, residentBytes: after.residentBytes };
}

/** Datagrams of the shell itself: no program has to start between the key and the packet. */
async function delaysOf({ terminal, peer }: Watching, socket: WebSocket): Promise<number[]> {
  const delays: number[] = [];
  for (let event = 0; event < EVENTS; event += 1) {
    // Not in step with the readings.
    await new Promise((resolve) => setTimeout(resolve, 37 * (event % 11)));
    const seen = nextFrame(socket, (frame) => frame.counters['h1']?.['Udp.OutDatagrams'] !== undefined);
    const startMs = performance.now();
    terminal.type(`echo > /dev/udp/${peer}/9\r`);
    await seen;
    delays.push(performance.now() - startMs);
  }
  return delays;
}

function nextFrame(socket: WebSocket, isIt: (frame: WatchFrame & { type: 'state' }) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const hear = (data: Buffer): void => {
      const frame = WatchFrame.parse(JSON.parse(data.toString()));
      if (frame.type !== 'state' || !isIt(frame)) return;
      socket.off('message', hear);
      resolve();
    };
    socket.on('message', hear);
  });
}

function fail(): never {
  throw new Error('Nobody watches.');
}
