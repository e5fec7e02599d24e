import { afterAll, beforeAll, expect, test } from 'vitest';
import { startToolNetwork, type ToolNetwork } from '../../support/tool-network.ts';

let network: ToolNetwork;
beforeAll(async () => {
  network = await startToolNetwork();
  await network.run('h2', 'ip addr add 10.0.1.3/24 dev eth0');
});
afterAll(() => network[Symbol.asyncDispose]());

/** Starts servers on h2 and waits until so many sockets of that port are there. */
const start = (port: number, sockets: number, ...servers: string[]): Promise<string> =>
  network.run(
    'h2',
    `${servers.map((options) => `thread-server ${options} >/dev/null 2>&1 &`).join(' ')}
     until [ $(ss -tulnH | grep -c :${port}) -ge ${sockets} ]; do sleep 0.02; done`,
  );

test('every thread greets one connection, and the next one waits until a thread is free', async () => {
  await start(8000, 1, '10.0.1.2 8000 --name red --threads 2');
  const greetings = await network.run(
    'h1',
    `for i in 1 2; do coproc nc 10.0.1.2 8000; read -r line <&\${COPROC[0]}; echo "$line"; exec {keep}<&\${COPROC[0]}; done 2>/dev/null
     nc -N -w1 10.0.1.2 8000 </dev/null | wc -c`,
  );
  const lines = greetings.trim().split('\n');
  expect(
    lines
      .slice(0, 2)
      .map((line) => /thread (\d)/.exec(line)?.[1])
      .toSorted((one, other) => Number(one) - Number(other)),
  ).toEqual(['0', '1']);
  expect(lines[0]).toMatch(/^red pid \d+ thread \d tid \d+ fd \d+, you are 10\.0\.1\.1:\d+$/);
  expect(lines[2]).toBe('0');
});

test('one address and port is for one server, unless all say --reuseport', async () => {
  await start(8001, 1, '10.0.1.2 8001');
  expect(await network.run('h2', 'thread-server 10.0.1.2 8001', 1)).toContain('Address already in use');
  await start(8002, 2, '10.0.1.2 8002 --reuseport --name w1', '10.0.1.2 8002 --reuseport --name w2');
  const names = await network.run('h1', 'for i in $(seq 60); do nc -N -w1 10.0.1.2 8002 </dev/null; done');
  expect(new Set(names.match(/^w\d/gm))).toEqual(new Set(['w1', 'w2']));
});

test('in UDP an answer comes from the address that was asked', async () => {
  await start(5353, 2, '0.0.0.0 5353 --udp --name wide', '10.0.1.2 5353 --udp --name narrow');
  const ask = (address: string): Promise<string> => network.run('h1', `echo hi | nc -u -w1 ${address} 5353`);
  expect(await ask('10.0.1.2')).toMatch(/^narrow .*you said: hi/);
  expect(await ask('10.0.1.3')).toMatch(/^wide .*you said: hi/);
});
