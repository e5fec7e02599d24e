import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { inWords } from '../../server/base/sentence.ts';
import type { Topology } from '../../server/network/topology.ts';
import type { OciOuter } from '../../server/sandbox/oci/oci-outer.ts';
import type { LabSandbox } from '../../server/sandbox/lab-sandbox.ts';
import type { RunContext, Sandbox } from '../../server/sandbox/sandbox.ts';
import { SandboxManager } from '../../server/sandbox/sandbox-manager.ts';
import { leftovers } from '../support/leftovers.ts';
import { line, star, startTestRuntime, testLimits, type TestRuntime } from '../support/sandbox.ts';
import { until } from '../support/until.ts';
import { read } from './runtime-suite.ts';

vi.setConfig({ testTimeout: 30_000 });

let subject: TestRuntime;
let manager: SandboxManager;
let sandbox: Sandbox;

/** The topology with parts of one node replaced. */
function withNode(topology: Topology, name: string, parts: Partial<Topology['nodes'][number]>): Topology {
  return { ...topology, nodes: topology.nodes.map((node) => (node.name === name ? { ...node, ...parts } : node)) };
}

async function say(context: RunContext, node: string | null, shellLine: string): Promise<string> {
  const { exitCode, stdout, stderr } = await sandbox.run(context, node, shellLine);
  expect(`${exitCode}\n${stderr}`, shellLine).toBe('0\n');
  return stdout.trim();
}

beforeAll(async () => {
  subject = startTestRuntime();
  manager = new SandboxManager({ runtime: subject.runtime, limits: testLimits, poolSize: 0, capacity: 30 });
  const topology = withNode(line(3), 'h1', {
    files: { '/root/deep/er/note': 'hello\n', '/usr/local/bin/hi': '#!/bin/sh\necho hi\n' },
    sysctls: { 'net.ipv4.ip_default_ttl': '32', 'net.ipv4.conf.eth0.rp_filter': '2' },
    exec: ['echo one >> /root/log', 'echo two >> /root/log; hostname >> /root/log'],
    services: ['exec socat TCP-LISTEN:7,fork,reuseaddr EXEC:cat'],
  });
  sandbox = await manager.start(topology, { id: 'main', captures: [{ node: 'r1', interface: 'eth1' }] });
}, 60_000);

afterAll(async () => {
  await manager[Symbol.asyncDispose]();
  await subject[Symbol.asyncDispose]();
  expect(leftovers(subject)).toEqual([]);
});

describe('a topology', () => {
  test('routes, names, settings, files, lines and services are there', async () => {
    expect(await say('node', 'h1', 'ping -c1 -W2 h2 | grep -o "1 received"')).toBe('1 received');
    expect(await say('node', 'h1', 'hostname; cat /root/deep/er/note; hi; cat /root/log')).toBe(
      'h1\nhello\nhi\none\ntwo\nh1',
    );
    expect(
      await say('node', 'h1', 'sysctl -n net.ipv4.ip_default_ttl net.ipv4.conf.eth0.rp_filter net.ipv4.ip_forward'),
    ).toBe('32\n2\n0');
    expect(
      await say(
        'node',
        'r1',
        'sysctl -n net.ipv4.ip_forward net.ipv4.tcp_congestion_control net.ipv6.conf.eth0.disable_ipv6',
      ),
    ).toBe('1\nreno\n1');
    expect(await say('node', 'h1', 'cat /etc/resolv.conf; ls /root/.bashrc')).toBe('/root/.bashrc');
    expect(await say('node', 'h2', 'ls /root/deep 2>/dev/null || echo own files')).toBe('own files');
    expect(await say('node', 'h2', 'echo echo | timeout 5 socat - TCP:h1:7,retry=50,interval=0.1')).toBe('echo');
  });

  test('offloads are off, so that captures show what is on the wire', async () => {
    const features = await say('node', 'h1', 'ethtool -k eth0');
    for (const name of [
      'tx-checksumming',
      'tcp-segmentation-offload',
      'generic-segmentation-offload',
      'generic-receive-offload',
    ]) {
      expect(features).toMatch(new RegExp(`${name}: off`));
    }
  });

  test('a service comes back when it is killed', async () => {
    await say('node', 'h1', 'pkill -KILL socat');
    await until(
      async () => (await sandbox.run('node', 'h2', 'echo again | socat - TCP:h1:7')).stdout === 'again\n',
      'the service',
    );
  });

  test('the end of each of many commands is seen at once', async () => {
    let slowest = 0;
    const runSome = async (): Promise<void> => {
      for (let count = 0; count < 100; count++) {
        const startedAt = performance.now();
        await say('node', 'h1', 'true | true');
        slowest = Math.max(slowest, performance.now() - startedAt);
      }
    };
    await Promise.all(Array.from({ length: 4 }, runSome));
    expect(slowest).toBeLessThan(5000);
  });

  test('programs begin with no signal blocked', async () => {
    for (const context of ['node', 'judge', 'net'] as const)
      expect(await say(context, 'h1', 'grep -h SigBlk /proc/self/status')).toBe('SigBlk:\t0000000000000000');
    expect(await say('node', 'h1', 'cat /proc/$(pgrep -f TCP-LISTEN:7 | head -1)/status | grep SigBlk')).toBe(
      'SigBlk:\t0000000000000000',
    );
  });

  test('IPv6 addresses work at once, and nodes without them stay silent', async () => {
    const [link] = line(2).links;
    const topology: Topology = {
      ...line(2),
      nodes: line(2).nodes.map((node) => ({ ...node, routes: [] })),
      links: [
        {
          ...link!,
          endpoints: [
            { ...link!.endpoints[0], ipv6: ['fd00::1/64'] },
            { ...link!.endpoints[1], ipv6: ['fd00::2/64'] },
          ],
        },
      ],
    };
    const six = await manager.start(topology, { id: 'six' });
    expect((await six.run('node', 'h1', 'ping -c1 -W2 fd00::2')).exitCode).toBe(0);
    await six.stop('Done.');
    const [snmp6] = (await sandbox.readProc(['h1'], ['net/snmp6'])).get('h1') ?? [];
    expect(snmp6).toMatch(/Ip6OutRequests\s+0\n/);
  });

  test('a switch joins its hosts', async () => {
    const lan = await manager.start(star(5), { id: 'lan' });
    expect(
      (await lan.run('node', 'h1', 'for i in 2 3 4; do ping -c1 -W2 h$i >/dev/null || exit 1; done')).exitCode,
    ).toBe(0);
    expect((await lan.run('node', 'sw1', 'bridge link | grep -c forwarding')).stdout).toBe('4\n');
    await lan.stop('Done.');
  });

  test.each([
    [
      'a route',
      withNode(line(3), 'h2', { routes: ['default via 10.99.0.1'] }),
      'The node h2 could not be set up: "ip route add default via 10.99.0.1" said: Error: Nexthop has invalid gateway.',
    ],
    [
      'a line',
      withNode(line(3), 'r1', { exec: ['true', 'ls /nowhere'] }),
      `The node r1 could not be set up: "ls /nowhere" said: exit status 2\nls: cannot access '/nowhere': No such file or directory`,
    ],
    [
      'a setting',
      withNode(line(3), 'h1', { sysctls: { 'net.ipv4.no_such': '1' } }),
      'The node h1 could not be set up: "sysctl net/ipv4/no_such: No such file or directory" failed.',
    ],
  ])('%s that fails is named with node, command and output, and nothing is left', async (_what, topology, message) => {
    const start = manager.start(topology, { id: 'faulty' });
    await expect(start).rejects.toMatchObject({ code: 'sandbox_build_failed', message });
    expect(leftovers(subject).filter((text) => text.includes('bundle'))).toHaveLength(1);
  });
});

describe('a learner', () => {
  test.each([
    ['ip netns', 'ip netns add x && ip netns exec x ip -br link && ip netns exec x ip netns exec x true'],
    [
      'nft',
      'nft add table ip t; nft "add chain ip t c { type filter hook input priority 0; }"; nft add rule ip t c counter',
    ],
    [
      'tc',
      'tc qdisc add dev eth0 root tbf rate 10mbit burst 10k latency 50ms && tc -s qdisc show dev eth0 && tc qdisc del dev eth0 root',
    ],
    ['mount', 'mount -t tmpfs none /mnt && touch /mnt/x && umount /mnt'],
    [
      'tcpdump',
      'timeout 5 tcpdump -ni eth0 -c1 -w /tmp/x.pcap icmp & sleep 0.5; ping -c2 -i0.2 h2 >/dev/null; wait; test -s /tmp/x.pcap',
    ],
    ['sysctl', 'sysctl -w net.ipv4.tcp_rmem="4096 8192 16384"'],
    ['tun', 'ip tuntap add tap0 mode tap && ip link del tap0'],
    ['links', 'ip link add v0 type veth peer v1 && ip link add br9 type bridge && ip link del v0 && ip link del br9'],
    ['replacing a directory of the image', 'rm -rf /etc/vim && mkdir /etc/vim && touch /etc/vim/x'],
    ['conntrack', 'conntrack -L'],
  ])('can use %s', async (_what, shellLine) => {
    const { exitCode, stderr } = await sandbox.run('node', 'h1', shellLine);
    expect(exitCode, stderr).toBe(0);
  });

  test.each([
    ['the kernel settings of the host', 'echo 1 > /proc/sys/kernel/panic'],
    [
      'reboot',
      'reboot -f || python3 -c "import os,ctypes; l=ctypes.CDLL(None); exit(1 if l.reboot(0x1234567)==-1 else 0)"',
    ],
    [
      'bpf',
      'python3 -c "import ctypes; l=ctypes.CDLL(None,use_errno=True); exit(0 if l.syscall(321,0,0,0)>=0 else 1)"',
    ],
    ['the control groups', 'mkdir /tmp/cg; mount -t cgroup2 none /tmp/cg && mkdir /tmp/cg/x'],
    ['device nodes', 'mknod /tmp/disk b 254 0 && dd if=/tmp/disk of=/dev/null count=1'],
    ['processes of other nodes', 'test $(ps ax | wc -l) -gt 12'],
  ])('cannot reach %s', async (_what, shellLine) => {
    expect((await sandbox.run('node', 'h1', shellLine)).exitCode).not.toBe(0);
  });
});

describe('run', () => {
  test('gives input, keeps errors apart, and reports status and signals like a shell', async () => {
    const result = await sandbox.run('node', 'h1', 'cat; echo err >&2; exit 3', { stdin: 'in put' });
    expect(result).toEqual({ exitCode: 3, stdout: 'in put', stderr: 'err\n' });
    expect((await sandbox.run('node', 'h1', 'kill -9 $$')).exitCode).toBe(137);
  });

  test('ends what takes too long, with its children', async () => {
    const slow = sandbox.run('net', 'h1', 'sleep 611 & sleep 612', { timeoutMs: 200 });
    await expect(slow).rejects.toMatchObject({ code: 'command_timeout' });
    await until(
      async () =>
        (await sandbox.run('outer', null, 'pgrep -c "^sleep$" -f -x "sleep 61[12]" || true')).stdout.trim() !== '2',
      'no sleep',
    );
  });

  test('returns when the command has ended although a daemon of it holds the pipes, and the daemon lives on', async () => {
    await say('node', 'h2', '(while sleep 0.05; do echo noise; echo noise >&2; done) & echo $! > /tmp/daemon');
    expect(await say('node', 'h2', 'kill -0 $(cat /tmp/daemon) && kill $(cat /tmp/daemon) && echo alive')).toBe(
      'alive',
    );
  });

  test('runs many at once, and survives output of any kind', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => sandbox.run('net', 'h1', `head -c 100000 /dev/urandom; echo ${index}`)),
    );
    results.forEach(({ stdout }, index) => expect(stdout.endsWith(`${index}\n`)).toBe(true));
  });

  test('cuts output at 1 MiB', async () => {
    const { stdout } = await sandbox.run('net', 'h1', 'head -c 5000000 /dev/zero');
    expect(stdout).toHaveLength(1 << 20);
  });

  test('spawn streams both ways and waits for a slow reader', async () => {
    const child = await sandbox.spawn('node', 'h1', 'cat');
    const input = 'x'.repeat(5_000_000);
    child.stdin.end(input);
    expect((await text(child.stdout)) === input).toBe(true);
    expect(await child.exit).toBe(0);
    const killed = await sandbox.spawn('net', 'h1', 'sleep 600');
    killed.kill();
    expect(await killed.exit).toBe(137);
  });

  test('programs of outer and net are the lab’s root at most', async () => {
    const uids = await Promise.all(
      (['outer', 'net'] as const).map((context) => say(context, 'h1', 'cat /proc/self/uid_map')),
    );
    for (const map of uids) expect(map.split(/\s+/)).toEqual(['0', '100000', '65536']);
    expect((await sandbox.run('net', 'h1', 'echo 1 > /proc/sys/kernel/panic')).exitCode).not.toBe(0);
  });
});

describe('judge', () => {
  test('sees the node’s network, processes and files, and changes nothing', async () => {
    await say('node', 'h1', 'echo mine > /root/mine; chmod 600 /root/mine; echo "10.9.9.9 mine" >> /etc/hosts');
    await say('node', 'h1', 'exec -a found-me sleep 100 </dev/null >/dev/null 2>&1 &');
    expect(
      await say(
        'judge',
        'h1',
        'hostname; cat /root/mine; grep -c mine /etc/hosts; pgrep -c -f found-m[e]; ip -br address show eth0 | wc -l',
      ),
    ).toBe('h1\nmine\n1\n1\n1');
    expect(await say('judge', 'h1', 'nft list ruleset | grep -c table')).not.toBe('0');
    const { exitCode, stderr } = await sandbox.run('judge', 'h1', 'touch /root/x');
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('Read-only')]);
  });

  test('cannot be deceived by replaced programs, libraries, preloads or configuration', async () => {
    const liar = await manager.start(line(2), { id: 'liar' });
    const lies = [
      'printf "#!/bin/sh\\necho lie\\n" > /tmp/lie; chmod 755 /tmp/lie',
      'cp /tmp/lie /usr/local/bin/cat; cp /tmp/lie /usr/local/sbin/id',
      'cp /tmp/lie /usr/bin/grep; ln -sf /tmp/lie /etc/alternatives/awk; ln -sf /tmp/lie /etc/alternatives/nc',
      'echo /tmp/evil.so > /etc/ld.so.preload; rm /etc/ld.so.cache; echo "export PATH=/tmp" > /etc/profile',
      'mkdir -p /etc/perl; echo "BEGIN { print qq(lie\\n); exit } 1;" > /etc/perl/strict.pm',
      'echo "print(\\"lie\\")" > /etc/python3.11/sitecustomize.py; echo "raise SystemExit" >> /etc/python3.11/sitecustomize.py',
      'cp /tmp/lie /bin/bash; mv /usr/lib/x86_64-linux-gnu /usr/lib/gone; mv /usr /usr2; ln -s /tmp /usr',
    ];
    for (const lie of lies) await liar.run('node', 'h1', lie);
    const honest =
      'echo truth | grep truth; echo truth | awk "{print}"; cat /etc/hostname; perl -e "use strict; print qq(truth\\n)"; python3 -c "print(\'truth\')"; id -u';
    const { exitCode, stdout, stderr } = await liar.run('judge', 'h1', honest);
    expect([exitCode, stdout, stderr]).toEqual([0, 'truth\ntruth\nh1\ntruth\ntruth\n0\n', '']);
    await liar.stop('Done.');
  });

  test('cannot be killed, stopped or traced by the learner', async () => {
    const killer = await manager.start(line(2), { id: 'killer' });
    const hunter = await killer.spawn('node', 'h1', 'while :; do kill -9 -1; kill -STOP -1; done 2>/dev/null');
    for (let round = 0; round < 5; round++) {
      const { exitCode, stdout } = await killer.run(
        'judge',
        'h1',
        'for i in 1 2 3; do grep -c MemTotal /proc/meminfo; done',
      );
      expect([exitCode, stdout]).toEqual([0, '1\n1\n1\n']);
    }
    const tracer =
      'p=$(pgrep -f "^judged sleeper"); timeout 3 strace -p $p 2>&1; kill -9 $p; cat /proc/$p/environ /proc/$p/maps; ls /proc/$p/root/';
    hunter.kill();
    const judged = killer.run('judge', 'h1', 'bash -c "exec -a \'judged sleeper\' sleep 2"; echo survived');
    await until(
      async () => (await killer.run('node', 'h1', 'pgrep -c -f "^judged sleeper"')).stdout.trim() === '1',
      'the judge to be seen',
    );
    const { stdout } = await killer.run('node', 'h1', `${tracer} 2>&1`);
    expect(stdout).toContain('Operation not permitted');
    expect((await judged).stdout).toBe('survived\n');
    await killer.stop('Done.');
  });
});

describe('a terminal', () => {
  test('has a name, job control, the size asked for, and runs tmux', async () => {
    const pty = await sandbox.openTerminal('h2', { columns: 90, rows: 20 });
    const seen = read(pty);
    const exit = new Promise<number>((resolve) => pty.onExit(resolve));
    await until(() => seen.text.includes('root@h2'), 'the prompt');
    pty.write('tty; stty size; echo user=$USER\n');
    await until(() => /\/dev\/pts\/\d+\r\n20 90\r\nuser=root/.test(seen.text), 'the name and the size');
    pty.resize({ columns: 101, rows: 33 });
    pty.write('sleep 1000\n');
    await until(
      async () => (await sandbox.run('node', 'h2', 'pgrep -c -f -x "sleep 1000"')).stdout.trim() === '1',
      'sleep',
    );
    pty.write('\x03');
    pty.write('stty size; ps -o stat= -p $$\n');
    await until(() => /33 101\r\nSs/.test(seen.text), 'the new size, and a session leader');
    pty.write('tmux new-session "echo in-tmux; sleep 0.3"\n');
    await until(() => seen.text.includes('in-tmux') && seen.text.includes('[exited]'), 'tmux');
    pty.write('vim -c "put =\'from vim\'" -c "w! /tmp/by-vim" -c q\n');
    await until(
      async () => (await sandbox.run('node', 'h2', 'grep -c "from vim" /tmp/by-vim')).stdout === '1\n',
      'vim',
    );
    pty.write('exit 4\n');
    expect(await exit).toBe(4);
  });

  test('carries large input and output, and waits while paused', async () => {
    const pty = await sandbox.openTerminal('h2', { columns: 80, rows: 24 });
    const seen = read(pty);
    await until(() => seen.text.includes('root@h2'), 'the prompt');
    pty.write('stty -echo; PS1=; seq 1 200000; echo END\n');
    await until(() => seen.text.includes('200000\r\nEND'), 'all lines', 20_000);
    pty.pause();
    pty.write('seq 1 300000; echo LAST\n');
    const before = seen.text.length;
    await until(
      async () =>
        (await sandbox.run('node', 'h2', 'cat /proc/$(pgrep -n bash -f -- -bash)/wchan 2>/dev/null; true')) !== null,
      'a moment',
    );
    expect(seen.text.length).toBeLessThan(before + 200_000);
    pty.resume();
    await until(() => seen.text.includes('300000\r\nLAST'), 'the rest', 20_000);
    pty.write('wc -c <<"EOF"\n' + `${'y'.repeat(1000)}\n`.repeat(300) + 'EOF\n');
    await until(() => seen.text.includes('300300'), 'the large input');
    pty.kill();
    await until(
      async () => (await sandbox.run('node', 'h2', 'pgrep -c -f -- "^-bash" || true')).stdout.trim() === '0',
      'the shell to end',
    );
  });

  test('can be asked for while its network is being made, and begins behind the lines of its author', async () => {
    const topology = withNode(line(2), 'h1', {
      exec: ['sleep 0.2; echo "echo lines are done" >> /root/.bashrc'],
      services: ['sleep 1000'],
    });
    const early = Promise.withResolvers<Sandbox>();
    const started = manager.start(topology, {
      id: 'early',
      captures: [{ node: 'h1', interface: 'eth0' }],
      onNodes: early.resolve,
    });
    const seen = read(await (await early.promise).openTerminal('h1', { columns: 80, rows: 24 }));
    await until(() => seen.text.includes('root@h1'), 'the prompt');
    expect(seen.text).toContain('lines are done');
    await (await started).stop('Done.');
  });

  test('that was asked for is refused when its network fails', async () => {
    const early = Promise.withResolvers<Sandbox>();
    const start = manager.start(withNode(line(2), 'h1', { exec: ['sleep 0.2; false'] }), {
      id: 'failing',
      onNodes: early.resolve,
    });
    const failure = expect(start).rejects.toMatchObject({ code: 'sandbox_build_failed' });
    await expect((await early.promise).openTerminal('h1', { columns: 80, rows: 24 })).rejects.toThrow('false');
    await failure;
  });

  test('the first Tab reads the completions, and no start of a shell', async () => {
    const pty = await sandbox.openTerminal('h2', { columns: 80, rows: 24 });
    const seen = read(pty);
    await until(() => seen.text.includes('root@h2'), 'the prompt');
    pty.write('echo "<${BASH_COMPLETION_VERSINFO:-none}> $PATH"\n');
    await until(() => seen.text.includes('<none> /usr/local/sbin:'), 'no completions yet');
    pty.write('ping -\t\t');
    await until(() => seen.text.includes('-D'), 'options of ping');
    pty.kill();
  });

  test('runtimes that cannot name it give one all the same', async () => {
    const { outer } = sandbox as LabSandbox;
    const { stdout } = await sandbox.run('outer', null, 'pgrep -f -x init | tail -1; pgrep -f -x lab');
    const [node = '', holder = ''] = stdout.trim().split('\n');
    const pty = outer.terminal(['/run/vethlab/lib/node-terminal', holder, node], { columns: 77, rows: 22 });
    const seen = read(pty);
    const exit = new Promise<number>((resolve) => pty.onExit(resolve));
    await until(() => seen.text.includes('root@h'), 'the prompt');
    pty.write('stty size; cat /proc/self/uid_map; exit 6\n');
    expect(await exit).toBe(6);
    expect(seen.text).toMatch(/22 77\r\n\s+0\s+100000\s+65536/);
  });

  test('says so when the shell is gone', async () => {
    const broken = await manager.start(line(2), { id: 'broken' });
    await broken.run('node', 'h1', 'rm /bin/bash /bin/sh /bin/dash');
    await expect(broken.openTerminal('h1', { columns: 80, rows: 24 })).rejects.toMatchObject({
      message: expect.stringContaining('no shell any more'),
    });
    await broken.stop('Done.');
  });
});

describe('a capture', () => {
  test('holds every frame, also after the interface was down', async () => {
    const capture = await sandbox.startCapture({ node: 'r1', interface: 'eth1' });
    const first = await capture.readSince(null);
    await say('node', 'h1', 'ping -c3 -i0.05 h2');
    const frames = await until(async () => {
      const chunk = await capture.readSince(first.cursor);
      return chunk.records.length >= 6 * (16 + 98) ? chunk : null;
    }, 'three requests and three replies');
    expect(frames.isGap).toBe(false);
    await say('node', 'r1', 'ip link set eth1 down; sleep 0.2; ip link set eth1 up');
    const later = await until(async () => {
      await sandbox.run('node', 'h1', 'ping -c1 -W1 h2');
      const chunk = await capture.readSince(frames.cursor);
      return chunk.records.length > 0 ? chunk : null;
    }, 'frames after the interface was down');
    expect(later.isGap).toBe(false);
  });

  test('waits for an interface that is down', async () => {
    await say('node', 'h1', 'ip link add idle0 type veth peer name idle1');
    const capture = await sandbox.startCapture({ node: 'h1', interface: 'idle0' });
    await say('node', 'h1', 'ip link set idle1 up && ip link set idle0 up');
    await until(async () => {
      await say('node', 'h1', 'ping -c1 -W1 -b -I idle0 255.255.255.255 >/dev/null 2>&1; true');
      return (await capture.readSince(null)).records.length > 0;
    }, 'a frame');
    await say('node', 'h1', 'ip link del idle0');
  });

  test('goes on with an interface that was removed and made anew', async () => {
    const changed = await manager.start(line(2), { id: 'changed' });
    const capture = await changed.startCapture({ node: 'h1', interface: 'eth0' });
    const start = await capture.readSince(null);
    await changed.run(
      'node',
      'h1',
      'ip link del eth0; ip link add eth0 type veth peer x0; ip link set x0 up; ip link set eth0 up; ip address add 10.7.7.1/24 dev eth0',
    );
    const chunk = await until(async () => {
      await changed.run('node', 'h1', 'ping -c1 -W0.1 10.7.7.9');
      const read = await capture.readSince(start.cursor);
      return read.cursor.file > start.cursor.file && read.records.length > 0 ? read : null;
    }, 'frames of the new interface');
    expect(chunk.isGap).toBe(false);
    await changed.stop('Done.');
  });

  test('is a bounded ring that tells of gaps', async () => {
    const capture = await sandbox.startCapture({ node: 'h2', interface: 'eth0' });
    const start = await capture.readSince(null);
    await say('node', 'h1', 'for i in 1 2 3 4 5 6 7 8 9; do ping -q -f -s 8000 -c 100 h2 >/dev/null; done');
    const chunk = await until(async () => {
      const read = await capture.readSince(start.cursor);
      return read.isGap ? read : null;
    }, 'a gap');
    expect(chunk.records.length).toBeGreaterThan(1_000_000);
    // Old files are removed behind tcpdump's back.
    await until(async () => {
      const { stdout } = await sandbox.run('outer', null, `du -sb ${capture.path}`);
      return Number(stdout.split('\t')[0]) < 9_000_000;
    }, 'no more than three files and the one being written');
  });
});

test('a capture outlives a flood, in three files', async () => {
  const flooded = await manager.start(line(2), { id: 'flooded', captures: [{ node: 'h1', interface: 'eth0' }] });
  const capture = await flooded.startCapture({ node: 'h1', interface: 'eth0' });
  await flooded.run('node', 'h2', 'iperf3 -s -1 -D');
  const { stdout } = await flooded.run('node', 'h1', 'iperf3 -c h2 -t 6', { timeoutMs: 20_000 });
  expect(stdout).toContain('iperf Done');
  const files = await flooded.run('outer', null, `ls ${capture.path} | wc -l`);
  expect(Number(files.stdout)).toBeLessThanOrEqual(3);
  let { cursor } = await capture.readSince(null);
  await until(async () => {
    const chunk = await capture.readSince(cursor);
    cursor = chunk.cursor;
    return chunk.records.length === 0;
  }, 'the end of the flood');
  await flooded.run('node', 'h1', 'ping -c1 -W2 h2');
  await until(async () => (await capture.readSince(cursor)).records.length > 0, 'frames after the flood');
  await flooded.stop('Done.');
});

describe('a capture that only viewers hold', () => {
  const endpoint = { node: 'h2', interface: 'eth0' };
  const graceMs = 300;
  let viewed: Sandbox;

  beforeAll(async () => {
    viewed = await manager.start(line(3), { id: 'viewed', captures: [{ node: 'h1', interface: 'eth0' }] });
    // inject-frames sends to who is known.
    await viewed.run('node', 'r1', 'ping -c1 -W2 h2');
  });
  afterAll(() => viewed.stop('Done.'));

  /** The tcpdump of an endpoint, as the outer context numbers it; null where there is none. */
  const capturing = async (at: string): Promise<string | null> => {
    const processes =
      'for p in /proc/[0-9]*; do echo ${p#/proc/} $(tr "\\0" " " < $p/cmdline) in $(readlink $p/cwd); done';
    const { stdout } = await viewed.run('outer', null, processes);
    const ring = `in /run/vethlab/captures/${encodeURIComponent(at)}`;
    const found = stdout.split('\n').find((row) => row.includes(' tcpdump ') && row.endsWith(ring));
    return found?.split(' ')[0] ?? null;
  };
  /** Settles when all that was let go before has had its grace: the agent ends captures in turn. */
  const graceOver = async (): Promise<void> => {
    const held = await viewed.holdCapture({ node: 'r1', interface: 'eth0' }, { graceMs });
    held[Symbol.dispose]();
    await until(async () => (await capturing('r1:eth0')) === null, 'the last capture to end');
  };
  const dropped = async (): Promise<number> => {
    const { stdout } = await viewed.run('net', 'h2', 'sed -n s/eth0://p /proc/net/dev');
    return Number(stdout.trim().split(/\s+/)[3]);
  };
  const sendUnknown = async (): Promise<void> => {
    const address = viewed.topology.links[1]?.endpoints[1].ipv4[0]?.split('/')[0];
    const { stderr } = await viewed.run('node', 'r1', `inject-frames -i eth1 ${address} --ethertype 0x88b5`);
    expect(stderr).toBe('');
  };

  test('ends a while after the last one let go, and frames that nobody wants count as dropped again', async () => {
    const first = await viewed.holdCapture(endpoint, { graceMs });
    const second = await viewed.holdCapture(endpoint, { graceMs });
    const process = await capturing('h2:eth0');
    expect(process).not.toBeNull();
    const before = await dropped();
    await sendUnknown();
    await until(async () => (await first.readSince(null)).records.length > 0, 'the frames');
    expect(await dropped()).toBe(before);

    first[Symbol.dispose]();
    await graceOver();
    expect(await capturing('h2:eth0')).toBe(process);
    second[Symbol.dispose]();
    // A reload: who comes back in time finds the same capture.
    const again = await viewed.holdCapture(endpoint, { graceMs });
    await graceOver();
    expect(await capturing('h2:eth0')).toBe(process);
    expect(again.sinceMs).toBe(first.sinceMs);

    const { records } = await again.readSince(null);
    again[Symbol.dispose]();
    await until(async () => (await capturing('h2:eth0')) === null, 'tcpdump to be gone');
    await sendUnknown();
    await until(async () => (await dropped()) > before, 'the frames to be counted as dropped');
    const kept = (await again.readSince(null)).records.subarray(0, records.length);
    expect(Buffer.from(kept).equals(records)).toBe(true);
  });

  test('goes on from there when somebody comes later, and says since when', async () => {
    const beforeMs = Date.now();
    using held = await viewed.holdCapture(endpoint, { graceMs });
    expect(held.sinceMs).toBeGreaterThan(beforeMs);
    const { cursor } = await held.readSince(null);
    await viewed.run('node', 'r1', 'ping -c1 -W2 h2');
    await until(async () => (await held.readSince(cursor)).records.length > 0, 'frames after the first capture');
  });

  test('does not end where a check needs it', async () => {
    const fromStart = await capturing('h1:eth0');
    expect(fromStart).not.toBeNull();
    (await viewed.holdCapture({ node: 'h1', interface: 'eth0' }, { graceMs }))[Symbol.dispose]();
    const held = await viewed.holdCapture(endpoint, { graceMs });
    await viewed.startCapture(endpoint);
    held[Symbol.dispose]();
    await graceOver();
    expect(await capturing('h1:eth0')).toBe(fromStart);
    expect(await capturing('h2:eth0')).not.toBeNull();
  });
});

describe('reading', () => {
  test('reads counters of nodes without a process, fast', async () => {
    const before = performance.now();
    const counters = await sandbox.readProc(['h1', 'r1', 'h2'], ['net/snmp', 'net/netstat', 'net/dev', 'net/nothing']);
    expect(performance.now() - before).toBeLessThan(50);
    expect(counters.get('r1')?.[0]).toContain('Icmp:');
    expect(counters.get('h1')?.[3]).toBeNull();
  });
});

describe('ending', () => {
  test('a node that is ended ends the sandbox with words, and nothing is left', async () => {
    const fragile = (await manager.start(line(2), { id: 'fragile' })) as LabSandbox;
    const { stdout } = await fragile.run('outer', null, 'pgrep -f -x init | head -1');
    // The sandbox may be gone before the command has answered.
    await fragile.run('outer', null, `kill -9 ${stdout.trim()}`).catch(() => {});
    expect(inWords(await fragile.ended)).toMatch(/The node h[12] was ended from inside\./);
    await until(() => manager.get('fragile') === undefined, 'it to be gone');
  });

  test('stop takes moments, and run says that the sandbox has ended', async () => {
    const short = await manager.start(line(3), { id: 'short' });
    const { pid } = (short as LabSandbox).outer as OciOuter;
    await short.stop('You left.');
    expect(inWords(await short.ended)).toBe('You left.');
    await until(() => !existsSync(`/proc/${pid}`), 'its first process to be gone');
    await expect(short.run('node', 'h1', 'true')).rejects.toMatchObject({ code: 'sandbox_gone' });
  });
});
