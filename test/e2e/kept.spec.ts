/** What a learner holds is not taken: the focus, a sentence read aloud, the size of a terminal, a line that was to be run. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test as base, type Locator, type Page } from '@playwright/test';
import { loadCourse } from '../../server/course/load-course.ts';
import { CourseServer } from './course-server.ts';
import { joinCourse, labsOf, LabVisit } from './lab-visit.ts';

const LAB = `---
title: Kept
summary: Two tasks.
minutes: 5
level: beginner
objectives: [Keep things]
topology:
  nodes:
    h1: {}
    h2: {}
  links:
    - { endpoints: ["h1:eth0", "h2:eth0"], ipv4: [10.0.1.1/24, 10.0.1.2/24] }
tasks:
  number:
    title: A number
    ask: How many machines are there?
    answer: { number: 2 }
    hints: [Count them.]
  file:
    title: A file
    check: [{ file: { node: h1, path: /root/here, exists: true } }]
    solve: [{ h1: "touch /root/here" }]
---

:::task{name=number}
Count.
:::

:::task{name=file}
Make it.
:::

\`\`\`bash run node=h1
echo run-$((40 + 2))
\`\`\`

::counters{node=h1 names="lo.rx_packets"}
`;

const test = base.extend<{ visit: LabVisit }, { course: { server: CourseServer; labs: string } }>({
  course: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern.
    async ({}, use) => {
      const labs = mkdtempSync(join(tmpdir(), 'vethlab-labs-'));
      mkdirSync(join(labs, '10-try/10-kept'), { recursive: true });
      writeFileSync(join(labs, 'course.yaml'), 'title: Try\nsummary: Try.\nlanguages: [en]\nmodules: [try]\n');
      writeFileSync(join(labs, '10-try/module.yaml'), 'title: Try\nsummary: Try.\n');
      writeFileSync(join(labs, '10-try/10-kept/index.md'), LAB);
      {
        await using server = new CourseServer(labs);
        await server.start();
        await use({ server, labs });
      }
      rmSync(labs, { recursive: true });
    },
    { scope: 'worker' },
  ],
  visit: async ({ page, course: { server, labs } }, use) => {
    const loaded = await loadCourse(labs);
    const [lab] = labsOf(loaded.course);
    if (!lab) throw new Error(`The lab cannot be loaded: ${JSON.stringify(loaded.diagnostics)}`);
    await joinCourse(page, server.url, 'Ada');
    const visit = new LabVisit(page, server.dataDirectory, lab);
    await visit.open(server.url);
    await visit.start();
    await use(visit);
  },
});

function rowsOf(page: Page): Locator {
  return page.locator('.terminal-panel:visible .xterm-rows').first();
}

test('answers and checks by keyboard keep the focus in their task, and the end is told in full', async ({
  page,
  visit,
}) => {
  const number = visit.task('number');
  const answer = number.getByRole('button', { name: 'Answer' });
  await number.getByRole('textbox').fill('3');
  await answer.focus();
  await page.keyboard.press('Enter');
  await expect(number.locator('.verdict')).toContainText('Not yet');
  await expect(answer).toBeFocused();
  await number.getByRole('button', { name: 'Show hint' }).focus();
  await page.keyboard.press('Enter');
  await expect(number.locator('.hints')).toContainText('Count them.');
  await expect(number.locator(':focus')).toHaveCount(1);
  await number.getByRole('textbox').fill('2');
  await page.keyboard.press('Enter');
  await visit.expectStatus('number', 'Passed');
  await expect(number).toBeFocused();

  await visit.solve(visit.resolved().tasks[1]!);
  await visit.expectStatus('file', 'Passed');
  const said = page.locator('.visually-hidden[role="status"]');
  await expect(said).toContainText('Task passed: A file.');
  await expect(said).toContainText('Lab finished.');
});

test('a line that is run after exit runs in a new shell', async ({ page, visit }) => {
  await visit.type('h1', 'exit 3');
  await expect(page.locator('.terminal-status')).toContainText('has ended with status 3');
  await page.locator('figure.run').getByRole('button', { name: 'Run' }).click();
  await expect(rowsOf(page)).toContainText('run-42');
});

test('whoever types has the size of a terminal that two tabs show', async ({ page, visit, context, course }) => {
  const own = await visit.read('h1', 'stty size');
  const other = await context.newPage();
  await other.setViewportSize({ width: 1000, height: 600 });
  await other.goto(`${course.server.url}/labs/try/kept`);
  await expect(rowsOf(other)).toContainText(own);
  const ownRows = Number(own.split(' ')[0]);
  await expect.poll(() => rowsOf(page).locator('> div').count()).toBeLessThan(ownRows);
  // Its terminal had the focus all the time: only a key tells that it is in use.
  await page.keyboard.insertText('echo "size $(stty size)"');
  await page.keyboard.press('Enter');
  await expect(rowsOf(page)).toContainText(`size ${own}`);
});

test('a question of a program is answered once, also when two windows show its terminal', async ({
  page,
  visit,
  context,
  course,
}) => {
  await visit.settle('h1');
  const other = await context.newPage();
  await other.setViewportSize({ width: 1000, height: 600 });
  await other.goto(`${course.server.url}/labs/try/kept`);
  await expect(rowsOf(other)).toContainText('root@h1');
  // Playwright lets every page believe that it has the focus; of two windows, one has it.
  const browser = await context.newCDPSession(page);
  await browser.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  await expect.poll(() => page.evaluate(() => document.hasFocus())).toBe(false);
  expect(await page.evaluate(() => document.visibilityState)).toBe('visible');
  await other.locator('.terminal-panel:visible .xterm-helper-textarea').focus();
  await other.keyboard.insertText(
    `clear; read -rsdR -p $'\\e[6n' one; read -rsdR -t 1 two; echo "one=\${#one} two=\${#two}"`,
  );
  await other.keyboard.press('Enter');
  await expect(rowsOf(other)).toContainText(/one=[1-9]\d* two=\d/);
  await expect(rowsOf(other)).toContainText('two=0');
});

test('a mark on counters ends with the network that it was set in', async ({ page, visit }) => {
  const figure = page.locator('figure[data-picture=counters]');
  await figure.scrollIntoViewIfNeeded();
  const cells = figure.getByRole('row', { name: /lo\.rx_packets/ }).getByRole('cell');
  await visit.type('h1', 'ping -c 3 -i 0.2 127.0.0.1');
  await expect(cells.nth(2)).toHaveText('6');
  await figure.getByRole('button', { name: 'Set the mark here' }).click();
  await expect(cells.nth(3)).toHaveText('+0');
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /stop/i }).click();
  await page.getByRole('button', { name: 'Start again' }).click();
  await visit.type('h1', 'ping -c 1 127.0.0.1');
  await expect(cells.nth(2)).toHaveText('2');
  await expect(cells.nth(3)).toHaveText('–');
});

test('a terminal whose code did not come says so, and comes with the page', async ({ page, visit }) => {
  await visit.settle('h1');
  await page.route('**/assets/xterm-parts-*.js', (route) => route.abort('connectionreset'));
  await page.reload();
  const status = page.locator('.terminal-status');
  await expect(status).toContainText('could not be loaded');
  await page.unroute('**/assets/xterm-parts-*.js');
  await status.getByRole('button', { name: 'Load the page again' }).click();
  await expect(rowsOf(page)).toContainText('root@h1');
});

test('the last terminal that is closed leaves the focus where the next is opened', async ({ page, visit }) => {
  await visit.settle('h1');
  await page.getByRole('tab', { name: 'h1', exact: true }).focus();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('button', { name: 'Open a terminal', exact: true })).toBeFocused();
});

test('whoever stops the network by keyboard is led to the word of its end', async ({ page, visit }) => {
  await visit.settle('h1');
  await page.getByRole('button', { name: 'Stop', exact: true }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: /stop/i }).press('Enter');
  const notice = page.locator('.notice.is-ended');
  await expect(notice).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(notice.getByRole('button', { name: 'Start again' })).toBeFocused();
});

test('a browser that forbids all storage shows the lesson to a visitor', async ({ course, launchOptions }) => {
  const profile = mkdtempSync(join(tmpdir(), 'vethlab-profile-'));
  mkdirSync(join(profile, 'Default'));
  const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify(settings));
  const browser = await chromium.launchPersistentContext(profile, launchOptions);
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(`${course.server.url}/labs/try/kept`);
  await expect(page.locator('.counters')).toBeVisible();
  const isForbidden = await page.evaluate(() => {
    try {
      return localStorage === null;
    } catch {
      return true;
    }
  });
  expect(isForbidden).toBe(true);
  expect(faults).toEqual([]);
  await browser.close();
  rmSync(profile, { recursive: true });
});
