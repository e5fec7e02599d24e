/** Nothing is lost: a reload, a killed server, a reset, a goodbye. */
import { expect, test } from './fixtures.ts';
import { joinCourse, labsOf, LabVisit, realCourse } from './lab-visit.ts';

const [lab] = labsOf(await realCourse());
if (!lab) throw new Error('The course has no lab.');

test('a reload brings the screen back as it was, and a task stays passed', async ({ page, server }) => {
  await joinCourse(page, server.url, 'Ada');
  const visit = new LabVisit(page, server.dataDirectory, lab);
  await visit.open(server.url);
  await visit.start();
  const node = visit.resolved().topology.nodes[0]?.name ?? '';
  await visit.type(node, 'cd /tmp; echo before-the-reload');
  await expect((await visit.terminal(node)).locator('.xterm-rows')).toContainText('before-the-reload');
  await page.reload();
  const rows = (await visit.terminal(node)).locator('.xterm-rows');
  await expect(rows).toContainText('before-the-reload');
  expect(await visit.read(node, 'pwd')).toBe('/tmp');
});

test('a killed server takes nothing with it: sandbox, progress and terminals come back', async ({ page, server }) => {
  await joinCourse(page, server.url, 'Ada');
  const visit = new LabVisit(page, server.dataDirectory, lab);
  await visit.open(server.url);
  await visit.start();
  const node = visit.resolved().topology.nodes[0]?.name ?? '';
  await visit.type(node, 'echo kept > /root/kept');
  await visit.settle(node);
  await server.end('SIGKILL');
  await server.start();
  const rows = (await visit.terminal(node)).locator('.xterm-rows');
  await expect(rows).toContainText(/a new shell.*root@/, { timeout: 15_000 });
  expect(await visit.read(node, 'cat /root/kept')).toBe('kept');
});

test('whoever pressed the start button types on in the terminal', async ({ page, server }) => {
  await joinCourse(page, server.url, 'Ada');
  const visit = new LabVisit(page, server.dataDirectory, lab);
  await visit.open(server.url);
  await visit.start();
  await page.keyboard.insertText('echo typed-at-once');
  await page.keyboard.press('Enter');
  await expect(page.locator('.xterm-rows')).toContainText(/typed-at-once.*typed-at-once/);
});

test('Ctrl-C stops a flood at once, and the page stays awake', async ({ page, server }) => {
  await joinCourse(page, server.url, 'Ada');
  const visit = new LabVisit(page, server.dataDirectory, lab);
  await visit.open(server.url);
  await visit.start();
  const node = visit.resolved().topology.nodes[0]?.name ?? '';
  const rows = (await visit.terminal(node)).locator('.xterm-rows');
  await visit.type(node, 'yes');
  await expect(rows).toHaveText(/^[y\s]+$/);
  const startedAt = performance.now();
  await page.keyboard.press('Control+c');
  await expect(rows).toContainText('^C');
  await expect(rows).toContainText('root@');
  expect(performance.now() - startedAt).toBeLessThan(3000);
});

test('a run block types its line once into its node', async ({ page, server }) => {
  await joinCourse(page, server.url, 'Ada');
  const visit = new LabVisit(page, server.dataDirectory, lab);
  await visit.open(server.url);
  await visit.start();
  const block = page.locator('figure.run').first();
  const node = (await block.getAttribute('data-node')) ?? '';
  const line = ((await block.getAttribute('data-code')) ?? '').split('\n')[0] ?? '';
  await block.getByRole('button', { name: /run/i }).click();
  await expect((await visit.terminal(node)).locator('.xterm-rows')).toContainText(line);
  const text = (await (await visit.terminal(node)).locator('.xterm-rows').textContent()) ?? '';
  expect(text.split(line).length - 1).toBe(1);
});

test('begin again gives a new attempt, and stop ends the sandbox with words', async ({ page, server }) => {
  await joinCourse(page, server.url, 'Ada');
  const visit = new LabVisit(page, server.dataDirectory, lab);
  await visit.open(server.url);
  await visit.start();
  const before = visit.resolved().vars;
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /stop/i }).click();
  await expect(page.getByRole('button', { name: 'Start again' })).toBeVisible();
  await page.getByRole('button', { name: 'Begin again' }).click();
  // The page loads itself again: the test must not end in the middle of that.
  const isLoaded = page.waitForEvent('load');
  await page.getByRole('dialog').getByRole('button', { name: /begin/i }).click();
  await isLoaded;
  await expect(page.locator('#workspace').getByRole('button', { name: 'Start the lab' })).toBeVisible();
  expect(visit.resolved().vars).not.toEqual(before);
});
