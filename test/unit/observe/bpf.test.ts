import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parseBpf, runBpf, type BpfProgram } from '../../../server/observe/bpf.ts';
import { FrameBuffer } from '../../../server/observe/frame-buffer.ts';
import type { Frame } from '../../../server/observe/display-filter.ts';
import { writePcap } from '../../../server/packet/pcap-write.ts';
import { lineTopology, NamespaceSandbox } from './namespace-sandbox.ts';

const directory = mkdtempSync(join(tmpdir(), 'vethlab-bpf-'));
const capture = join(directory, 'capture.pcap');
let frames: readonly Frame[] = [];

const compile = (expression: string): BpfProgram =>
  parseBpf(
    execFileSync('tcpdump', ['-y', 'EN10MB', '-s', '9200', '-ddd', '--', expression], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );

/** What tcpdump itself counts. */
const reference = (expression: string): number =>
  Number.parseInt(
    execFileSync('tcpdump', ['--count', '-r', capture, '--', expression], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
    10,
  );

/** Real traffic of a line of three, and frames that no kernel would send. */
beforeAll(async () => {
  const sandbox = await NamespaceSandbox.start(lineTopology());
  try {
    const files = await sandbox.startCapture({ node: 'r1', interface: 'eth0' });
    await sandbox.run(
      'net',
      'h1',
      'ping -c2 -i0.2 10.0.2.1; ping -c1 -s 4000 10.0.2.1; ping -c1 -W1 -M do -s 1473 10.0.1.254; ping -c1 -t1 -W1 10.0.2.1; curl -s -m1 http://10.0.2.1:81/; true',
    );
    const buffer = new FrameBuffer(files, () => false);
    // By then 2 × 2 + 2 × 3 + 1 × 2 + 2 + 2 frames have passed, address resolution not counted.
    await vi.waitUntil(async () => (await buffer.sync(), buffer.frames.length > 15), { timeout: 5000 });
    const real = buffer.frames.map((frame) => frame.bytes);
    const vlan = real.map((bytes) => Uint8Array.from([...bytes.subarray(0, 12), 0x81, 0, 0, 7, ...bytes.subarray(12)]));
    const cut = real.flatMap((bytes) => [10, 20, 34, 40].map((length) => bytes.subarray(0, length)));
    frames = [...real, ...vlan, ...cut].map((bytes, at) => ({
      number: at + 1,
      timeMs: 1000 + at,
      length: bytes.length,
      bytes,
    }));
    writeFileSync(capture, writePcap(frames));
  } finally {
    await sandbox.stop();
  }
}, 30_000);

afterAll(() => rmSync(directory, { recursive: true, force: true }));

test.each([
  'icmp',
  'arp',
  'ip',
  'ip6',
  'tcp',
  'tcp port 81',
  'tcp[tcpflags] & tcp-syn != 0',
  'tcp[13] = 0x14',
  'icmp[icmptype] == icmp-echo',
  'ip[6:2] & 0x1fff != 0',
  'ip[6] & 0x20 != 0',
  'icmp or (ip[6:2] & 0x1fff != 0)',
  'greater 1000',
  'less 60',
  'len > 100 and len < 1500',
  'src host 10.0.1.1 and dst net 10.0.2.0/24',
  'ip[8] < 64',
  'ip[2:2] - ((ip[0] & 0xf) << 2) > 50',
  'ip[2:2] % 3 = 1',
  'ip[2:2] / 7 > 20',
  'not ip',
  'ether broadcast',
  'ether host ff:ff:ff:ff:ff:ff',
  'vlan 7 and icmp',
  'vlan and tcp',
  'icmp[8:4] != 0',
  'ip proto 1 or ip proto 6',
])('%s counts what tcpdump counts', (expression) => {
  const program = compile(expression);
  expect(frames.filter((frame) => runBpf(program, frame.bytes, frame.length))).toHaveLength(reference(expression));
});

test('whatever the frame, it ends and does not throw', () => {
  const programs = ['tcp[13] & 2 != 0', 'vlan and ip6', 'ip[2:2] / ip[8] > 2'].map(compile);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      for (const program of programs) expect(typeof runBpf(program, bytes)).toBe('boolean');
    }),
  );
});

test('output that is no program is refused', () => {
  for (const text of ['', '1', '2\n6 0 0 0', '1\n5 9 9 0', 'tcpdump: error', '2\n5 0 0 9\n6 0 0 1']) {
    expect(() => parseBpf(text)).toThrow('could not be read');
  }
});
