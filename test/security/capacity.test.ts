/** Room for sandboxes: who gets it, who gives it up, and what is said to whom. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(['--max-sandboxes', '2', '--max-sandboxes-per-learner', '1']);
});
afterAll(() => server[Symbol.asyncDispose]());

describe('room', () => {
  test('a learner’s older sandbox makes room for the newer one; another learner’s never does while it is used', async () => {
    const ada = await server.learner('Ada');
    const bob = await server.learner('Bob');
    const eve = await server.learner('Eve');
    const first = (await ada.openLab('basics/alone')).attempt.id;
    const second = (await ada.openLab('basics/two-hosts')).attempt.id;
    await ada.start(first);
    expect((await ada.start(second)).sandbox.state).toBe('ready');
    const ended = await ada.waitFor(first, (view) => view.sandbox.state === 'ended');
    expect(ended.sandbox.reason).toBe('It ended because you started another lab.');

    const his = (await bob.openLab('basics/alone')).attempt.id;
    expect((await bob.start(his)).sandbox.state).toBe('ready');
    const hers = (await eve.openLab('basics/alone')).attempt.id;
    const refused = await eve.request(`/api/attempts/${hers}/start`, { method: 'POST' });
    expect(refused.status).toBe(503);
    expect(JSON.parse(refused.text)).toMatchObject({
      error: { code: 'capacity', message: 'All 2 networks of this server are in use.' },
    });
    expect((await eve.view(hers)).sandbox.state).toBe('none');

    await bob.request(`/api/attempts/${his}/stop`, { method: 'POST' });
    expect((await eve.start(hers)).sandbox.state).toBe('ready');
  });

  test('several starts at once of one attempt make one sandbox', async () => {
    await using other = await startTestServer();
    const twin = await other.learner('Twin');
    const { id } = (await twin.openLab('basics/alone')).attempt;
    const starts = [1, 2, 3].map(() => twin.request(`/api/attempts/${id}/start`, { method: 'POST' }));
    expect((await Promise.all(starts)).map((answer) => answer.status)).toEqual([202, 202, 202]);
    await twin.waitFor(id, (view) => view.sandbox.state === 'ready');
    const metrics = async (): Promise<string> => (await twin.request('/metrics')).text;
    // The sandbox in which the kernel is tried at start ends by itself.
    await expect.poll(metrics, { timeout: 10_000 }).toContain('vethlab_sandboxes{state="running"} 1');
    expect(await metrics()).toContain('vethlab_sandbox_start_seconds_count{restored="false"} 1');
  });

  test('a start and a second reset in the middle of a reset leave no sandbox that nobody knows', async () => {
    await using other = await startTestServer();
    const hasty = await other.learner('Hasty');
    const { id } = (await hasty.openLab('basics/alone')).attempt;
    await hasty.start(id);
    const post = (path: string) => hasty.request(`/api/attempts/${id}/${path}`, { method: 'POST' });
    const answers = await Promise.all(['stop', 'start', 'reset', 'start', 'reset'].map(post));
    expect(answers.filter((answer) => answer.status >= 500)).toEqual([]);
    expect(answers[2]).toMatchObject({ status: 200, text: answers[4]?.text });
    const metrics = async (): Promise<string> => (await hasty.request('/metrics')).text;
    await expect.poll(metrics, { timeout: 10_000 }).toContain('vethlab_sandboxes{state="starting"} 0');
    await expect.poll(metrics, { timeout: 10_000 }).toContain('vethlab_sandboxes{state="running"} 0');
    expect((await post('start')).status).toBe(404);
    const successor = (await hasty.openLab('basics/alone')).attempt.id;
    expect((await hasty.start(successor)).sandbox.state).toBe('ready');
  });
});
