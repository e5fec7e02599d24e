/** What every page promises: no fault of accessibility, readable without scripts, at home on a phone, loads nothing from elsewhere. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { joinCourse, labsOf, LabVisit, realCourse } from './lab-visit.ts';

const course = await realCourse();
const [firstLab] = labsOf(course);
if (!firstLab) throw new Error('The course has no lab.');
const PHONE = { width: 390, height: 844 };

async function expectNoAxeFaults(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
}

for (const scheme of ['light', 'dark'] as const) {
  for (const [device, viewport] of [
    ['desk', { width: 1440, height: 900 }],
    ['phone', PHONE],
  ] as const) {
    test(`axe finds nothing on any page, ${scheme}, ${device}`, async ({ page, server }) => {
      test.setTimeout(240_000);
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.setViewportSize(viewport);
      const shot = (name: string): Promise<Buffer> =>
        page.screenshot({ path: `test-results/screens/${name}-${device}-${scheme}.png` });
      await page.goto(server.url);
      await expectNoAxeFaults(page);
      await shot('home-visitor');
      await page.goto(`${server.url}/nowhere`);
      await expectNoAxeFaults(page);
      await joinCourse(page, server.url, 'Ada');
      await expectNoAxeFaults(page);
      await shot('home');
      const visit = new LabVisit(page, server.dataDirectory, firstLab);
      await visit.open(server.url);
      await expectNoAxeFaults(page);
      await shot('lab');
      if (device === 'phone') await page.locator('[data-view=workspace]').click();
      await visit.start();
      await expectNoAxeFaults(page);
      await shot('lab-running');
    });
  }
}

test('a lesson reads without scripts, with its tasks and questions', async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${server.url}/labs/${firstLab.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(firstLab.title);
  await expect(page.locator('section.task')).toHaveCount(firstLab.taskNames.length);
  await expect(page.locator('section.task').first()).toBeVisible();
  await page.screenshot({ path: 'test-results/screens/lab-without-scripts.png', fullPage: true });
  await context.close();
});

test('no page is wider than a phone', async ({ page, server }) => {
  await page.setViewportSize(PHONE);
  await joinCourse(page, server.url, 'Ada');
  for (const path of ['/', ...labsOf(course).map((lab) => `/labs/${lab.id}`)]) {
    await page.goto(server.url + path);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, path).toBeLessThanOrEqual(PHONE.width);
  }
});

test('the pages load nothing from elsewhere and keep within their budgets', async ({ page, server }) => {
  const foreign: string[] = [];
  const sizes = { page: 0, script: 0 };
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== server.url && protocol.startsWith('http')) foreign.push(request.url());
  });
  await joinCourse(page, server.url, 'Ada');
  page.on('response', async (response) => {
    const type = response.headers()['content-type'] ?? '';
    const isXterm = /xterm|webgl/.test(response.url());
    // What comes after the page was idle, and is cut by its end, is not of the page.
    const ended = { responseBodySize: 0 };
    const { responseBodySize } = await response
      .request()
      .sizes()
      .catch(() => ended);
    if (/html|css/.test(type)) sizes.page += responseBodySize;
    if (/javascript/.test(type) && !isXterm) sizes.script += responseBodySize;
  });
  await page.goto(`${server.url}/labs/${firstLab.id}`, { waitUntil: 'networkidle' });
  expect(foreign).toEqual([]);
  expect(sizes.page).toBeGreaterThan(0);
  expect(sizes.page).toBeLessThanOrEqual(60 * 1024);
  expect(sizes.script).toBeLessThanOrEqual(130 * 1024);
});

test('nothing moves after the first paint', async ({ page, server }) => {
  await joinCourse(page, server.url, 'Ada');
  await page.goto(`${server.url}/labs/${firstLab.id}`, { waitUntil: 'networkidle' });
  const shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let total = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) total += (entry as PerformanceEntry & { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(total)));
      }),
  );
  expect(shift).toBe(0);
});
