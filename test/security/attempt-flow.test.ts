/** A learner's way through a lab on a real server: what opens, what turns, what is remembered. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AttemptView, TaskView } from '../../server/contract/api.ts';
import type { TestLearner } from '../support/learner.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(['--pool', '1']);
});
afterAll(() => server[Symbol.asyncDispose]());

function taskOf(view: AttemptView, name: string): TaskView {
  const task = view.tasks.find((candidate) => candidate.name === name);
  if (!task) throw new Error(`There is no task ${name}.`);
  return task;
}

async function untilPassed(learner: TestLearner, attempt: string, task: string): Promise<number> {
  const startedAt = performance.now();
  await learner.waitFor(attempt, (view) => taskOf(view, task).status === 'passed');
  return performance.now() - startedAt;
}

describe('a lab from start to finish', () => {
  test('tasks turn by themselves within three seconds of the deed, dear ones too, and all is told over the socket', async () => {
    const ada = await server.learner('Ada');
    const page = await ada.openLab('basics/two-hosts');
    const id = page.attempt.id;
    const mark = /192\.0\.2\.(\d+)/.exec((await ada.request('/labs/basics/two-hosts')).text)?.[1];
    const lan = page.topology.links[0]?.endpoints[1].addresses[0]?.split('/')[0];
    const { frames } = ada.watch(id);
    expect((await ada.start(id)).sandbox).toMatchObject({ state: 'ready', reason: null });
    const terminal = ada.terminal(id, 'h1');
    await terminal.see(/h1.*# /);

    terminal.type(`ping -c2 -i0.2 ${lan}\n`);
    await terminal.see(/2 received/);
    terminal.type(`ip address add 192.0.2.${mark}/24 dev eth0\n`);
    expect(await untilPassed(ada, id, 'add_address')).toBeLessThan(3000);

    // What was done before a task opened does not count for it.
    const early = await ada.check(id, 'ping_h2');
    expect(early).toMatchObject({ status: 'open', verdict: { outcome: 'fail' } });
    terminal.type(`ping -c2 -i0.2 ${lan}\n`);
    await terminal.see(/2 received/);
    expect(await untilPassed(ada, id, 'ping_h2')).toBeLessThan(3000);

    const other = ada.terminal(id, 'h2');
    await other.see(/h2.*# /);
    other.type('ip address add 198.51.100.1/32 dev lo\n');
    terminal.type(`ip route add 198.51.100.1 via ${lan}\n`);
    expect(await untilPassed(ada, id, 'open_door')).toBeLessThan(3000);

    // The platform's own echo requests for the task before are not the learner's.
    expect(await ada.answer(id, 'how_many', '1')).toMatchObject({ status: 'open', verdict: { outcome: 'fail' } });
    expect(await ada.answer(id, 'how_many', '0')).toMatchObject({ status: 'passed', verdict: { outcome: 'pass' } });
    expect(await ada.answer(id, 'which', 'Link')).toMatchObject({ status: 'open', answer: 'Link' });
    expect(await ada.answer(id, 'which', 'Internet')).toMatchObject({ status: 'passed' });

    terminal.type('ip link set eth0 mtu 1400\n');
    expect(await untilPassed(ada, id, 'stay_up')).toBeLessThan(3000);
    const done = await ada.view(id);
    expect(done).toMatchObject({ isFinished: true, points: { earned: 7, possible: 7 } });
    expect((await ada.request('/')).text).toContain('7');

    const toldOf = (): Set<string> =>
      new Set(
        frames.flatMap((frame) => (frame.type === 'task' && frame.task.status === 'passed' ? [frame.task.name] : [])),
      );
    await expect.poll(() => toldOf().size).toBe(6);
    expect(JSON.stringify(frames)).not.toMatch(/solve|"spec"|"check"\s*:/);
  });

  test('a held task lapses and recovers; hints open one by one; a reset gives new values and keeps no progress', async () => {
    const bob = await server.learner('Bob');
    const { attempt } = await bob.openLab('basics/two-hosts');
    bob.watch(attempt.id);
    await bob.start(attempt.id);
    const terminal = bob.terminal(attempt.id, 'h1');
    await terminal.see(/h1.*# /);
    terminal.type('ip link set eth0 mtu 1400\n');
    await untilPassed(bob, attempt.id, 'stay_up');
    terminal.type('ip link set eth0 mtu 1500\n');
    await bob.waitFor(attempt.id, (view) => taskOf(view, 'stay_up').status === 'lapsed', 4000);
    terminal.type('ip link set eth0 mtu 1400\n');
    await untilPassed(bob, attempt.id, 'stay_up');

    const first = await bob.call(
      (await import('../../server/contract/api.ts')).TaskView,
      attempt.id,
      '/tasks/add_address/hint',
    );
    expect(first.hints).toHaveLength(1);
    expect(first.nextHintAtMs).toBeGreaterThan(Date.now() + 500_000);
    expect((await bob.request(`/api/attempts/${attempt.id}/tasks/add_address/hint`, { method: 'POST' })).status).toBe(
      409,
    );
    expect((await bob.request(`/api/attempts/${attempt.id}/tasks/ping_h2/check`, { method: 'POST' })).status).toBe(409);

    expect((await bob.request(`/api/attempts/${attempt.id}/reset`, { method: 'POST' })).status).toBe(200);
    expect((await terminal.closed).code).toBe(4410);
    const again = await bob.openLab('basics/two-hosts');
    expect(again.attempt.id).not.toBe(attempt.id);
    expect(again.attempt.tasks.every((task) => task.status !== 'passed')).toBe(true);
    expect((await bob.request(`/api/attempts/${attempt.id}`)).status).toBe(404);
  });

  test('a new sandbox is brought to where the learner was, and the learner is told', async () => {
    const eve = await server.learner('Eve');
    const { attempt } = await eve.openLab('basics/two-hosts');
    eve.watch(attempt.id);
    await eve.start(attempt.id);
    const terminal = eve.terminal(attempt.id, 'h1');
    await terminal.see(/h1.*# /);
    const mark = /192\.0\.2\.(\d+)/.exec((await eve.request('/labs/basics/two-hosts')).text)?.[1];
    terminal.type(`ip address add 192.0.2.${mark}/24 dev eth0; ip link set eth0 mtu 1400\n`);
    await untilPassed(eve, attempt.id, 'add_address');
    await untilPassed(eve, attempt.id, 'stay_up');
    await eve.request(`/api/attempts/${attempt.id}/stop`, { method: 'POST' });
    const stopped = await eve.waitFor(attempt.id, (view) => view.sandbox.state === 'ended');
    expect(stopped.sandbox.reason).toContain('You stopped it');
    const fresh = await eve.start(attempt.id);
    expect(fresh.sandbox.reason).toContain('Give h1 a second address');
    expect(taskOf(fresh, 'stay_up').status).toBe('passed');
    const next = eve.terminal(attempt.id, 'h1');
    await next.see(/h1.*# /);
    next.type('ip -br address; cat /sys/class/net/eth0/mtu\n');
    await next.see(new RegExp(`192\\.0\\.2\\.${mark}`));
    await next.see(/1400/);
    await eve.request(`/api/attempts/${attempt.id}/stop`, { method: 'POST' });
  });
});
