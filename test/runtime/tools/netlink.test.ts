/** netlink-monitor and netlink-ping: what they hear of the kernel, and how they tell what they missed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startToolNetwork, type ToolNetwork } from '../../support/tool-network.ts';

let network: ToolNetwork;
beforeAll(async () => {
  network = await startToolNetwork();
});
afterAll(() => network[Symbol.asyncDispose]());

/** Sixty addresses come and go while netlink-monitor listens; what it printed. */
function monitor(options: string): Promise<string> {
  return network.run(
    'h1',
    `: > /root/heard
     netlink-monitor --idle 2 ${options} > /root/heard 2>&1 &
     until grep -q listening /root/heard; do sleep 0.02; done
     for i in $(seq 60); do echo "address add 10.9.0.$i/32 dev lo"; done > /root/add
     sed 's/ add / del /' /root/add > /root/del
     ip -batch /root/add; ip -batch /root/del
     wait; cat /root/heard`,
  );
}

describe('netlink-monitor', () => {
  test('hears of each address that comes and goes', async () => {
    const heard = await monitor('--buffer 1000000');
    expect(heard.match(/^new address 10\.9\.0\.\d+\/32$/gm)).toHaveLength(60);
    expect(heard.match(/^deleted address 10\.9\.0\.\d+\/32$/gm)).toHaveLength(60);
    expect(heard).not.toContain('route');
    expect(heard).toContain('told 0 times that some were lost');
  });

  test('hears of routes when asked to', async () => {
    expect(await monitor('--routes --buffer 1000000')).toMatch(/^new route$/m);
  });

  test('with a small buffer and a slow reader it loses most, and is told so', async () => {
    const heard = await monitor('--buffer 4096 --pace 20');
    expect(heard).toContain('recv: No buffer space available');
    expect(Number(/^(\d+) announcements read/m.exec(heard)?.[1])).toBeLessThan(60);
    expect(heard).not.toContain('told 0 times');
  });

  test('ends with its report on Ctrl-C and on SIGTERM', async () => {
    for (const signal of ['INT', 'TERM']) {
      expect(await network.run('h1', `timeout -s ${signal} 1 netlink-monitor`, 124)).toContain('announcements read');
    }
  });
});

describe('netlink-ping', () => {
  test('says when it was stopped, and for how long', async () => {
    const said = await network.run(
      'h1',
      'netlink-ping -t 2 > /root/said & sleep 1; kill -STOP $!; sleep 0.3; kill -CONT $!; wait; cat /root/said',
    );
    const slow = [...said.matchAll(/^at +([\d.]+) s: +([\d.]+) ms$/gm)].map(([, at, ms]) => [Number(at), Number(ms)]);
    const [at = 0, ms = 0] = slow.toSorted(([, a = 0], [, b = 0]) => b - a)[0] ?? [];
    expect(at).toBeGreaterThan(0.3);
    expect(at).toBeLessThan(1.7);
    expect(ms).toBeGreaterThan(250);
    expect(Number(/^(\d+) answers/m.exec(said)?.[1])).toBeGreaterThan(200);
  });
});
