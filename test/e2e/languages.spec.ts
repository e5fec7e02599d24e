/** The course in the reader's language: chosen, switched without losing the place, and done in it; glossary, index, certificate. */
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { loadCourse } from '../../server/course/load-course.ts';
import type { Lab } from '../../server/course/lab.ts';
import { CourseServer } from './course-server.ts';
import { expect, test as base } from './fixtures.ts';
import { LabVisit } from './lab-visit.ts';

/** One of its labs is translated to Chinese. */
const LABS = join(import.meta.dirname, '../support/course');
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

const test = base.extend<object, { bilingual: CourseServer }>({
  bilingual: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern.
    async ({}, use) => {
      await using server = new CourseServer(LABS);
      await server.start();
      await use(server);
    },
    { scope: 'worker' },
  ],
});

const { course } = await loadCourse(LABS);
const labs = course.modules.flatMap((module) => module.labs);

function labNamed(id: string): Lab {
  const lab = labs.find((one) => one.id === id);
  if (!lab) throw new Error(`The course has no lab ${id}.`);
  return lab;
}

async function chinesePage(browser: Browser): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: DESK });
  return { page: await context.newPage(), context };
}

async function joinAs(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.locator('#join-name').fill(name);
  await page.keyboard.press('Enter');
  await expect(page.locator('.learner-menu summary')).toContainText(name);
}

async function startLab(page: Page): Promise<void> {
  await page.locator('.start-text button').click();
  await expect(page.locator('.xterm-rows', { hasText: 'root@' }).first()).toBeVisible({ timeout: 20_000 });
}

async function expectNoAxeFaults(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
}

test('the browser’s language comes first, the reader’s choice before it, and both are remembered', async ({
  browser,
  bilingual: { url },
}) => {
  const { page, context } = await chinesePage(browser);
  await page.goto(url);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('测试课程');
  await expect(page.locator('link[rel="alternate"]')).toHaveCount(2);
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  expect(page.url()).toBe(`${url}/`);
  await page.goto(`${url}/labs/basics/two-hosts`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Two hosts');
  await context.close();
});

test('a lab without a translation says so, and shows the original in a Chinese page', async ({
  browser,
  bilingual: { url },
}) => {
  const { page, context } = await chinesePage(browser);
  await page.goto(`${url}/labs/basics/alone`);
  await expect(page.locator('.lab-note')).toContainText('还没有简体中文译文');
  await expect(page.locator('#prose')).toHaveAttribute('lang', 'en');
  await expect(page.locator('#workspace')).toContainText('加入课程');
  await page.goto(`${url}/labs/basics/two-hosts`);
  await expect(page.locator('.lab-note')).toHaveCount(0);
  await context.close();
});

test('switching keeps the place: the task, the terminal, the network and what was being answered', async ({
  browser,
  bilingual,
}) => {
  test.setTimeout(90_000);
  const { page, context } = await chinesePage(browser);
  await joinAs(page, bilingual.url, '小林');
  await page.goto(`${bilingual.url}/labs/basics/two-hosts`);
  await startLab(page);
  const visit = new LabVisit(page, bilingual.dataDirectory, labNamed('basics/two-hosts'));
  await page.locator('.xterm-helper-textarea').first().focus();
  await page.keyboard.insertText('echo still-$((40 + 2))-here');
  await page.keyboard.press('Enter');
  const rows = page.locator('.xterm-rows').first();
  await expect(rows).toContainText('still-42-here');
  await visit.task('which').getByRole('radio', { name: '传输层' }).check();
  await visit.task('open_door').evaluate((task) => scrollTo(0, task.getBoundingClientRect().top + scrollY - 200));
  const attempt = async (): Promise<unknown> =>
    page.locator('#lab-data').evaluate((island) => JSON.parse(island.textContent ?? '{}').attempt.id);
  const topOf = (): Promise<number> => visit.task('open_door').evaluate((task) => task.getBoundingClientRect().top);
  const [before, id] = [await topOf(), await attempt()];

  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(visit.task('open_door')).toContainText('Let h2 answer on the address 198.51.100.1');
  await expect(rows).toContainText('still-42-here');
  expect(await attempt()).toBe(id);
  await expect.poll(async () => Math.abs((await topOf()) - before)).toBeLessThan(60);
  await expect(visit.task('which').getByRole('radio', { name: 'Transport' })).toBeChecked();
  await expect(page.locator('.run-state')).toHaveText('Running');
  expect(page.url()).not.toContain('language');
  await context.close();
});

test('a course is done in Chinese and judged in Chinese, and its certificate is read by a stranger in English', async ({
  browser,
  bilingual,
}) => {
  test.setTimeout(180_000);
  const { page, context } = await chinesePage(browser);
  await joinAs(page, bilingual.url, '小林');
  const lab = labNamed('basics/two-hosts');
  const visit = new LabVisit(page, bilingual.dataDirectory, lab);
  await visit.open(bilingual.url);
  await startLab(page);
  const passed = (name: string) => expect(visit.task(name).locator('.status').first()).toHaveText('已通过');

  await visit.task('add_address').getByRole('button', { name: '检查' }).click();
  await expect(visit.task('add_address')).toContainText('还没有');
  await expect(visit.task('add_address').locator('.findings')).toContainText('h1:eth0 应当有地址 192.0.2.');
  await expect(visit.task('add_address')).toContainText('它还是只有一个。');
  await visit.task('add_address').getByRole('button', { name: /提示/ }).click();
  await expect(visit.task('add_address')).toContainText('看看 ip address add。');
  await expect(visit.task('ping_h2')).toContainText('完成给 h1 第二个地址后解锁。');

  await visit.answer('which', '链路层');
  await expect(visit.task('which')).toContainText('你的回答：链路层');
  await visit.answer('which', '网络层');
  await passed('which');
  await expect(visit.task('which')).toContainText('IP 就是网络层。');

  const { tasks } = visit.resolved();
  for (const name of ['add_address', 'stay_up', 'ping_h2', 'open_door', 'how_many']) {
    const task = tasks.find((one) => one.name === name);
    if (!task) throw new Error(`No task ${name}.`);
    for (const step of task.solve) {
      if ('answer' in step) await visit.answer(name, '3');
      else {
        await typeInto(page, step.node, step.line);
        await visit.settle(step.node);
      }
    }
    await passed(name);
  }
  await expect(page.getByRole('region', { name: '实验完成' })).toBeVisible();
  await page.screenshot({ path: 'test-results/screens/lab-done-zh.png' });

  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.getByRole('region', { name: 'Lab finished' })).toBeVisible();
  await expect(visit.task('which').getByRole('radio', { name: 'Internet' })).toBeChecked();
  await expect(visit.task('which')).toContainText('IP is the internet layer.');
  await visit.task('add_address').getByText('What proved it').click();
  await expect(visit.task('add_address')).toContainText('h1:eth0 has ');

  // The two other labs, and with the last of them the course.
  await page.goto(`${bilingual.url}/labs/basics/alone?language=zh`);
  await startLab(page);
  await typeInto(page, 'h1', 'ip link set lo down');
  await expect(page.getByRole('region', { name: '实验完成' })).toBeVisible();
  await expect(page.getByRole('link', { name: '你的结业证书' })).toHaveCount(0);
  await page.goto(`${bilingual.url}/labs/basics/far-away`);
  await new LabVisit(page, bilingual.dataDirectory, labNamed('basics/far-away')).answer('which', 'Far');
  await page.getByRole('link', { name: '你的结业证书' }).click();
  await expect(page.locator('.certificate')).toContainText('小林');
  await expect(page.locator('.certificate')).toContainText('3 个实验，得分 9 / 9');
  await expectNoAxeFaults(page);
  await page.screenshot({ path: 'test-results/screens/certificate-zh.png', fullPage: true });
  for (const format of ['A4', 'Letter'] as const) {
    const pdf = await page.pdf({ format, preferCSSPageSize: false });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g), format).toHaveLength(1);
  }
  const address = await page.locator('.certificate-check a').getAttribute('href');
  await context.close();

  const stranger = await browser.newContext({ locale: 'en', viewport: DESK });
  const other = await stranger.newPage();
  await other.goto(address ?? '');
  await expect(other.locator('.certificate')).toContainText('小林');
  await expect(other.locator('main')).toContainText('This certificate was given by this server');
  await expectNoAxeFaults(other);
  await stranger.close();
});

test('terms are explained in place, for pointer, keyboard and finger', async ({ browser, bilingual: { url } }) => {
  const { page, context } = await chinesePage(browser);
  await page.goto(`${url}/labs/basics/two-hosts`);
  const link = page.locator('a.term-link', { hasText: 'MTU' });
  const card = page.getByRole('tooltip');
  await expect(link).toHaveAttribute('href', '/glossary#mtu');
  await link.hover();
  await expect(card).toContainText('一个接口装进一帧的最大的包');
  await expectNoAxeFaults(page);
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await page.mouse.move(0, 0);
  await page.locator('a.term-link', { hasText: '路由' }).focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(card).toContainText('去往某个目的地的包往哪里走');
  await expect(page.locator('a.term-link', { hasText: '路由' })).toHaveAttribute('aria-describedby', 'term-card');
  await link.click();
  await expect(page).toHaveURL(`${url}/glossary#mtu`);
  await expect(page.locator('#mtu')).toContainText('用到它的实验：两台主机');
  await context.close();

  const phone = await browser.newContext({ locale: 'en', viewport: PHONE, hasTouch: true });
  const small = await phone.newPage();
  await small.goto(`${url}/labs/basics/two-hosts`);
  await small.locator('a.term-link', { hasText: 'MTU' }).tap();
  await expect(small.getByRole('tooltip')).toContainText('The largest packet');
  await small.getByRole('link', { name: 'In the glossary' }).tap();
  await expect(small).toHaveURL(`${url}/glossary#mtu`);
  await phone.close();
});

test('glossary and index are searched, and lead to labs and tasks', async ({ page, bilingual: { url } }) => {
  await page.goto(`${url}/glossary`);
  await page.getByRole('searchbox').fill('packets dest');
  await expect(page.locator('.term:visible')).toHaveCount(1);
  await expect(page.locator('.term:visible h2')).toHaveText('Route');
  await expect(page.getByRole('status').or(page.locator('output'))).toHaveText('1 of 2');
  await page.setViewportSize(PHONE);
  await page.getByRole('searchbox').fill('packets zebra');
  await expect(page.locator('.term:visible')).toHaveCount(0);
  await expect(page.locator('output')).toContainText('Nothing has all of these words');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  await page.getByRole('searchbox').fill('');
  await expect(page.locator('.term:visible')).toHaveCount(2);
  await page.goto(`${url}/index`);
  await page.getByRole('searchbox').fill('give an address');
  await expect(page.locator('.index-lab:visible')).toHaveCount(1);
  await page.getByRole('link', { name: 'Ping h2 twice' }).click();
  await expect(page).toHaveURL(`${url}/labs/basics/two-hosts#task-ping_h2`);
});

test('a code that the server did not give is no certificate', async ({ browser, bilingual }) => {
  const { page, context } = await chinesePage(browser);
  await joinAs(page, bilingual.url, '小林');
  await page.goto(`${bilingual.url}/certificate`);
  await expect(page.locator('main')).toContainText(`还有 ${labs.length} 个实验没有完成`);
  await page.goto(`${bilingual.url}/certificate/1-AAAAA-AAAAA-AAAAA-AAAAA`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('没有这个页面');
  await expect(page.locator('main')).toContainText('本服务器没有颁发过这个编号的证书');
  await context.close();
});

for (const scheme of ['light', 'dark'] as const) {
  for (const [device, viewport] of [
    ['desk', DESK],
    ['phone', PHONE],
  ] as const) {
    for (const locale of ['en', 'zh-CN'] as const) {
      test(`axe finds nothing to look up, ${scheme}, ${device}, ${locale}`, async ({ browser, server }) => {
        const context = await browser.newContext({
          locale,
          viewport,
          colorScheme: scheme,
          reducedMotion: 'reduce',
        });
        const page = await context.newPage();
        for (const path of ['glossary', 'index', 'certificate']) {
          await page.goto(`${server.url}/${path}`);
          await expectNoAxeFaults(page);
          const width = await page.evaluate(() => document.documentElement.scrollWidth);
          expect(width, path).toBeLessThanOrEqual(viewport.width);
          await page.screenshot({ path: `test-results/screens/${path}-${device}-${scheme}-${locale}.png` });
        }
        await context.close();
      });
    }
  }
}

async function typeInto(page: Page, node: string, line: string): Promise<void> {
  const tab = page.getByRole('tab', { name: node, exact: true }).first();
  if (await tab.isVisible()) await tab.click();
  else
    await page
      .getByRole('button', { name: `打开 ${node} 的终端` })
      .first()
      .click();
  const panel = page.locator('.terminal-panel:visible').first();
  await expect(panel.locator('.xterm-rows')).toContainText(`root@${node}`);
  await panel.locator('.xterm-helper-textarea').focus();
  await page.keyboard.insertText(line);
  await page.keyboard.press('Enter');
}
