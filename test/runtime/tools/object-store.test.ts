import { afterAll, beforeAll, expect, test } from 'vitest';
import { startToolNetwork, type ToolNetwork } from '../../support/tool-network.ts';

let network: ToolNetwork;
beforeAll(async () => {
  network = await startToolNetwork();
  // The way the stores differ shows only where an object is smaller than a segment.
  for (const node of ['h1', 'h2']) await network.run(node, 'ip link set eth0 mtu 65520');
  await network.run(
    'h2',
    `for store in 7000 '7001 --no-delay' '7002 --one-write'; do object-store $store >/dev/null 2>&1 </dev/null & done
     until [ "$(ss -tln | grep -c ':700[012]')" = 3 ]; do sleep 0.02; done`,
  );
});
afterAll(() => network[Symbol.asyncDispose]());

/** Fetches twenty objects; how often h1 acknowledged late meanwhile. */
async function delayedAcks(port: number): Promise<number> {
  const grown = await network.growth('h1', ['TcpExt.DelayedACKs'], () =>
    network.run('h1', `get-objects 10.0.1.2 ${port} 20000 -n 20`),
  );
  return grown['TcpExt.DelayedACKs'] ?? 0;
}

test('an answer in two writes waits for a delayed acknowledgement each time, and only then', async () => {
  expect(await delayedAcks(7000)).toBeGreaterThanOrEqual(15);
  expect(await delayedAcks(7001)).toBeLessThanOrEqual(4);
  expect(await delayedAcks(7002)).toBeLessThanOrEqual(4);
});

test('one write is one packet where two writes are two', async () => {
  const packets = async (port: number): Promise<number> => {
    const grown = await network.growth('h2', ['Tcp.OutSegs'], () =>
      network.run('h1', `get-objects 10.0.1.2 ${port} 20000 -n 50`),
    );
    return grown['Tcp.OutSegs'] ?? 0;
  };
  expect((await packets(7001)) - (await packets(7002))).toBeGreaterThanOrEqual(40);
});

test('what arrived is told: the number, the median alone, every object', async () => {
  expect(await network.run('h1', 'get-objects 10.0.1.2 7002 1000000 -n 3')).toMatch(
    /^3 objects of 1000000 bytes: median [\d.]+ ms, slowest tenth from [\d.]+ ms, slowest [\d.]+ ms\n$/,
  );
  expect(await network.run('h1', 'get-objects 10.0.1.2 7002 10 -n 3 --median')).toMatch(/^\d+\.\d\d\n$/);
  expect(await network.run('h1', 'get-objects 10.0.1.2 7002 10 -n 2 --each')).toContain('object 2: ');
});

test('an object is as long as was asked for, and the store ends a conversation that is none', async () => {
  expect(await network.run('h1', "printf 'GET 5\\nGET 3\\n' | nc -N 10.0.1.2 7000 | tr '\\0' x")).toBe(
    'OK 5\nxxxxxOK 3\nxxx',
  );
  expect(await network.run('h1', "printf 'HELO\\n' | nc -N 10.0.1.2 7000")).toBe('');
});

test('what they cannot do they say', async () => {
  expect(await network.run('h1', 'get-objects 10.0.1.2 7009 10', 1)).toContain('port 7009: Connection refused.');
  expect(await network.run('h2', 'object-store 7000', 1)).toContain('port 7000 of 0.0.0.0: Address already in use.');
});
