/** The pages alone, in every state an attempt can have: real lessons and scripts, made-up attempts. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { startPageHarness, type PageHarness } from '../../support/page-harness.ts';
import { SAMPLE_STATES } from '../../support/sample-attempts.ts';

const test = base.extend<object, { harness: PageHarness }>({
  harness: [
    // Playwright reads from the parameter which fixtures are needed; this one needs none.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      await using harness = await startPageHarness();
      await use(harness);
    },
    { scope: 'worker' },
  ],
});

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

async function expectNoFaults(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, 'nothing is wider than the page').toBeLessThanOrEqual(0);
}

test.describe('accessible in each state', () => {
  for (const [index, state] of ['visitor', ...SAMPLE_STATES].entries()) {
    test(state, async ({ page, harness }) => {
      const lab = harness.labIds[index % harness.labIds.length] ?? '';
      await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: index % 2 === 0 ? 'light' : 'dark' });
      await page.setViewportSize(index % 3 === 2 ? PHONE : WIDE);
      await page.goto(`${harness.url}/labs/${lab}?state=${state}`);
      await expectNoFaults(page);
      if (index % 3 === 2) {
        await page.getByRole('button', { name: 'Terminal', exact: true }).click();
        await expectNoFaults(page);
      }
    });
  }

  for (const path of ['/', '/?state=fresh', '/?state=progress', '/?state=refused', '/labs/nowhere']) {
    test(path, async ({ page, harness }) => {
      for (const size of [WIDE, PHONE]) {
        await page.setViewportSize(size);
        await page.goto(harness.url + path);
        await expectNoFaults(page);
      }
    });
  }
});

test('nothing moves after the first paint, and nothing is loaded from elsewhere', async ({ page, harness }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(harness.url) && !request.url().startsWith('data:')) foreign.push(request.url());
  });
  await page.addInitScript(() => {
    const shifts: unknown[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({
      type: 'layout-shift',
      buffered: true,
    });
  });
  for (const size of [WIDE, PHONE]) {
    await page.setViewportSize(size);
    for (const path of ['/?state=progress', ...harness.labIds.map((id) => `/labs/${id}?state=new`)]) {
      await page.goto(harness.url + path, { waitUntil: 'networkidle' });
      expect(await page.evaluate(() => (window as unknown as { shifts: unknown[] }).shifts.length), path).toBe(0);
    }
  }
  expect(foreign).toEqual([]);
});

test('the whole lesson can be read without scripts', async ({ browser, harness }) => {
  await using context = await browser.newContext({ javaScriptEnabled: false, viewport: WIDE });
  const page = await context.newPage();
  await page.goto(`${harness.url}/labs/${harness.labIds[0]}?state=running`);
  await expect(page.locator('section.task').first()).toBeVisible();
  await expect(page.getByText('The terminals need JavaScript.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Terminal', exact: true })).toBeHidden();
});

test('a page from the browser’s cache counts down by the clock of now', async ({ page, harness }) => {
  // As the cache would give it back an hour later.
  await page.addInitScript(() => {
    const makeOld = (): void => {
      const { dataset } = document.body;
      dataset['nowMs'] = String(Number(dataset['nowMs']) - 3_600_000);
    };
    document.addEventListener('readystatechange', makeOld, { once: true });
  });
  await page.goto(`${harness.url}/labs/${harness.labIds[0]}?state=ending`);
  await expect(page.locator('.notice.is-warning b')).toHaveText(/^4:\d\d$/);
});

test('the divider is moved by keyboard and stays where it was put', async ({ page, harness }) => {
  await page.goto(`${harness.url}/labs/${harness.labIds[0]}?state=new`);
  const divider = page.getByRole('separator', { name: 'Width of the lesson' });
  await divider.focus();
  for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowLeft');
  await expect(divider).toHaveAttribute('aria-valuenow', '40');
  const width = await page.locator('#lesson').evaluate((element) => element.clientWidth);
  await page.reload();
  expect(await page.locator('#lesson').evaluate((element) => element.clientWidth)).toBe(width);
});

test('the colours follow the choice, also after a reload', async ({ page, harness }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(harness.url);
  const colour = (): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await colour();
  const toggle = page.getByRole('button', { name: /^Colours/ });
  await toggle.click();
  await toggle.click();
  await expect(toggle).toHaveAccessibleName('Colours: dark');
  const dark = await colour();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await colour()).toBe(dark);
});

test('a check that fails shows what was expected, seen and the evidence', async ({ page, harness }) => {
  await page.goto(`${harness.url}/labs/${harness.labIds[0]}?state=failed`);
  await page.getByRole('button', { name: 'Check' }).first().click();
  const verdict = page.locator('.verdict.is-fail');
  await expect(verdict).toContainText('Not yet');
  await expect(verdict).toContainText('Expected');
  await expect(verdict).toContainText('Seen');
  await expect(verdict.getByText('Packets at r1:eth0', { exact: true })).toBeVisible();
});

test('the verdict of a check comes into sight when the button stood at the edge of the window', async ({
  page,
  harness,
}) => {
  await page.goto(`${harness.url}/labs/${harness.labIds[0]}?state=failed`);
  const button = page.getByRole('button', { name: 'Check' }).first();
  await button.evaluate((element) => element.scrollIntoView({ block: 'end' }));
  await button.click();
  const verdict = page.locator('.verdict.is-fail');
  await expect(verdict).toContainText('Not yet');
  await expect(verdict).toBeInViewport({ ratio: 0.99 });
});

test('a call that fails is told with what to do', async ({ page, harness }) => {
  await page.goto(`${harness.url}/labs/${harness.labIds[0]}?state=new`);
  await page.locator('.start-text').getByRole('button', { name: 'Start the lab' }).click();
  const messages = page.getByRole('region', { name: 'Messages' });
  await expect(messages).toContainText('This is only a sample.');
  await expect(messages).toContainText('Nothing is behind it.');
  await expect(page.locator('.start-text').getByRole('button', { name: 'Start the lab' })).toBeVisible();
});

test('being cut off is said, and mends itself', async ({ page, harness }) => {
  await page.goto(`${harness.url}/labs/${harness.labIds[0]}?state=running`);
  await expect(page.getByText('Running', { exact: true })).toBeVisible();
  harness.setOnline(false);
  await expect(page.getByText('Offline: the server cannot be reached.')).toBeVisible();
  harness.setOnline(true);
  await page.locator('.connection').getByRole('button', { name: 'Try now' }).click();
  await expect(page.getByText('Offline: the server cannot be reached.')).toBeHidden();
});

test('the prompt of a new shell is shown also when it came before the page did', async ({ page, harness }) => {
  await page.routeWebSocket(/\/terminals\//, (socket) => {
    socket.send(JSON.stringify({ type: 'screen', data: 'root@early:~# ', columns: 80, rows: 24, isNewShell: true }));
  });
  await page.goto(`${harness.url}/labs/${harness.labIds[0]}?state=running`);
  await expect(page.locator('.xterm-rows').first()).toContainText('root@early:~#');
});
