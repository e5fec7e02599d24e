/** Changing a link while it runs, by the API of a real server: what it does, who may, and what stays hidden. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AttemptView, type LinkView } from '../../server/contract/api.ts';
import type { TestLearner } from '../support/learner.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: TestServer;
let ada: TestLearner;
let attempt: string;
beforeAll(async () => {
  server = await startTestServer();
  ada = await server.learner('Ada');
  ({
    attempt: { id: attempt },
  } = await ada.openLab('basics/far-away'));
});
afterAll(() => server[Symbol.asyncDispose]());

const change = (learner: TestLearner, endpoint: string, body: unknown): Promise<AttemptView> =>
  learner.call(AttemptView, attempt, `/links/${endpoint}`, body);

const linkOf = (view: AttemptView): LinkView | undefined => view.sandbox.links[0];

let terminals = 0;

/** Milliseconds. */
async function roundTrip(address: string): Promise<number> {
  // Another one each time: a terminal that is opened again shows what it showed.
  const terminal = ada.terminal(attempt, 'h1', ++terminals);
  await terminal.see(/root@h1/);
  terminal.type(`ping -c 2 ${address}\r`);
  // The least of two: the first one may have asked for the neighbour.
  const summary = await terminal.see(/mdev = [\d.]+\//);
  terminal.socket.send(JSON.stringify({ type: 'close' }));
  return Number(/[\d.]+/.exec(summary)?.[0]);
}

test('a link that does not run yet is shown as the file says, and cannot be changed', async () => {
  const { sandbox } = await ada.view(attempt);
  expect(sandbox.links).toEqual([
    {
      endpoints: ['h1:eth0', 'r1:eth0'],
      impairments: [{ delayMs: 40, lossPercent: 0 }, null],
      isDown: false,
      isAdjustable: true,
    },
    {
      endpoints: ['r1:eth1', 'h2:eth0'],
      impairments: [{ rateBitsPerSecond: 50e6 }, { rateBitsPerSecond: 50e6 }],
      isDown: false,
      isAdjustable: false,
    },
  ]);
  await expect(change(ada, 'h1:eth0', { impair: { delayMs: 90 } })).rejects.toThrow(/sandbox_gone/);
});

test('a change is felt at once, keeps what it does not name, and reaches every open page', async () => {
  await ada.start(attempt);
  const { frames, socket } = ada.watch(attempt);
  await until(() => frames[0], 'the page is told of the attempt');
  expect(await roundTrip('10.0.1.254')).toBeGreaterThan(39);
  const changed = linkOf(await change(ada, 'h1:eth0', { impair: { delayMs: 90, limit: 500 } }));
  expect(changed?.impairments).toEqual([{ delayMs: 90, lossPercent: 0, limit: 500 }, null]);
  expect(await roundTrip('10.0.1.254')).toBeGreaterThan(89);
  await until(
    () => frames.some((frame) => frame.type === 'sandbox' && frame.sandbox.links[0]?.impairments[0]?.delayMs === 90),
    'the page is told of the change',
  );
  socket.close();
  const back = linkOf(await change(ada, 'r1:eth0', { impair: { delayMs: 5 } }));
  expect(back?.impairments).toEqual([{ delayMs: 90, lossPercent: 0, limit: 500 }, { delayMs: 5 }]);
  expect(linkOf(await change(ada, 'h1:eth0', { impair: { delayMs: null } }))?.impairments[0]).toEqual({
    lossPercent: 0,
    limit: 500,
  });
  expect(linkOf(await change(ada, 'h1:eth0', { impair: null }))?.impairments).toEqual([null, { delayMs: 5 }]);
  expect(await roundTrip('10.0.1.254')).toBeLessThan(30);
});

test('the cable can be pulled and plugged in', async () => {
  expect(linkOf(await change(ada, 'h1:eth0', { down: true }))?.isDown).toBe(true);
  const terminal = ada.terminal(attempt, 'h1', ++terminals);
  await terminal.see(/root@h1/);
  terminal.type('until ip link show eth0 | grep -q NO-CARRIER; do sleep 0.1; done; ip link show eth0\r');
  await terminal.see(/<NO-CARRIER/);
  expect(linkOf(await change(ada, 'h1:eth0', { down: false }))?.isDown).toBe(false);
  terminal.type('until ip link show eth0 | grep -q LOWER_UP; do sleep 0.1; done; ip link show eth0\r');
  await terminal.see(/,LOWER_UP/);
});

test('a fault of the lab stays hidden, while it is felt', async () => {
  expect(JSON.stringify(await ada.view(attempt))).not.toMatch(/delayMs":30\b/);
  expect(await roundTrip('10.0.2.1')).toBeGreaterThan(29);
});

test('what the lab does not leave to its learners is refused, and so is what no link can do', async () => {
  await expect(change(ada, 'h2:eth0', { impair: null })).rejects.toThrow(/403 forbidden: This lab does not let you/);
  await expect(change(ada, 'r1:eth1', { down: true })).rejects.toThrow(/403 forbidden/);
  await expect(change(ada, 'h9:eth0', { down: true })).rejects.toThrow(/404 not_found/);
  for (const body of [
    { impair: { delayMs: -1 } },
    { impair: { lossPercent: 101 } },
    { impair: { delay: 1 } },
    { impair: 'none' },
    { down: 1 },
    { up: true },
    [],
  ]) {
    await expect(change(ada, 'h1:eth0', body), JSON.stringify(body)).rejects.toThrow(/400 bad_request/);
  }
});

test('nobody changes the network of another', async () => {
  const bob = await server.learner('Bob');
  await expect(change(bob, 'h1:eth0', { down: true })).rejects.toThrow(/404 not_found: This attempt/);
  const answers = await Promise.all(
    [{ origin: 'http://elsewhere.example' }, { 'x-vethlab': null }, { cookie: null }].map((headers) =>
      ada.request(`/api/attempts/${attempt}/links/h1:eth0`, { method: 'POST', body: '{"down":true}', headers }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 401]);
  expect(linkOf(await ada.view(attempt))?.isDown).toBe(false);
});
