/** Checks on a real sandbox: every kind, and learners who break everything they can. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judgeTree, takeBaseline, takeConfigurations, textOf } from '../../server/check/judge.ts';
import { checkKinds, findKind } from '../../server/check/registry.ts';
import { checkTreeSchema } from '../../server/check/tree.ts';
import type { Observer } from '../../server/observe/observer.ts';
import { createObserver } from '../../server/observe/sandbox-observer.ts';
import { SandboxManager } from '../../server/sandbox/sandbox-manager.ts';
import type { Sandbox } from '../../server/sandbox/sandbox.ts';
import { line, startTestRuntime, testLimits, type TestRuntime } from '../support/sandbox.ts';
import { spoken, type SpokenVerdict } from '../support/spoken.ts';

// h1 10.0.1.1 – 10.0.1.2 r1 10.0.2.1 – 10.0.2.2 h2
const schema = checkTreeSchema(checkKinds);
let runtime: TestRuntime;
let manager: SandboxManager;

beforeAll(() => {
  runtime = startTestRuntime();
  manager = new SandboxManager({ runtime: runtime.runtime, limits: testLimits, poolSize: 0, capacity: 10 });
});

afterAll(async () => {
  await manager[Symbol.asyncDispose]();
  await runtime[Symbol.asyncDispose]();
});

async function startLine(id: string): Promise<{ sandbox: Sandbox; observer: Observer }> {
  const sandbox = await manager.start(line(3), {
    id,
    captures: [
      { node: 'r1', interface: 'eth0' },
      { node: 'h2', interface: 'eth0' },
    ],
  });
  return { sandbox, observer: createObserver(sandbox) };
}

type Deed = readonly [node: string, line: string];

/** Opens a task with the check, does the deeds and judges until the verdict is what is waited for, or two seconds are over. */
async function judge(
  at: { sandbox: Sandbox; observer: Observer },
  written: unknown,
  deeds: readonly Deed[],
  until: string,
): Promise<SpokenVerdict> {
  const tree = schema.parse(written);
  const baseline = await takeBaseline(tree, at.observer, Date.now());
  for (const [node, deed] of deeds) await at.sandbox.run('node', node, deed);
  const deadlineMs = Date.now() + 2000;
  for (;;) {
    const verdict = spoken(await judgeTree(tree, { observer: at.observer, baseline }));
    if (verdict.outcome === until || Date.now() > deadlineMs) return verdict;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const listen: Deed = [
  'h2',
  'python3 -m http.server 7777 >/dev/null 2>&1 & until ss -ltn | grep -q :7777; do sleep 0.05; done',
];
const ping4000: Deed = ['h1', 'ping -c1 -W2 -s 4000 10.0.2.2'];

describe('how nodes are set up', () => {
  // What a learner might do to look, what a repair leaves behind of itself, and each kind of change with what is told of it.
  const looks =
    'ping -c1 10.0.2.2; timeout 0.2 tcpdump -i eth0; ip route get 10.0.2.2; nft list ruleset; nc -l 7000 & sleep 0.1';
  const changes: [change: string, undo: string, told: string][] = [
    ['ip link set eth0 mtu 1400', 'ip link set eth0 mtu 1500', 'new: link eth0 up mtu 1400'],
    ['ip link add br9 type bridge', 'ip link del br9', 'new: link br9 down'],
    ['ip addr add 10.0.1.77/24 dev eth0', 'ip addr del 10.0.1.77/24 dev eth0', 'new: address 10.0.1.77/24 dev eth0'],
    ['ip route del default', 'ip route add default via 10.0.1.2', 'missing: route default via 10.0.1.2 dev eth0'],
    ['ip route add blackhole default table 66', 'ip route flush table 66', 'new: route blackhole default table 66'],
    ['ip rule add to 10.0.2.2 lookup 66', 'ip rule del to 10.0.2.2 lookup 66', 'new: rule 32765: src all dst 10.0.2.2'],
    [
      'ip neigh replace 10.0.1.9 lladdr 02:00:00:00:00:99 dev eth0 nud permanent',
      'ip neigh del 10.0.1.9 dev eth0',
      'new: neighbor 10.0.1.9 dev eth0 lladdr 02:00:00:00:00:99 permanent',
    ],
    [
      'tc qdisc add dev eth0 root tbf rate 6mbit burst 10kb limit 30kb',
      'tc qdisc del dev eth0 root',
      'new: qdisc tbf dev eth0 root rate 6Mbit',
    ],
    [
      "nft 'table ip t { chain c { type filter hook input priority 0; tcp dport 80 counter drop; }; }'",
      'nft delete table ip t',
      'new: firewall table ip t chain c tcp dport 80 counter drop',
    ],
    [
      'sysctl -w net.ipv4.ip_forward=1',
      'sysctl -w net.ipv4.ip_forward=0',
      'missing: setting net/ipv4/conf/all/forwarding=0',
    ],
    ["sysctl -w net.ipv4.tcp_rmem='4096 8192 16384'", '', 'new: setting net/ipv4/tcp_rmem=4096 8192 16384'],
  ];

  test('is compared with the start: looking changes nothing, each change is told, and undone is as if it had not been', async () => {
    const at = await startLine('unchanged');
    const tree = schema.parse({ unchanged: { nodes: ['h1', 'r1', 'h2'] } });
    const configurations = await takeConfigurations(['h1', 'r1', 'h2'], at.observer);
    const baseline = { ...(await takeBaseline(tree, at.observer, Date.now())), configurations };
    const verdict = async (): Promise<SpokenVerdict> =>
      spoken(await judgeTree(tree, { observer: at.observer, baseline }));
    await at.sandbox.run('node', 'h1', looks);
    expect(await verdict()).toMatchObject({ outcome: 'pass' });
    for (const [change, undo, told] of changes) {
      expect(await at.sandbox.run('node', 'h1', change)).toMatchObject({ exitCode: 0 });
      const seen = await verdict();
      expect(seen).toMatchObject({
        outcome: 'fail',
        seen: 'Something is different on h1.',
        evidence: [{ label: 'h1' }],
      });
      expect(seen.evidence[0]?.text).toContain(told);
      if (undo === '') continue;
      expect(await at.sandbox.run('node', 'h1', undo)).toMatchObject({ exitCode: 0 });
      expect(await verdict(), undo).toMatchObject({ outcome: 'pass' });
    }
    await at.sandbox.stop('The test is over.');
  });

  test('cannot be judged where nobody noted it', async () => {
    const at = await startLine('unnoted');
    expect(await judge(at, { unchanged: { nodes: ['h1'] } }, [], 'error')).toMatchObject({ outcome: 'error' });
    await at.sandbox.stop('The test is over.');
  });
});

describe('each kind', () => {
  let at: { sandbox: Sandbox; observer: Observer };
  beforeAll(async () => {
    at = await startLine('kinds');
    await at.sandbox.run('node', ...listen);
  });

  test.each<[Record<string, unknown>, readonly Deed[]]>([
    [{ counter: { node: 'h1', name: 'Ip.FragCreates', grows: { at_least: 3 } } }, [ping4000]],
    [{ counter: { node: 'h1', name: 'eth0.rx_otherhost_dropped', value: 0 } }, []],
    [{ counter: { node: 'h1', name: 'conntrack.count', value: 0 } }, []],
    [{ counter: { node: 'h1', name: 'qdisc.eth0.drops', value: 0 } }, []],
    [{ capture: { at: 'r1:eth0', filter: 'icmp && ip.flags.mf == 1', count: 2 } }, [ping4000]],
    [{ capture: { at: 'r1:eth0', bpf: 'ip[6:2] & 0x3fff != 0', count: 6 } }, [ping4000]],
    [{ link: { node: 'h1', interface: 'lo', state: 'up' } }, []],
    [{ link: { node: 'h1', interface: 'lo', mtu: 1400 } }, [['h1', 'ip link set lo mtu 1400']]],
    [{ link: { node: 'h1', interface: 'eth0', promisc: true } }, [['h1', 'ip link set eth0 promisc on']]],
    [{ link: { node: 'h1', interface: 'br9', exists: true } }, [['h1', 'ip link add br9 type bridge']]],
    [{ link: { node: 'h1', interface: 'eth9', exists: false } }, []],
    [
      { address: { node: 'h1', interface: 'eth0', has: ['10.0.1.1/24', '10.0.1.77'] } },
      [['h1', 'ip addr add 10.0.1.77/24 dev eth0']],
    ],
    [{ address: { node: 'h1', interface: 'eth0', lacks: '10.0.1.78' } }, []],
    [{ route: { node: 'h1', to: 'default', via: '10.0.1.2', dev: 'eth0' } }, []],
    [{ route: { node: 'h1', to: '10.0.2.2', via: '10.0.1.2', src: '10.0.1.1' } }, []],
    [{ route: { node: 'r1', to: '192.0.2.1', exists: false } }, []],
    [
      { neighbor: { node: 'h1', ip: '10.0.1.2', state: { one_of: ['reachable', 'delay', 'stale', 'probe'] } } },
      [ping4000],
    ],
    [{ neighbor: { node: 'h1', ip: '10.0.1.9', exists: false } }, []],
    [{ sysctl: { node: 'r1', key: 'net.ipv4.ip_forward', value: 1 } }, []],
    [
      {
        socket: {
          node: 'h2',
          proto: 'tcp',
          state: 'listen',
          local: ':7777',
          process: { contains: 'python3' },
          backlog: 5,
        },
      },
      [],
    ],
    [{ socket: { node: 'h2', local: 4444, count: 0 } }, []],
    [
      { qdisc: { node: 'h1', interface: 'eth0', kind: 'tbf', rate: '10mbit' } },
      [['h1', 'tc qdisc add dev eth0 root tbf rate 10mbit burst 10kb limit 30000']],
    ],
    [
      { conntrack: { node: 'r1', proto: 'icmp', dst: '10.0.2.2' } },
      [
        ['r1', "nft 'table ip t { chain c { type filter hook forward priority 0; ct state established accept; }; }'"],
        ['h1', 'ping -c1 10.0.2.2'],
      ],
    ],
    [{ ping: { from: 'h1', to: 'h2' } }, []],
    [{ ping: { from: 'h1', to: 'h2', count: 2, rtt: { at_most: '400ms' } } }, []],
    [{ not: { ping: { from: 'h1', to: 'h2', rtt: { at_least: '400ms' } } } }, []],
    [{ ping: { from: 'h1', to: 'h2', size: 2000, df: true, expect: 'frag_needed' } }, []],
    [{ ping: { from: 'h1', to: '192.0.2.9', expect: 'unreachable' } }, []],
    [{ tcp: { from: 'h1', to: 'h2', port: 7777 } }, []],
    [{ tcp: { from: 'h1', to: 'h2', port: 7778, expect: 'closed' } }, []],
    [{ tcp: { from: 'h1', to: '10.0.2.99', port: 1, expect: 'filtered' } }, []],
    [{ udp: { from: 'h1', to: 'h2', port: 7778, expect: 'closed' } }, []],
    [
      { file: { node: 'h1', path: '/root/x', contains: 'b', matches: '/^a$/' } },
      [['h1', String.raw`printf 'a\nb\n' > /root/x`]],
    ],
    [{ file: { node: 'h1', path: '/root/nothing', exists: false } }, []],
    [{ process: { node: 'h2', matches: '/http\\.server 7777/' } }, []],
    [{ process: { node: 'h1', matches: '/http\\.server/', running: false } }, []],
    [{ command: { node: 'h1', run: 'hostname', stdout: 'h1' } }, []],
    [{ command: { node: 'h1', run: 'exit 3', exit: 3 } }, []],
  ])('%j passes, and its opposite does not', async (written, deeds) => {
    const verdict = await judge(at, written, deeds, 'pass');
    expect(verdict).toMatchObject({ outcome: 'pass' });
    expect(verdict.expected).toMatch(/\.$/);
    expect(verdict.seen).toMatch(/\.$/);
    expect((await judge(at, { not: written }, deeds, 'fail')).outcome).toBe('fail');
  });

  test.each<[string, unknown, RegExp]>([
    ['link', { node: 'h1', interface: 'eth0', mac: true }, /^02(:[0-9a-f]{2}){5}$/],
    ['address', { node: 'h1', interface: 'eth0', ipv4: true }, /^10\.0\.1\.1$/],
    ['route', { node: 'h1', to: 'default', via: true }, /^10\.0\.1\.2$/],
    ['sysctl', { node: 'h1', key: 'net.ipv4.ip_default_ttl' }, /^64$/],
    ['counter', { node: 'h1', name: 'Ip.FragCreates', grown: true }, /^\d+$/],
    ['capture', { at: 'r1:eth0', filter: 'icmp', since: 'lab' }, /^\d+$/],
    ['socket', { node: 'h2', local: 7777, backlog: true }, /^5$/],
    ['neighbor', { node: 'h1', ip: '10.0.1.2', mac: true }, /^02/],
    ['command', { node: 'h1', run: 'echo $((14 + 20))' }, /^34$/],
  ])('%s answers a question about %j', async (name, written, pattern) => {
    const spec = findKind(name)?.ask?.schema.parse(written);
    const baseline = { atMs: Date.now(), labAtMs: 0, counters: {} };
    expect(await textOf({ name, spec }, { observer: at.observer, baseline })).toMatch(pattern);
  });

  test('the probes of the platform pass no check of the learner', async () => {
    const tree = [
      { ping: { from: 'h1', to: 'h2', size: 4000 } },
      { counter: { node: 'h1', name: 'Ip.FragCreates', grows: { at_least: 1 } } },
      { counter: { node: 'h2', name: 'Icmp.InEchos', grows: { at_least: 1 } } },
      { counter: { node: 'r1', name: 'eth0.rx_packets', grows: { at_least: 1 } } },
      { capture: { at: 'r1:eth0', bpf: 'ip or arp' } },
    ];
    for (const one of tree.slice(1)) expect((await judge(at, [tree[0], one], [], 'pass')).outcome).toBe('fail');
  });
});

describe('a learner who breaks everything', () => {
  /** What a lab may ask for and nobody has done: none of it may pass. */
  const undone: readonly Record<string, unknown>[] = [
    { counter: { node: 'h1', name: 'Ip.FragCreates', grows: { at_least: 3 } } },
    { counter: { node: 'h1', name: 'eth0.rx_packets', value: { at_least: 1e9 } } },
    { capture: { at: 'r1:eth0', filter: 'icmp && ip.flags.mf == 1' } },
    { capture: { at: 'r1:eth0', filter: 'icmp && frame.time_relative < 0' } },
    { link: { node: 'h1', interface: 'eth0', mtu: 1400 } },
    { address: { node: 'h1', interface: 'eth0', has: '10.0.1.99/24' } },
    { route: { node: 'h1', to: '192.0.2.1', via: '10.0.1.9' } },
    { neighbor: { node: 'h1', ip: '10.0.1.66' } },
    { sysctl: { node: 'h1', key: 'net.ipv4.ip_default_ttl', value: 99 } },
    { socket: { node: 'h1', local: 4444, state: 'listen' } },
    { ping: { from: 'h1', to: '10.0.2.99' } },
    { tcp: { from: 'h1', to: 'h2', port: 4444 } },
    { file: { node: 'h1', path: '/root/done', exists: true } },
    { process: { node: 'h1', matches: '/nothing-like-this/' } },
    { command: { node: 'h1', run: 'grep -q done /root/answer' } },
  ];

  test.each<[string, readonly Deed[]]>([
    [
      'replaces the tools',
      [
        [
          'h1',
          'for t in ip ss tc nc ping cat ps grep head bash sh env; do for d in /bin /sbin /usr/bin /usr/sbin; do printf "#!/bin/sh\\nexit 0\\n" > $d/.new && chmod +x $d/.new && mv $d/.new $d/$t; done; done',
        ],
      ],
    ],
    [
      'takes every interface down',
      ['h1', 'r1', 'h2'].map(
        (node) => [node, 'for i in /sys/class/net/*; do ip link set ${i##*/} down; done'] as const,
      ),
    ],
    [
      'deletes every interface',
      ['h1', 'r1', 'h2'].map((node) => [node, 'for i in /sys/class/net/*; do ip link del ${i##*/}; done'] as const),
    ],
    [
      'fills the disk',
      [['h1', 'cat /dev/zero > /root/full; cat /dev/zero > /tmp/full; cat /dev/zero > /var/full; true']],
    ],
    [
      'drops every packet',
      ['h1', 'r1', 'h2'].map(
        (node) =>
          [
            node,
            "nft 'table inet x { chain i { type filter hook input priority 0; policy drop; }; chain o { type filter hook output priority 0; policy drop; }; }'",
          ] as const,
      ),
    ],
    ['kills everything', ['h1', 'r1', 'h2'].map((node) => [node, 'kill -9 -1; kill -9 1'] as const)],
  ])('%s: nothing passes, and there is an answer within ten seconds', async (name, deeds) => {
    const at = await startLine(`broken-${name.replaceAll(' ', '-')}`);
    const trees = undone.map((written) => schema.parse(written));
    const baselines = await Promise.all(trees.map((tree) => takeBaseline(tree, at.observer, Date.now())));
    for (const [node, deed] of deeds)
      await at.sandbox.run('node', node, deed, { timeoutMs: 15_000 }).catch(() => undefined);
    const startMs = Date.now();
    const verdicts = await Promise.all(
      trees.map((tree, index) => {
        const baseline = baselines[index];
        if (!baseline) throw new Error('no baseline');
        return judgeTree(tree, { observer: at.observer, baseline }).then((verdict) => spoken(verdict));
      }),
    );
    expect(Date.now() - startMs).toBeLessThan(10_000);
    expect(
      verdicts.map((verdict, index) => [undone[index], verdict.outcome]).filter(([, outcome]) => outcome === 'pass'),
    ).toEqual([]);
    for (const verdict of verdicts) expect(verdict.seen).toMatch(/\.$/);
    await at.sandbox.stop('test');
  });
});
