import { expect, test } from 'vitest';
import { netemLines, netemSetUp } from '../../../server/network/netem.ts';

const ports = ['w0a', 'w0b'] as const;

test('netem is the first thing asked of the kernel, then what joins the ports', () => {
  expect(netemSetUp(ports)).toEqual([
    'qdisc add dev w0a root netem limit 1000',
    'qdisc add dev w0b root netem limit 1000',
    'qdisc add dev w0a clsact',
    'qdisc add dev w0b clsact',
    'filter add dev w0a ingress matchall action mirred egress redirect dev w0b',
    'filter add dev w0b ingress matchall action mirred egress redirect dev w0a',
  ]);
});

test('what an endpoint sends suffers at the port of the other, and every option is said', () => {
  const all = {
    delayMs: 20.5,
    jitterMs: 2,
    lossPercent: 1,
    duplicatePercent: 0.1,
    corruptPercent: 3,
    reorderPercent: 25,
    rateBitsPerSecond: 1e7,
    limit: 50,
  };
  expect(netemLines(ports, { impairments: [all, null], isDown: false }, 1)).toEqual([
    'link set dev w0a up',
    'link set dev w0b up',
    'qdisc replace dev w0b root netem limit 50 delay 20500us 2000us loss 1% duplicate 0.1% corrupt 3% reorder 25% rate 10000000bit',
    'qdisc replace dev w0a root netem limit 1000 delay 0us 0us loss 0% duplicate 0% corrupt 0% reorder 0% rate 0bit',
  ]);
});

test('a pulled cable is both ports down; nothing overtakes where nothing is delayed', () => {
  const lines = netemLines(ports, { impairments: [{ reorderPercent: 5 }, null], isDown: true }, 1);
  expect(lines.slice(0, 2)).toEqual(['link set dev w0a down', 'link set dev w0b down']);
  expect(lines[2]).toContain('reorder 0%');
});

test('what waits in all wires together is bounded, and never to less than what tc takes by default', () => {
  const limitOf = (wires: number): number => {
    const [line = ''] = netemLines(ports, { impairments: [{ limit: 1e6 }, null], isDown: false }, wires).slice(2);
    return Number(/limit (\d+)/.exec(line)?.[1]);
  };
  expect([1, 2, 100].map(limitOf)).toEqual([6144, 3072, 1000]);
});
