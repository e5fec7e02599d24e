/** Pictures without a network show the lab's recorded example, packets are asked about, and links are changed in the picture. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { makeDataDirectory } from '../support/server.ts';
import { ServerProcess } from '../support/server-process.ts';
import { CourseServer } from './course-server.ts';
import { joinCourse } from './lab-visit.ts';

const LAB = '/labs/size-matters/fragments-on-the-wire';
const TEST_COURSE = join(import.meta.dirname, '../support/course');

const figure = (page: Page, picture: string) => page.locator(`figure[data-picture="${picture}"]`).first();

test('an opened packet, and where it passed, is no wider than a phone', async ({ page }) => {
  await using server = new CourseServer();
  await server.start();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(server.url + LAB);
  const packets = figure(page, 'packets');
  await packets.scrollIntoViewIfNeeded();
  await packets.locator('.packet-rows .packet-row').first().click();
  await packets.getByRole('button', { name: 'Where else did it pass?' }).click();
  await expect(packets.locator('.packet-trail tr.is-changed').first()).toBeVisible();
  await packets.getByRole('button', { name: 'Ask me' }).click();
  await expect(packets.locator('.ask')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('a packet in one line has Chinese words and the tokens of its protocol', async ({ page }) => {
    await using server = new CourseServer();
    await server.start();
    await page.goto(server.url + LAB);
    const packets = figure(page, 'packets');
    await packets.scrollIntoViewIfNeeded();
    const rows = packets.locator('.packet-rows .packet-row');
    await expect(rows.first()).toContainText(/Echo（ping）请求\s+id=0x[0-9a-f]+, seq=/);
    await expect(rows.filter({ hasText: 'IP 分片（proto=ICMP 1, off=' }).first()).toBeVisible();
  });
});

test('a visitor sees a recorded network, plays it, and is asked about its packets', async ({ page }) => {
  test.slow();
  await using server = new CourseServer();
  await server.start();
  await page.goto(server.url + LAB);
  const topology = figure(page, 'topology');
  await topology.scrollIntoViewIfNeeded();
  await expect(topology).toContainText('Recorded example');
  await expect(topology.locator('.topology-label.is-traffic').first()).toContainText('↑');

  const packets = figure(page, 'packets');
  await packets.scrollIntoViewIfNeeded();
  const rows = packets.locator('.packet-rows .packet-row');
  await expect(rows.first()).toContainText('Echo (ping) request');
  await expect(packets.locator('.packets-status')).toContainText('Recorded example');
  // The third packet is the first of several fragments: it leads to the others, and to the whole.
  await rows.filter({ hasText: 'Fragmented IP protocol' }).first().click();
  await expect(packets.locator('.packet-ties')).toContainText('fragment, with');
  await packets.getByRole('button', { name: 'Put the fragments together' }).click();
  await expect(packets.getByRole('region', { name: /The whole of \d fragments/ })).toContainText('ICMP');
  await packets.getByRole('button', { name: /Close packet/ }).click();
  await packets.getByRole('button', { name: 'Where else did it pass?' }).click();
  await expect(packets.locator('.packet-trail tr.is-changed').filter({ hasText: 'ip.ttl' })).toHaveCount(1);

  await packets.getByRole('button', { name: 'Ask me' }).click();
  const ask = packets.locator('.ask');
  await expect(async () => {
    const asked = await ask.locator('legend').textContent({ timeout: 1000 });
    if (asked === 'How many bytes long is the IPv4 header of this packet?') return;
    await ask.getByRole('button', { name: 'Another question' }).click();
    throw new Error(`Another: ${asked}`);
  }).toPass({ timeout: 30_000, intervals: [50] });
  await ask.getByRole('textbox').fill('24');
  await page.keyboard.press('Enter');
  await expect(ask.getByRole('status')).toContainText('No: 20.');
  await expect(ask.locator('.packet-hex-bytes .is-lit')).toHaveCount(20);
  const { violations } = await new AxeBuilder({ page }).include('figure[data-picture="packets"]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);

  const counters = figure(page, 'counters');
  await counters.scrollIntoViewIfNeeded();
  const made = counters
    .getByRole('row', { name: /FragCreates/ })
    .getByRole('cell')
    .nth(2);
  await expect(made).toHaveText(/^[1-9]/);
  const atEnd = await made.textContent();
  await counters.getByRole('button', { name: 'Play it' }).click();
  await expect(made).not.toHaveText(atEnd ?? '');
  await expect(counters.getByRole('button', { name: /0:0\d of/ })).toBeVisible();
  await counters.getByRole('button', { name: / of / }).click();
  await expect(made).toHaveText(atEnd ?? '');
  await expect(figure(page, 'kernel-path').locator('.stage[data-stage="fragment"]')).toContainText(
    /[1-9]\d* pieces made/,
  );
});

test('without scripts the recorded numbers stand in tables', async ({ browser }) => {
  await using server = new CourseServer();
  await server.start();
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(server.url + LAB);
  await expect(
    figure(page, 'packets')
      .getByRole('row', { name: /ICMP Echo \(ping\) request|Echo \(ping\) request/ })
      .first(),
  ).toBeVisible();
  await expect(figure(page, 'topology')).toContainText('A recorded example');
  // Where trouble is hidden, the example shows the network while it is well.
  await page.goto(`${server.url}/labs/trouble/find-the-break`);
  await expect(
    figure(page, 'packets')
      .getByRole('row', { name: /HTTP\/1\.0 200 OK/ })
      .first(),
  ).toBeVisible();
  await expect(figure(page, 'topology')).toContainText('A recorded example');
  await page.close();
});

test('a link is changed in the picture, its effect is seen at once, and it goes back', async ({ page }) => {
  const data = makeDataDirectory();
  try {
    await using server = await ServerProcess.start(data, ['--labs', TEST_COURSE, '--pool', '1']);
    const url = server.url.replace(/\/$/, '');
    await joinCourse(page, url, 'Ada');
    await page.goto(`${url}/labs/basics/far-away`);
    await page.locator('#workspace').getByRole('button', { name: 'Start the lab' }).click();
    const screen = page.locator('.xterm-rows', { hasText: 'root@' }).first();
    await expect(screen).toBeVisible({ timeout: 20_000 });
    const panel = page.locator('.picture-panel');
    await panel.getByRole('button', { name: 'Interface h1:eth0' }).click();
    const sheet = page.locator('.endpoint-sheet');
    await expect(sheet).toContainText('It acts on what h1:eth0 sends.');
    await expect(sheet.getByLabel('delay')).toHaveValue('40');
    await sheet.getByLabel('delay').fill('300');
    await sheet.getByLabel('rate').fill('fast');
    await expect(sheet.getByRole('button', { name: 'Apply' })).toBeDisabled();
    await sheet.getByLabel('rate').fill('2mbit');
    await sheet.getByRole('button', { name: 'Apply' }).click();
    await expect(panel.locator('.topology-label.is-impairment')).toHaveText('~ 300ms 2mbit');

    await page.locator('.xterm-helper-textarea').first().focus();
    await page.keyboard.insertText('ping -c 2 -i 0.3 10.0.1.254');
    await page.keyboard.press('Enter');
    await expect(screen).toContainText(/time=3\d\d ms/);
    await expect(sheet.locator('.packet-rows .packet-row', { hasText: 'answered by' }).first()).toBeVisible();

    await sheet.getByRole('button', { name: 'Pull the cable' }).click();
    await expect(panel.locator('.topology-label', { hasText: '✕ no carrier' }).first()).toBeVisible();
    await sheet.getByRole('button', { name: 'As the lab has it' }).click();
    await expect(panel.locator('.topology-label.is-impairment')).toHaveText('~ 40ms');
    await expect(panel.locator('.topology-label', { hasText: '✕ no carrier' })).toHaveCount(0);
    await sheet.getByRole('button', { name: 'The other way: what r1:eth0 sends' }).click();
    await expect(page.getByRole('region', { name: 'Interface r1:eth0' })).toContainText(
      'It acts on what r1:eth0 sends.',
    );
    const { violations } = await new AxeBuilder({ page }).include('.endpoint-sheet').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    // The lab keeps the other link as it is.
    await panel.getByRole('button', { name: 'Interface h2:eth0' }).click();
    const fixed = page.getByRole('region', { name: 'Interface h2:eth0' });
    await expect(fixed).toContainText('The lab keeps it as it is.');
    await expect(fixed.getByRole('button', { name: 'Apply' })).toHaveCount(0);
    await server.end('SIGINT');
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
