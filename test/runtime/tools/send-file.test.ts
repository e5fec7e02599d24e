import { afterAll, beforeAll, expect, test } from 'vitest';
import { startToolNetwork, type ToolNetwork } from '../../support/tool-network.ts';

let network: ToolNetwork;
const size = 1_000_000;

beforeAll(async () => {
  network = await startToolNetwork();
  await network.run('h1', `head -c ${size} /dev/urandom > /root/data`);
});
afterAll(() => network[Symbol.asyncDispose]());

/** Sends the file under strace to a fresh listener; the sum that arrived, what the tool said, and how often each call was made. */
async function send(options: string): Promise<{ sum: string; said: string; calls: Record<string, number> }> {
  await network.run(
    'h2',
    '{ nc -l 5000 </dev/null | sha256sum > /root/sum; } & until ss -ltn | grep -q :5000; do sleep 0.02; done',
  );
  const said = await network.run(
    'h1',
    `strace -f -c -o /root/calls -e trace=sendto,sendfile send-file /root/data 10.0.1.2 5000 ${options}`,
  );
  const table = await network.run('h1', 'cat /root/calls');
  const sum = await network.run('h2', 'until [ -s /root/sum ]; do sleep 0.02; done; cat /root/sum; : > /root/sum');
  const calls = Object.fromEntries(
    table
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => ['sendto', 'sendfile'].includes(columns.at(-1) ?? ''))
      .map((columns) => [columns.at(-1) ?? '', Number(columns[3])]),
  );
  return { sum, said, calls };
}

test.each([
  ['--block 4096', { sendto: 245 }, '245 blocks read and sent'],
  ['--block 65536', { sendto: 16 }, '16 blocks read and sent'],
  ['--by sendfile', { sendfile: 2 }, '2 calls of sendfile'],
  // A veth hands the pages to a receiver on the same machine, so the kernel has to copy them.
  ['--by zerocopy', { sendto: 16 }, '16 sends with MSG_ZEROCOPY, of which the kernel copied 16 all the same'],
])('send-file %s sends the whole file with as many calls as it says', async (options, calls, words) => {
  const sent = await send(options);
  expect(sent.sum).toBe(await network.run('h1', 'sha256sum < /root/data'));
  expect(sent.said).toContain(words);
  expect(sent.calls).toMatchObject(calls);
});

test('what it cannot do it says', async () => {
  expect(await network.run('h1', 'send-file /root/nothing 10.0.1.2 5000', 1)).toContain('/root/nothing: No such file');
  expect(await network.run('h1', 'send-file /root/data 10.0.1.2 5001', 1)).toContain('port 5001: Connection refused');
  expect(await network.run('h1', 'send-file /root/data 10.0.1.2 0', 2)).toContain('a port is a number');
});
