import { afterAll, beforeAll, expect, test } from 'vitest';
import { startToolNetwork, type ToolNetwork } from '../../support/tool-network.ts';
import { until } from '../../support/until.ts';

let network: ToolNetwork;
beforeAll(async () => {
  network = await startToolNetwork();
});
afterAll(() => network[Symbol.asyncDispose]());

/** A connection to h2 on which one line is said once the forger waits, and which lasts until the forger is done. */
async function forge(port: number, options: string): Promise<void> {
  await network.run(
    'h2',
    `socat -u TCP4-LISTEN:${port} OPEN:/root/${port},creat,append & until ss -tln | grep -q :${port}; do sleep 0.02; done`,
  );
  await network.run(
    'h1',
    `replay-segment ${port} ${options} --wait 10 >/root/forger & forger=$!
     until grep -q waiting /root/forger; do sleep 0.02; done
     exec 3<>/dev/tcp/10.0.1.2/${port}; echo first >&3; wait $forger`,
  );
}

test('a segment that continues the connection is believed once', async () => {
  const grown = await network.growth('h2', ['TcpExt.PAWSEstab'], () => forge(7000, '-n 3'));
  await until(async () => (await network.run('h2', 'cat /root/7000')) === 'first\nFORGED\n', 'the forged line is read');
  expect(grown).toEqual({ 'TcpExt.PAWSEstab': 0 });
});

test('with an older timestamp it is refused each time', async () => {
  const grown = await network.growth('h2', ['TcpExt.PAWSEstab'], () => forge(7001, '-n 4 --older 100000'));
  expect(grown).toEqual({ 'TcpExt.PAWSEstab': 4 });
  expect(await network.run('h2', 'cat /root/7001')).toBe('first\n');
});

test('it does not wait for ever', async () => {
  expect(await network.run('h1', 'replay-segment 7002 --wait 0.2', 1)).toContain(
    'no data left for port 7002 within 0.2',
  );
});
