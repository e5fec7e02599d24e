import { describe, expect, it } from 'vitest';
import type { InterfaceView } from '../../../../server/contract/watch.ts';
import type { PageTopology } from '../../../../web/topology/graph.ts';
import { describeLink, labelsOf } from '../../../../web/topology/labels.ts';
import { liveTopology } from '../../../../web/topology/live-topology.ts';
import { bytes, paceOf, shortRate } from '../../../../web/topology/rates.ts';

const WRITTEN: PageTopology = {
  nodes: [
    { name: 'h1', kind: 'host' },
    { name: 'h2', kind: 'host' },
  ],
  links: [
    {
      endpoints: [
        { node: 'h1', interface: 'eth0', addresses: ['10.0.0.1/24'] },
        { node: 'h2', interface: 'eth0', addresses: ['10.0.0.2/24'] },
      ],
      mtu: null,
    },
  ],
};

const up = (addresses: string[], mtu = 1500): InterfaceView => ({ state: 'up', mtu, mac: null, addresses });
const live = (views: Record<string, InterfaceView>) =>
  liveTopology(WRITTEN, (endpoint) => views[endpoint] ?? null).links[0];

describe('the network as it is this moment', () => {
  it('says the same as the lab while nothing has changed or nothing is known', () => {
    expect(live({})).toEqual(WRITTEN.links[0]);
    const views = { 'h1:eth0': up(['10.0.0.1/24', 'fe80::1/64']), 'h2:eth0': up(['10.0.0.2/24']) };
    expect(live(views)).toEqual(WRITTEN.links[0]);
  });

  it('shows addresses and MTU that the learner gave, and both MTUs where they differ', () => {
    const link = live({ 'h1:eth0': up([], 1400), 'h2:eth0': up(['192.0.2.1/32']) });
    expect(link && describeLink(link)).toBe('h1:eth0 to h2:eth0 192.0.2.1/32, MTU 1400 and 1500');
    const both = live({ 'h1:eth0': up([], 9000), 'h2:eth0': up([], 9000) });
    expect(both?.mtu).toBe(9000);
  });

  it('keeps the written words of an interface that is gone', () => {
    const gone: InterfaceView = { state: 'missing', mtu: null, mac: null, addresses: [] };
    expect(live({ 'h1:eth0': gone })?.endpoints[0].addresses).toEqual(['10.0.0.1/24']);
  });

  it('leaves most of many addresses to the panel', () => {
    const link = live({ 'h1:eth0': up(['10.0.0.1/8', '10.0.0.3/8', '10.0.0.4/8', '10.0.0.5/8', '10.0.0.6/8']) });
    expect(link && labelsOf(link, 'full', false).ends[0]).toEqual(['eth0', '10.0.0.1/8', '10.0.0.3/8', '+3 more']);
  });
});

it('writes rates in five characters at most', () => {
  const rates = [0, 0.04, 0.5, 9.96, 10, 999.4, 999.6, 9949, 12_345, 999_499, 1_234_567, 123_456_789];
  expect(rates.map(shortRate)).toEqual([
    '0',
    '0',
    '0.5',
    '10',
    '10',
    '999',
    '1.0k',
    '9.9k',
    '12k',
    '999k',
    '1.2M',
    '123M',
  ]);
  expect([0, 84, 999.6, 1234, 56_789, 1_500_000, 2e9].map(bytes)).toEqual([
    '0 B',
    '84 B',
    '1.0 kB',
    '1.2 kB',
    '57 kB',
    '1.5 MB',
    '2.0 GB',
  ]);
  expect([0, 1, 50, 1000, 100_000].map(paceOf)).toEqual(['idle', 'slow', 'steady', 'fast', 'racing']);
});
