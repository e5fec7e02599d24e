import { afterAll, beforeAll, expect, test } from 'vitest';
import { startToolNetwork, type ToolNetwork } from '../../support/tool-network.ts';

let network: ToolNetwork;
beforeAll(async () => {
  network = await startToolNetwork();
  await network.run(
    'h2',
    'listener 8000 --mode serve >/dev/null 2>&1 </dev/null & until ss -Hltn | grep -q :8000; do sleep 0.02; done',
  );
});
afterAll(() => network[Symbol.asyncDispose]());

test('each connection is one, and is closed before the next', async () => {
  const grown = await network.growth('h2', ['Tcp.PassiveOpens'], async () => {
    expect(await network.run('h1', 'connect-many 10.0.1.2 8000 12 --close')).toBe('12 tried: 12 connected\n');
  });
  expect(grown).toEqual({ 'Tcp.PassiveOpens': 12 });
});

test('why there is no connection it says, in the kernel’s words', async () => {
  expect(await network.run('h1', 'connect-many 10.0.1.2 8009 3', 1)).toBe('3 tried: 3 Connection refused\n');
  expect(await network.run('h1', 'connect-many 10.0.1.2 8009 3 --give-up', 1)).toBe('1 tried: 1 Connection refused\n');
  // An even number: of an odd one the kernel leaves a port out now and then (__inet_hash_connect, net/ipv4/inet_hashtables.c).
  await network.run('h1', 'sysctl -qw net.ipv4.ip_local_port_range="50000 50003"');
  expect(await network.run('h1', 'connect-many 10.0.1.2 8000 8 --hold 0', 1)).toBe(
    '8 tried: 4 connected, 4 Cannot assign requested address\n',
  );
});

test('names are refused, since nodes have no DNS', async () => {
  expect(await network.run('h1', 'connect-many h2.example 8000 1', 2)).toContain('argument host');
});
