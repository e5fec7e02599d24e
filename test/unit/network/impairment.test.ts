import { describe, expect, test } from 'vitest';
import {
  changedImpairment,
  needsWire,
  nextFaultChange,
  wireOrder,
  wireState,
} from '../../../server/network/impairment.ts';
import { planNetwork } from '../../../server/network/plan.ts';
import type { Fault, Link, Topology } from '../../../server/network/topology.ts';

const end = (node: string): Link['endpoints'][number] => ({ node, interface: 'eth0', mac: null, ipv4: [], ipv6: [] });
const link = (a: string, b: string, impairments: Link['impairments'] = [null, null]): Link => ({
  endpoints: [end(a), end(b)],
  mtu: 1400,
  impairments,
  offload: false,
  adjustable: false,
});
const host = { kind: 'host', routes: [], sysctls: {}, files: {}, exec: [], services: [] } as const;
const topology = (links: Link[], faults: Fault[] = []): Topology => ({
  nodes: [...new Set(links.flatMap(({ endpoints }) => endpoints.map(({ node }) => node)))].map((name) => ({
    name,
    ...host,
  })),
  links,
  faults,
});

describe('a wire', () => {
  test('is made for links that are impaired, or may be by a fault, and for no other', () => {
    const plain = link('h1', 'h2');
    const delayed = link('h3', 'h4', [null, { delayMs: 5 }]);
    const faulty = link('h5', 'h6');
    const whole = topology([plain, delayed, faulty], [{ atMs: 0, node: 'h6', interface: 'eth0', down: true }]);
    expect(whole.links.map((one) => needsWire(whole, one))).toEqual([false, true, true]);
  });

  test('shows each end the index of the far end, as a plain link does, and cuts no frame', () => {
    const plan = planNetwork(topology([link('h1', 'h2', [{ delayMs: 5 }, null])]));
    expect(plan.links).toEqual([]);
    expect(plan.wires[0]?.lines).toEqual([
      'link add name w0a index 3 address 02:00:00:ff:ff:01 mtu 65535 netns @ type veth peer name eth0 index 2 address 02:00:00:00:01:01 mtu 1400 netns @h1',
      'link add name w0b index 2 address 02:00:00:ff:ff:02 mtu 65535 netns @ type veth peer name eth0 index 3 address 02:00:00:00:01:02 mtu 1400 netns @h2',
    ]);
    expect(plan.nodes.map(({ wired }) => wired)).toEqual([['eth0'], ['eth0']]);
  });

  test('is told in the words of netem, per direction', () => {
    const state = {
      impairments: [{ delayMs: 20, lossPercent: 1, rateBitsPerSecond: 1e7 }, null],
      isDown: false,
    } as const;
    expect(JSON.parse(wireOrder(['w0a', 'w0b'], state))).toEqual({
      ports: ['w0a', 'w0b'],
      impair: [{ delay_ms: 20, loss_percent: 1, rate_bits_per_second: 1e7 }, null],
      down: false,
    });
  });
});

describe('the state of a wire', () => {
  const delayed = link('h1', 'h2', [{ delayMs: 20, lossPercent: 1 }, null]);
  const lossy: Fault = { atMs: 1000, forMs: 500, node: 'h1', interface: 'eth0', impairment: { lossPercent: 30 } };
  const pulled: Fault = { atMs: 1200, forMs: 100, node: 'h2', interface: 'eth0', down: true };
  const at = (readyMs: number, changes = {}): ReturnType<typeof wireState> =>
    wireState(delayed, [lossy, pulled], changes, readyMs);

  test('follows the faults from their first moment up to their last', () => {
    const before = { impairments: [{ delayMs: 20, lossPercent: 1 }, null], isDown: false };
    const during = { impairments: [{ delayMs: 20, lossPercent: 30 }, null], isDown: false };
    expect(at(999)).toEqual(before);
    expect(at(1000)).toEqual(during);
    expect(at(1200)).toEqual({ ...during, isDown: true });
    expect(at(1300)).toEqual(during);
    expect(at(1500)).toEqual(before);
  });

  test('a fault without an end lasts', () => {
    const { forMs: _, ...endless } = lossy;
    expect(wireState(delayed, [endless], {}, 1e9).impairments[0]?.lossPercent).toBe(30);
  });

  test('a change stands in place of the file, under the faults', () => {
    const changes = { 'h1:eth0': { impairment: null }, 'h2:eth0': { impairment: { delayMs: 3 }, down: true } };
    expect(at(0, changes)).toEqual({ impairments: [null, { delayMs: 3 }], isDown: true });
    expect(at(1000, changes)).toEqual({ impairments: [{ lossPercent: 30 }, { delayMs: 3 }], isDown: true });
  });

  test('a change keeps what it does not name; null takes all away', () => {
    expect(changedImpairment({ delayMs: 20, lossPercent: 1 }, { lossPercent: 5 })).toEqual({
      delayMs: 20,
      lossPercent: 5,
    });
    expect(changedImpairment(null, { delayMs: 1 })).toEqual({ delayMs: 1 });
    expect(changedImpairment({ delayMs: 1 }, null)).toBeNull();
  });

  test('knows when a fault begins or ends next', () => {
    const moments = [0, 1000, 1200, 1300, 1499, 1500].map((readyMs) => nextFaultChange([lossy, pulled], readyMs));
    expect(moments).toEqual([1000, 1200, 1300, 1500, 1500, null]);
  });
});
