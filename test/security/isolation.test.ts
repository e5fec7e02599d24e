/** One learner can never see, type into or stop what is another's: call by call, over every route and socket. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AttemptView } from '../../server/contract/api.ts';
import type { LearnerTerminal } from '../support/learner-terminal.ts';
import type { TestLearner } from '../support/learner.ts';
import { outcomeOf, TestLearner as Learner } from '../support/learner.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

let server: TestServer;
let ada: TestLearner;
let mallory: TestLearner;
let nobody: TestLearner;
let attempt: AttemptView;
let terminal: LearnerTerminal;

beforeAll(async () => {
  server = await startTestServer();
  ada = await server.learner('Ada');
  mallory = await server.learner('Mallory');
  nobody = new Learner(server.url);
  ({ attempt } = await ada.openLab('basics/two-hosts'));
  await mallory.openLab('basics/two-hosts');
  await ada.start(attempt.id);
  terminal = ada.terminal(attempt.id, 'h1');
  await terminal.see(/h1.*# /);
});
afterAll(() => server[Symbol.asyncDispose]());

const calls: [method: string, path: string, body?: unknown][] = [
  ['GET', ''],
  ['POST', '/start'],
  ['POST', '/stop'],
  ['POST', '/reset'],
  ['POST', '/extend'],
  ['POST', '/tasks/add_address/check'],
  ['POST', '/tasks/which/answer', { answer: 'Internet' }],
  ['POST', '/tasks/add_address/hint'],
];

function send(
  learner: TestLearner,
  id: string,
  [method, path, body]: readonly [string, string, unknown?],
): ReturnType<TestLearner['request']> {
  return learner.request(`/api/attempts/${id}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

describe('the API of another learner', () => {
  test.each(calls)('%s %s says the same as for an attempt that does not exist', async (method, path, body) => {
    const call = [method, path, body] as const;
    const other = await send(mallory, attempt.id, call);
    const none = await send(mallory, '00000000-0000-4000-8000-000000000000', call);
    expect(other.status).toBe(404);
    expect(other.text).toBe(none.text);
    expect(other.text).not.toContain('h1');
  });

  test.each(calls)('%s %s needs a session', async (method, path, body) => {
    const call = [method, path, body] as const;
    expect((await send(nobody, attempt.id, call)).status).toBe(401);
    const forged = new Learner(server.url);
    forged.cookie = mallory.cookie.replace(/=.*/, `=${'A'.repeat(43)}`);
    expect((await send(forged, attempt.id, call)).status).toBe(401);
  });

  test('what could be asked has changed nothing', async () => {
    const view = await ada.view(attempt.id);
    expect(view.sandbox.state).toBe('ready');
    expect(view.tasks.every((task) => task.hints.length === 0 && task.answer === null)).toBe(true);
  });
});

describe('sockets of another learner', () => {
  const paths = ['', '/terminals/h1/0', '/terminals/h1/1', '/terminals/h2/0'];

  test.each(paths)('%s closes as if there were no such attempt, without a frame', async (path) => {
    expect(await outcomeOf(mallory.socket(`/ws/attempts/${attempt.id}${path}`))).toEqual({
      code: 4404,
      reason: 'This attempt does not exist.',
      messages: 0,
    });
  });

  test.each(paths)('%s needs a session', async (path) => {
    expect(await outcomeOf(nobody.socket(`/ws/attempts/${attempt.id}${path}`))).toMatchObject({
      code: 4401,
      messages: 0,
    });
  });

  test.each(paths)('%s is refused to a page of another site, also with the cookie of its owner', async (path) => {
    for (const origin of [
      'http://evil.example',
      'null',
      `${server.url.replace(/\/$/, '')}.evil.example`,
      'http://127.0.0.1:1',
    ]) {
      expect(await outcomeOf(ada.socket(`/ws/attempts/${attempt.id}${path}`, { origin }))).toEqual({ status: 403 });
    }
  });

  test('keys sent before the refusal arrive nowhere', async () => {
    const socket = mallory.socket(`/ws/attempts/${attempt.id}/terminals/h1/0?columns=80&rows=24`);
    socket.on('open', () => socket.send(Buffer.from('touch /root/mallory-was-here\n')));
    await outcomeOf(socket);
    terminal.type('ls /root; echo do"ne"\n');
    expect(await terminal.see(/[\s\S]*done/)).not.toContain('mallory');
  });

  test.each(['/ws', '/ws/attempts/', '/ws/attempts/x', `/ws/attempts/../../x`, '/', '/ws/attempts/%00'])(
    '%s is no socket',
    async (path) => {
      expect(await outcomeOf(ada.socket(path))).toEqual({ status: 404 });
    },
  );

  test('a node that the lab does not have is not opened', async () => {
    for (const node of ['h3', 'outer', 'constructor']) {
      expect(await outcomeOf(ada.socket(`/ws/attempts/${attempt.id}/terminals/${node}/0`))).toMatchObject({
        code: 4404,
      });
    }
  });
});

describe('an own sandbox', () => {
  test('holds no file, process or packet of another', async () => {
    const mine = await mallory.openLab('basics/two-hosts');
    await mallory.start(mine.attempt.id);
    const shell = mallory.terminal(mine.attempt.id, 'h1');
    await shell.see(/h1.*# /);
    terminal.type('echo secret > /root/ada; sleep 4711 &\n');
    await terminal.see(/# /);
    shell.type('ls /root /tmp /run; ps aux; echo do"ne"\n');
    const seen = await shell.see(/[\s\S]*done/);
    expect(seen).not.toMatch(/4711|ada\b/);
    await mallory.request(`/api/attempts/${mine.attempt.id}/stop`, { method: 'POST' });
  });
});

describe('leaving', () => {
  test('revokes the session, closes its sockets and ends its sandboxes, and nobody else’s', async () => {
    const bob = await server.learner('Bob');
    const mine = await bob.openLab('basics/alone');
    await bob.start(mine.attempt.id);
    const watching = bob.watch(mine.attempt.id);
    const closed = outcomeOf(watching.socket);
    const shell = bob.terminal(mine.attempt.id, 'h1');
    await shell.see(/h1.*# /);
    const before = bob.cookie;
    expect((await bob.leave()).status).toBe(303);
    expect(await closed).toMatchObject({ code: 4401 });
    expect([4401, 4410]).toContain((await shell.closed).code);
    bob.cookie = before;
    expect((await bob.request(`/api/attempts/${mine.attempt.id}`)).status).toBe(401);
    const health = JSON.parse((await bob.request('/healthz')).text) as { sandboxes: number };
    expect(health.sandboxes).toBe(1);
    expect((await ada.view(attempt.id)).sandbox.state).toBe('ready');
  });
});
