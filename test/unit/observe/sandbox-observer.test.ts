import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaptureQuery, Observer } from '../../../server/observe/observer.ts';
import { createObserver } from '../../../server/observe/sandbox-observer.ts';
import { lineTopology, NamespaceSandbox } from './namespace-sandbox.ts';

let sandbox: NamespaceSandbox;
let observer: Observer;

beforeAll(async () => {
  sandbox = await NamespaceSandbox.start(lineTopology());
  observer = createObserver(sandbox);
  await Promise.all([
    sandbox.startCapture({ node: 'r1', interface: 'eth0' }),
    sandbox.startCapture({ node: 'h2', interface: 'eth0' }),
  ]);
}, 30_000);

afterAll(() => sandbox.stop());

const counter = async (node: string, name: string): Promise<number> =>
  (await observer.counters(node, [name])).get(name) ?? Number.NaN;
const count = async (query: CaptureQuery): Promise<number> => (await observer.capture(query)).count;
const atR1 = (sinceMs: number): CaptureQuery => ({ node: 'r1', interface: 'eth0', bpf: 'ip or arp', sinceMs });

test('counters of a node come from its own namespace', async () => {
  const before = await counter('h1', 'Ip.FragCreates');
  await sandbox.run('net', 'h1', 'ping -c1 -s 4000 10.0.2.1');
  expect((await counter('h1', 'Ip.FragCreates')) - before).toBe(3);
  expect(await counter('h1', 'eth0.rx_otherhost_dropped')).toBe(0);
  expect(await counter('h1', 'qdisc.eth0.drops')).toBe(0);
  expect(await counter('r1', 'Ip.ForwDatagrams')).toBeGreaterThanOrEqual(6);
});

test('kernel state: interfaces, routes, neighbours, settings', async () => {
  expect((await observer.interfaces('h1')).find((one) => one.name === 'eth0')).toMatchObject({
    isUp: true,
    mtu: 1500,
    addresses: ['10.0.1.1/24'],
  });
  expect(await observer.route('h1', '10.0.2.1')).toMatchObject({
    exists: true,
    via: '10.0.1.254',
    dev: 'eth0',
    src: '10.0.1.1',
  });
  expect(await observer.route('h1', 'default')).toMatchObject({ exists: true, via: '10.0.1.254' });
  expect(await observer.route('r1', 'default')).toMatchObject({ exists: false });
  expect(await observer.route('r1', '192.0.2.1')).toMatchObject({
    exists: false,
    text: 'ip route get 192.0.2.1: Network is unreachable',
  });
  await sandbox.run('net', 'r1', 'ip route add blackhole 198.51.100.0/24; ip route add prohibit 203.0.113.0/24');
  expect((await observer.route('r1', '198.51.100.1')).exists).toBe(false);
  expect((await observer.route('r1', '203.0.113.1')).exists).toBe(false);
  expect(await observer.sysctl('r1', 'net.ipv4.ip_forward')).toBe('1');
  expect(await observer.sysctl('r1', 'net/ipv4/conf/eth0/forwarding')).toBe('1');
  expect(await observer.sysctl('r1', 'net.ipv4.nothing')).toBeNull();
  for (const key of ['kernel.hostname', 'net.ipv4.$(id)', 'net/../kernel/hostname', 'net.ipv4.ip_forward; id']) {
    await expect(observer.sysctl('r1', key)).rejects.toThrow('not a key under net.');
  }
});

test('sockets that a program of the node holds', async () => {
  const listener = await sandbox.spawn(
    'net',
    'h2',
    'exec python3 -c "import socket,sys; s=socket.socket(); s.bind((\'10.0.2.1\',7070)); s.listen(3); print(1,flush=True); sys.stdin.read()"',
  );
  try {
    await new Promise((resolve) => listener.stdout.once('data', resolve));
    const row = (await observer.sockets('h2')).find((one) => one.local === '10.0.2.1:7070');
    expect(row).toMatchObject({ proto: 'tcp', state: 'listen', backlog: 3, recvQ: 0 });
    expect(row?.process).toMatch(/python3/);
  } finally {
    listener.kill();
  }
});

describe('the probes of the platform', () => {
  test.each([
    ['a small one', { size: 56 }],
    ['one without payload', { size: 0 }],
    ['one of many pieces', { size: 9000 }],
    ['one whose last piece is a few bytes', { size: 1473 }],
    ['several', { count: 3 }],
  ])('%s leaves no trace in counters and captures', async (_name, options) => {
    const sinceMs = Date.now();
    const names = [
      'Icmp.OutEchos',
      'Icmp.InEchoReps',
      'Icmp.InEchos',
      'Ip.OutRequests',
      'Ip.InReceives',
      'Ip.FragCreates',
      'Ip.ForwDatagrams',
      'Ip.ReasmOKs',
      'eth0.rx_packets',
      'eth0.tx_bytes',
    ];
    const nodes = ['h1', 'r1', 'h2'];
    const read = () =>
      Promise.all(
        nodes
          .map(async (node) => names.map((name) => observer.counters(node).then((all) => all.get(name))))
          .map(async (list) => Promise.all(await list)),
      );
    const before = await read();
    expect((await observer.ping('h1', 'h2', options)).outcome).toBe('reply');
    expect(await read()).toEqual(before);
    // The kernel asks again for neighbours it has not heard of for a while; that is no probe of ours.
    expect(await count({ ...atR1(sinceMs), bpf: 'not arp' })).toBe(0);
  });

  test('do not swallow what the learner sends at the same time', async () => {
    const sinceMs = Date.now();
    const before = await counter('h1', 'Icmp.OutEchos');
    const learner = sandbox.run('net', 'h1', 'ping -c3 -i0.2 10.0.2.1');
    await Promise.all([observer.ping('h1', 'h2', { count: 2 }), observer.ping('h1', 'r1', {})]);
    await learner;
    expect((await counter('h1', 'Icmp.OutEchos')) - before).toBe(3);
    await expect.poll(() => count({ ...atR1(sinceMs), bpf: 'icmp' })).toBe(6);
  });

  test('are remembered by the observer of a server that starts again', async () => {
    await observer.ping('h1', 'h2', {});
    const before = await counter('h1', 'Icmp.OutEchos');
    using again = createObserver(sandbox);
    expect((await again.counters('h1')).get('Icmp.OutEchos')).toBe(before);
    expect(await again.capture(atR1(0)).then((answer) => answer.count)).toBe(await count(atR1(0)));
  });

  test('tell the ways a ping can end', async () => {
    expect((await observer.ping('h1', '192.0.2.9', {})).outcome).toBe('unreachable');
    expect((await observer.ping('h1', 'h2', { size: 2000, df: true })).outcome).toBe('frag_needed');
    await expect(observer.ping('h1', 'nobody', {})).rejects.toThrow('neither an address nor a node');
    await sandbox.run('net', 'h2', 'sysctl -qw net.ipv4.icmp_echo_ignore_all=1');
    expect((await observer.ping('h1', 'h2', {})).outcome).toBe('none');
    await sandbox.run('net', 'h2', 'sysctl -qw net.ipv4.icmp_echo_ignore_all=0');
  });
});

describe('captures', () => {
  test('bpf and display filters see single frames, fragments too', async () => {
    const sinceMs = Date.now();
    await sandbox.run('net', 'h1', 'ping -c1 -s 4000 10.0.2.1');
    const at = { node: 'r1', interface: 'eth0', sinceMs };
    await expect.poll(() => count({ ...at, bpf: 'ip[6:2] & 0x3fff != 0' })).toBe(6);
    expect(await count({ ...at, filter: 'ip.flags.mf == 1' })).toBe(4);
    expect(await count({ ...at, filter: 'ip.flags.mf == 1 && ip.src == 10.0.1.1', bpf: 'ip[6:2] & 0x1fff = 0' })).toBe(
      1,
    );
    // No decoder of ours knows this one: tshark answers.
    expect(await count({ ...at, filter: 'ip.flags.mf == 1 && frame.time_relative >= 0' })).toBe(4);
    const { frames, total } = await observer.capture({ ...at, bpf: 'ip src 10.0.1.1' });
    // Neighbours may have asked for each other meanwhile.
    expect(total - (await count({ ...at, bpf: 'arp' }))).toBe(6);
    expect(frames.map((frame) => frame.length)).toEqual([1514, 1514, 1082]);
    expect(frames[0]?.summary).toContain('10.0.1.1');
  });

  test('with both filters tshark sees what the pcap filter lets through, however much else passed', async () => {
    const sinceMs = Date.now();
    const all = { node: 'r1', interface: 'eth0', sinceMs, filter: 'tcp.dstport == 9 && tcp.time_relative < 1' };
    const query = { ...all, bpf: 'tcp[tcpflags] & tcp-syn != 0' };
    await sandbox.run('net', 'h1', ': </dev/tcp/10.0.2.1/9 || true');
    await expect.poll(() => count(query), { timeout: 10_000 }).toBe(1);
    // More than the memory of the endpoint holds.
    await sandbox.run('net', 'h1', 'ping -q -c4000 -f -s 1400 10.0.2.1', { timeoutMs: 30_000 });
    const { count: kept, isIncomplete } = await observer.capture(query);
    expect([kept, isIncomplete]).toEqual([1, false]);
    const { isIncomplete: isAllIncomplete } = await observer.capture(all);
    expect(isAllIncomplete).toBe(true);
  });

  test('a flood of frames that match is remembered by its newest, and says so', async () => {
    const query = atR1(Date.now());
    await count(query);
    for (let burst = 0; burst < 4; burst++) {
      await sandbox.run('net', 'h1', 'ping -q -c4000 -f 10.0.2.1', { timeoutMs: 30_000 });
      await count(query);
    }
    const { count: remembered, isIncomplete } = await observer.capture(query);
    expect(isIncomplete).toBe(true);
    expect(remembered).toBeGreaterThanOrEqual(10_000);
    expect(remembered).toBeLessThanOrEqual(20_000);
    const after = atR1(Date.now());
    await sandbox.run('net', 'h1', 'ping -c1 10.0.2.1');
    await expect.poll(() => count(after), { timeout: 5000 }).toBe(2);
    expect((await observer.capture(after)).isIncomplete).toBe(false);
  }, 60_000);

  test('frames of before do not count', async () => {
    await sandbox.run('net', 'h1', 'ping -c1 10.0.2.1');
    const later = Date.now() + 1;
    expect(await count({ ...atR1(later) })).toBe(0);
  });

  test.each([
    [{ bpf: 'foo bar' }, /capture filter “foo bar” is refused by tcpdump: .*syntax error/],
    [{ bpf: "icmp'; touch /tmp/x; '" }, /refused by tcpdump/],
    [{ filter: 'ip.foo == 1' }, /display filter “ip.foo == 1” is (not understood|refused)/],
    [{ filter: 'ip.ttl ==' }, /display filter/],
  ])('%j is an error with words for the author', async (filter, message) => {
    await sandbox.run('net', 'h1', 'ping -c1 10.0.2.1');
    await expect.poll(() => count(atR1(0))).toBeGreaterThan(0);
    await expect(observer.capture({ node: 'r1', interface: 'eth0', sinceMs: 0, ...filter })).rejects.toThrow(message);
  });

  test('frames that are nonsense are counted and do no harm', async () => {
    const sinceMs = Date.now();
    const script = `
import socket, os, random
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW); s.bind(('eth0', 0))
random.seed(7)
for n in range(200):
    head = bytes(6) + b'\\x02' * 6 + random.choice([b'\\x08\\x00', b'\\x86\\xdd', b'\\x81\\x00', b'\\x08\\x06', b'\\x00\\x05'])
    s.send(head + bytes(random.randrange(256) for _ in range(random.randrange(6, 90))))
`;
    expect((await sandbox.run('net', 'h1', 'exec python3 -', { stdin: script })).exitCode).toBe(0);
    const at = { node: 'r1', interface: 'eth0', sinceMs };
    await expect.poll(() => count({ ...at, bpf: 'ether src 02:02:02:02:02:02' })).toBe(200);
    expect(await count({ ...at, filter: 'eth.src == 02:02:02:02:02:02' })).toBe(200);
    expect(await count({ ...at, filter: 'tcp.flags.syn == 1 && frame.time_relative < 0' })).toBe(0);
    await observer.ping('h1', 'h2', {});
  });
});

test('a node that has ended is an error, not a fresh node', async () => {
  const other = await NamespaceSandbox.start(lineTopology());
  try {
    using gone = createObserver(other);
    await gone.counters('h1');
    await other.kill('h1');
    await expect(gone.counters('h1')).rejects.toThrow('the node has ended');
  } finally {
    await other.stop();
  }
});
