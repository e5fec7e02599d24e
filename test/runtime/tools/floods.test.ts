/** flow-flood, udp-flood and syn-flood: what arrives is what was ordered. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startToolNetwork, type ToolNetwork } from '../../support/tool-network.ts';
import { until } from '../../support/until.ts';

let network: ToolNetwork;
beforeAll(async () => {
  network = await startToolNetwork();
  await network.run('h2', 'socat -u UDP4-RECV:9 OPEN:/dev/null & until ss -Huln | grep -q ":9 "; do sleep 0.02; done');
});
afterAll(() => network[Symbol.asyncDispose]());

test('flow-flood makes one flow of each datagram, or one of all', async () => {
  await network.run(
    'h2',
    "nft 'add table ip t; add chain ip t i { type filter hook input priority 0; }; add rule ip t i ct state new accept'",
  );
  const flows = (): Promise<string> => network.run('h2', 'conntrack -L -p udp 2>/dev/null | wc -l');
  const before = Number(await flows());
  await network.run('h1', 'flow-flood 10.0.1.2 9 70');
  expect(Number(await flows())).toBe(before + 70);
  await network.run('h2', 'conntrack -F 2>/dev/null');
  const grown = await network.growth('h2', ['Udp.InDatagrams'], () =>
    network.run('h1', 'flow-flood 10.0.1.2 9 70 --same-port'),
  );
  expect(grown).toEqual({ 'Udp.InDatagrams': 70 });
  expect(Number(await flows())).toBe(1);
  expect(await network.run('h1', 'flow-flood 10.0.1.2 9 70000', 2)).toContain('a port number has 16 bits');
});

test('udp-flood keeps to its rate', async () => {
  const grown = await network.growth('h2', ['Udp.InDatagrams', 'eth0.rx_bytes'], () =>
    network.run('h1', 'udp-flood 10.0.1.2 9 --rate 8mbit --size 972 --seconds 1.5'),
  );
  // 8 Mbit/s are 1000 packets of 1000 bytes a second. A busy machine may send fewer.
  expect(grown['Udp.InDatagrams']).toBeGreaterThan(750);
  expect(grown['Udp.InDatagrams']).toBeLessThanOrEqual(1501);
  expect(await network.run('h1', 'udp-flood 10.0.1.2 9 --rate fast', 2)).toContain('write a rate like "8mbit"');
});

test('syn-flood leaves half-open connections of addresses that nobody has', async () => {
  await network.run(
    'h2',
    'ip route replace 203.0.113.0/24 dev eth0; ip neigh replace 203.0.113.1 lladdr 02:00:00:00:00:99 dev eth0',
  );
  await network.run(
    'h2',
    'listener 8000 --backlog 64 --mode never >/dev/null 2>&1 </dev/null & until ss -Hltn | grep -q :8000; do sleep 0.02; done',
  );
  await network.run('h1', 'syn-flood 10.0.1.2 8000 --sources 203.0.113.0/30 --rate 50 --seconds 0.5');
  await until(
    async () => Number(await network.run('h2', 'ss -Htn state syn-recv sport = :8000 | wc -l')) > 0,
    'half-open connections',
  );
  expect(await network.run('h2', 'ss -Htn state syn-recv sport = :8000')).toContain('203.0.113.');
});
