import { afterAll, beforeAll, expect, test } from 'vitest';
import { startToolNetwork, type ToolNetwork } from '../../support/tool-network.ts';
import { until } from '../../support/until.ts';

let network: ToolNetwork;
beforeAll(async () => {
  network = await startToolNetwork();
});
afterAll(() => network[Symbol.asyncDispose]());

const start = (port: number, options: string): Promise<string> =>
  network.run(
    'h2',
    `slow-reader ${port} ${options} >/root/${port} 2>&1 & until grep -q waiting /root/${port}; do sleep 0.02; done`,
  );
const waiting = async (port: number): Promise<number> =>
  Number((await network.run('h2', `ss -tnH state established sport = :${port} | awk '{ print $1 }'`)) || 0);

test('it reads all that a writer sends, and tells how much that was', async () => {
  await start(9000, '');
  const written = await network.run('h1', 'stream-writer 10.0.1.2 9000 --bytes 3000000 --seconds 1');
  expect(written).toContain('3000000 bytes handed to the kernel');
  await until(async () => (await network.run('h2', 'cat /root/9000')).includes('3000000 bytes read'), 'all is read');
});

test('at a rate, it reads no faster', async () => {
  await start(9001, '--rate 20000');
  await network.run('h1', 'timeout 5 stream-writer 10.0.1.2 9001 --bytes 100000 >/dev/null 2>&1 &');
  const isAbove = async (bytes: number): Promise<number | null> => {
    const bytesThere = await waiting(9001);
    return bytesThere > bytes ? bytesThere : null;
  };
  const first = await until(() => isAbove(20_000), 'something waits to be read');
  await until(async () => (await waiting(9001)) < first, 'it reads on');
});

test('at rate 0 it never reads, and the writer is held up', async () => {
  await start(9002, '--rate 0');
  const written = await network.run('h1', 'stream-writer 10.0.1.2 9002 --seconds 1.5');
  const taken = Number(written.match(/\d+/g)?.at(-1));
  expect(taken).toBeGreaterThan(100_000);
  const unread = await waiting(9002);
  expect(unread).toBeGreaterThan(10_000);
  expect(unread).toBeLessThan(taken);
});

test('what it cannot do it says', async () => {
  expect(await network.run('h2', 'slow-reader 9000', 1)).toContain('Address already in use');
  expect(await network.run('h1', 'stream-writer 10.0.1.2 9999', 1)).toContain('10.0.1.2:9999: Connection refused');
});
