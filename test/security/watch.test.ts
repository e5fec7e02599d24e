/** The channel of living pictures on a real server: whose it is, what it tells, and when it is silent. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { CLOSE_NOT_FOUND } from '../../server/contract/frames.ts';
import { WatchFrame } from '../../server/contract/watch.ts';
import { outcomeOf, type TestLearner } from '../support/learner.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: TestServer;
let ada: TestLearner;
let attempt: string;
let peer: string;
beforeAll(async () => {
  server = await startTestServer();
  ada = await server.learner('Ada');
  const page = await ada.openLab('basics/two-hosts');
  attempt = page.attempt.id;
  peer = page.topology.links[0]?.endpoints[1].addresses[0]?.split('/')[0] ?? '';
});
afterAll(() => server[Symbol.asyncDispose]());

type StateFrame = WatchFrame & { type: 'state' };

async function look(learner: TestLearner, request: unknown): Promise<{ socket: WebSocket; frames: WatchFrame[] }> {
  const socket = learner.socket(`/ws/attempts/${attempt}/watch`);
  const frames: WatchFrame[] = [];
  socket.on('message', (data: Buffer) => frames.push(WatchFrame.parse(JSON.parse(data.toString()))));
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(typeof request === 'string' ? request : JSON.stringify(request));
  return { socket, frames };
}

const statesOf = (frames: readonly WatchFrame[]): StateFrame[] => frames.filter((frame) => frame.type === 'state');
const LOOK = { type: 'look', endpoints: ['h1:eth0', 'h2:eth0'], counters: { h2: ['Icmp.InEchos', 'Ip.Nothing'] } };

test('without a network there is one word; with the first network pictures begin by themselves', async () => {
  const { frames, socket } = await look(ada, LOOK);
  await until(() => frames.length === 1, 'the server has said that nothing runs');
  expect(frames).toEqual([{ type: 'off' }]);
  await ada.start(attempt);
  await until(() => statesOf(frames).some(({ interfaces }) => interfaces['h1:eth0']), 'the interfaces are shown');
  const [first, ...others] = statesOf(frames);
  expect(first?.isFirst).toBe(true);
  expect(others.every(({ isFirst }) => !isFirst)).toBe(true);
  expect(first?.counters['h2']).toEqual({ 'Icmp.InEchos': 0, 'Ip.Nothing': null });
  socket.close();
});

test('only differences are told, and all of it again after a reconnect', async () => {
  const { frames, socket } = await look(ada, LOOK);
  await until(() => statesOf(frames).some(({ interfaces }) => interfaces['h2:eth0']), 'all is known');
  const known = frames.length;
  const terminal = ada.terminal(attempt, 'h1');
  await terminal.see(/root@h1/);
  terminal.type(`ping -c 3 -i 0.2 ${peer}\r`);
  await until(() => statesOf(frames).some(({ counters }) => counters['h2']?.['Icmp.InEchos'] === 3), 'three echoes');
  for (const frame of statesOf(frames).slice(known)) {
    expect(frame.interfaces).toEqual({});
    expect(frame.counters['h2'] ?? {}).not.toHaveProperty('Ip.Nothing');
  }
  socket.close();
  const again = await look(ada, LOOK);
  await until(() => statesOf(again.frames)[0], 'the first frame of another connection');
  const [first] = statesOf(again.frames);
  expect(first).toMatchObject({ isFirst: true, counters: { h2: { 'Icmp.InEchos': 3 } } });
  expect(Object.keys(first?.traffic ?? {})).toEqual(['h1:eth0', 'h2:eth0']);
});

test('nobody sees the network of another, and frames that are none end the connection', async () => {
  const bob = await server.learner('Bob');
  expect(await outcomeOf(bob.socket(`/ws/attempts/${attempt}/watch`))).toMatchObject({
    code: CLOSE_NOT_FOUND,
    messages: 0,
  });
  const foreign = ada.socket(`/ws/attempts/${attempt}/watch`, { origin: 'http://elsewhere.example' });
  expect(await outcomeOf(foreign)).toEqual({ status: 403 });
  for (const request of ['{', '{"type":"look"}', JSON.stringify({ ...LOOK, endpoints: Array(300).fill('h1:eth0') })]) {
    const { socket } = await look(ada, request);
    expect(await outcomeOf(socket)).toMatchObject({ code: 1002 });
  }
  const { frames } = await look(ada, {
    ...LOOK,
    endpoints: ['h1:eth0', '../1:eth0', ':'],
    counters: { '../../1': ['Ip.InReceives'] },
  });
  await until(() => statesOf(frames)[0], 'what the lab has is shown');
  expect(Object.keys(statesOf(frames)[0]?.traffic ?? {})).toEqual(['h1:eth0']);
  expect(statesOf(frames)[0]?.counters).toEqual({});
});
