import { afterAll, beforeAll, expect, test } from 'vitest';
import { startToolNetwork, type ToolNetwork } from '../../support/tool-network.ts';
import { until } from '../../support/until.ts';

let network: ToolNetwork;
beforeAll(async () => {
  network = await startToolNetwork();
});
afterAll(() => network[Symbol.asyncDispose]());

/** On h2, in the background; what it says goes to /root/<port>. */
async function listen(port: number, options: string, before = 'true'): Promise<void> {
  await network.run(
    'h2',
    `${before}; listener ${port} ${options} >/root/${port} 2>&1 </dev/null & until ss -Hltn | grep -q :${port}; do sleep 0.02; done`,
  );
}

/** How many connections of that port h2 has in a state, as seen by `ss`. */
const inState = async (port: number, state: string): Promise<number> =>
  Number(await network.run('h2', `ss -Htn state ${state} sport = :${port} | wc -l`));

test('never: connections wait in the kernel, one more than the backlog', async () => {
  await listen(8001, '--backlog 3 --mode never');
  const grown = await network.growth('h2', ['TcpExt.ListenOverflows'], async () => {
    expect(await network.run('h1', 'connect-many 10.0.1.2 8001 6 --timeout 0.2 --hold 0', 1)).toBe(
      '6 tried: 4 connected, 2 no answer within 0.2 s\n',
    );
  });
  expect(grown['TcpExt.ListenOverflows']).toBeGreaterThanOrEqual(2);
  expect(await network.run('h2', `ss -Hltn sport = :8001 | awk '{print $2, $3}'`)).toBe('4 3\n');
});

test('keep: a connection whose client has closed stays in CLOSE-WAIT', async () => {
  await listen(8002, '--mode keep');
  await network.run('h1', 'connect-many 10.0.1.2 8002 5 --close');
  await until(async () => (await inState(8002, 'close-wait')) === 5, 'five connections nobody closes');
});

test('serve: it closes when the client has closed', async () => {
  await listen(8003, '--mode serve');
  await network.run('h1', 'connect-many 10.0.1.2 8003 5 --hold 60 >/dev/null 2>&1 </dev/null & echo $! >/root/clients');
  await until(
    async () => (await inState(8003, 'established')) === 5,
    'five connections are kept while the client does',
  );
  await network.run('h1', 'kill $(cat /root/clients)');
  await until(async () => (await inState(8003, 'all exclude listening')) === 0, 'nothing is left');
});

test('out of files it says so, and goes on when there is room again', async () => {
  await listen(8004, '--mode keep', 'ulimit -Sn 10');
  await network.run('h1', 'connect-many 10.0.1.2 8004 12 --hold 60 >/dev/null 2>&1 </dev/null &');
  const log = (): Promise<string> => network.run('h2', 'cat /root/8004');
  await until(async () => (await log()).includes('Too many open files'), 'accept fails');
  await network.run('h2', 'prlimit --pid $(pgrep -f "[l]istener 8004") --nofile=100');
  await until(async () => (await log()).endsWith('accepting again\n'), 'accept works again');
});

test('a port in use is an error in words', async () => {
  await listen(8005, '--mode serve');
  expect(await network.run('h2', 'listener 8005', 1)).toContain('cannot listen on 0.0.0.0 port 8005');
});
