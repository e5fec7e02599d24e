/** Judging and watching: counting in captures, reading counters, checks; beside tshark, tcpdump and nsenter in the same run. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeTree, takeBaseline } from '../../server/check/judge.ts';
import { checkKinds } from '../../server/check/registry.ts';
import { checkTreeSchema } from '../../server/check/tree.ts';
import { FrameBuffer } from '../../server/observe/frame-buffer.ts';
import type { Observer } from '../../server/observe/observer.ts';
import { PROC_COUNTER_FILES } from '../../server/observe/proc-counters.ts';
import { createObserver } from '../../server/observe/sandbox-observer.ts';
import { writePcap } from '../../server/packet/pcap-write.ts';
import { SandboxManager } from '../../server/sandbox/sandbox-manager.ts';
import type { Sandbox } from '../../server/sandbox/sandbox.ts';
import { line, startTestRuntime, testLimits } from '../support/sandbox.ts';
import { median, type Figure } from './figure.ts';
import { taskTurns } from './task-turns.ts';

const FRAMES = 10_000;
const ROUNDS = 9;
const NODES = 10;

/** 10,000 UDP, ICMP and TCP frames from h1. */
const SENDER = `
import socket, struct, time
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW); s.bind(('eth0', 0))
def ip(proto, body, flags=0): return struct.pack('!BBHHHBBH4s4s', 0x45, 0, 20 + len(body), 7, flags, 64, proto, 0, bytes([10,0,1,1]), bytes([10,0,1,2])) + body
eth = b'\\x02' * 6 + b'\\x04' * 6 + b'\\x08\\x00'
kinds = [ip(17, struct.pack('!HHHH', 1000, 2000, 108, 0) + b'x' * 100), ip(1, struct.pack('!BBHHH', 8, 0, 0, 1, 1) + b'x' * 56), ip(1, b'y' * 500, 0x2000), ip(6, struct.pack('!HHIIBBHHH', 1000, 80, 1, 1, 0x50, 0x18, 500, 0, 0) + b'GET / HTTP/1.1\\r\\n\\r\\n')]
for n in range(${FRAMES}):
    s.send(eth + kinds[n % 4])
    # A busy machine must not make the capture lose frames.
    if n % 200 == 0: time.sleep(0.005)
`;

export async function bench(): Promise<Figure[]> {
  await using runtime = startTestRuntime();
  await using manager = new SandboxManager({ runtime: runtime.runtime, limits: testLimits, poolSize: 0, capacity: 4 });
  const captures = [{ node: 'r1', interface: 'eth0' }];
  const sandbox = await manager.start(line(NODES), { id: 'bench-judging', captures });
  using observer = createObserver(sandbox);
  return [
    ...(await countFrames(sandbox, observer)),
    ...(await readCounters(sandbox)),
    ...(await judgeChecks(observer)),
    ...(await taskTurns()),
  ];
}

async function countFrames(sandbox: Sandbox, observer: Observer): Promise<Figure[]> {
  await sandbox.run('node', 'h1', 'exec python3 -', { stdin: SENDER });
  const at = { node: 'r1', interface: 'eth0', sinceMs: 0 };
  const deadlineMs = Date.now() + 10_000;
  while ((await observer.capture({ ...at, bpf: 'ip src 10.0.1.1' })).count < FRAMES) {
    if (Date.now() > deadlineMs) throw new Error('The capture did not see all frames.');
  }
  const buffer = new FrameBuffer(await sandbox.startCapture(at), () => false);
  await buffer.sync();
  const directory = mkdtempSync(join(tmpdir(), 'vethlab-bench-'));
  try {
    const file = join(directory, 'capture.pcap');
    writeFileSync(file, writePcap(buffer.frames));
    const tshark = (filter: string) =>
      execFileSync('tshark', ['-n', '-r', file, '-Y', filter, '-T', 'fields', '-e', 'frame.number'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    const tcpdump = (filter: string) =>
      execFileSync('tcpdump', ['--count', '-r', file, filter], { stdio: ['ignore', 'pipe', 'ignore'] });
    // A question that was never asked looks at all frames; asked again it looks at none.
    const fresh = (kind: 'filter' | 'bpf', text: (round: number) => string) =>
      medianMs(ROUNDS, (round) => observer.capture({ ...at, [kind]: text(round) }));
    return [
      {
        name: `display filter over ${FRAMES} frames, fields known`,
        ours: await fresh('filter', (round) => `icmp && ip.flags.mf == 1 && frame.len > ${round}`),
        reference: await medianMs(3, () => tshark('icmp && ip.flags.mf == 1 && frame.len > 1')),
        goal: 15,
        unit: 'ms',
        better: 'lower',
      },
      {
        name: `display filter over ${FRAMES} frames, by tshark`,
        ours: await fresh('filter', (round) => `icmp && frame.time_relative >= -${round}`),
        reference: await medianMs(3, () => tshark('icmp && frame.time_relative >= 0')),
        goal: 600,
        unit: 'ms',
        better: 'lower',
      },
      {
        name: `capture filter over ${FRAMES} frames, compiling it included`,
        ours: await fresh('bpf', (round) => `icmp and ip[6:2] & 0x2000 != 0 and greater ${round + 10}`),
        reference: await medianMs(3, () => tcpdump('icmp and ip[6:2] & 0x2000 != 0')),
        goal: 30,
        unit: 'ms',
        better: 'lower',
      },
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function readCounters(sandbox: Sandbox): Promise<Figure[]> {
  const nodes = sandbox.topology.nodes.map((node) => node.name);
  const files = PROC_COUNTER_FILES.map((name) => `/proc/${name}`).join(' ');
  return [
    {
      name: `counters of ${NODES} nodes, four files each`,
      ours: await medianMs(50, () => sandbox.readProc(nodes, PROC_COUNTER_FILES)),
      // As close to `nsenter` per node as the sandbox lets anybody come: one process in each network namespace.
      reference: await medianMs(3, () => Promise.all(nodes.map((node) => sandbox.run('net', node, `cat ${files}`)))),
      goal: 3,
      unit: 'ms',
      better: 'lower',
    },
  ];
}

async function judgeChecks(observer: Observer): Promise<Figure[]> {
  const schema = checkTreeSchema(checkKinds);
  const checks = {
    counter: { node: 'h1', name: 'Ip.FragCreates', grows: { at_least: 1 } },
    route: { node: 'h1', to: '10.0.2.1', via: '10.0.1.2' },
    link: { node: 'h1', interface: 'eth0', mtu: 1500 },
    sysctl: { node: 'h1', key: 'net.ipv4.ip_forward', value: 0 },
  };
  const figures: Figure[] = [];
  for (const [name, spec] of Object.entries(checks)) {
    const tree = schema.parse({ [name]: spec });
    const baseline = await takeBaseline(tree, observer, Date.now());
    const ours = await medianMs(25, () => judgeTree(tree, { observer, baseline }));
    figures.push({ name: `check ${name}, p50`, ours, reference: null, goal: 15, unit: 'ms', better: 'lower' });
  }
  return figures;
}

/** Milliseconds of the median round. */
async function medianMs(rounds: number, work: (round: number) => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startMs = performance.now();
    await work(round);
    times.push(performance.now() - startMs);
  }
  return median(times);
}
