/** The lesson page in a real browser, on loopback: from the click to a prompt, first paint, a terminal that is there again. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Browser, type Page } from '@playwright/test';
import config from '../e2e/playwright.config.ts';
import { CourseServer } from '../e2e/course-server.ts';
import { joinCourse, labsOf, realCourse } from '../e2e/lab-visit.ts';
import { until } from '../support/until.ts';
import { median, type Figure } from './figure.ts';
import { pageSizes, type PageSizes } from './page-sizes.ts';

const ROUNDS = 9;
const QUIET_MS = 300;
const COURSE = join(import.meta.dirname, '../../labs');
/** With the lab that goals are for. */
const NETWORKS = join(import.meta.dirname, '../support/networks');

interface Visit {
  readonly clickToPromptMs: number;
  readonly firstPaintMs: number;
  readonly terminalAgainMs: number;
  readonly layoutShift: number;
  /** When every picture has been on the screen. */
  readonly sizes: PageSizes;
}

export async function bench(): Promise<Figure[]> {
  await using browser = await chromium.launch(config.use?.launchOptions);
  const [lab] = labsOf(await realCourse());
  if (!lab) throw new Error('The course has no lab.');
  const line = { labs: NETWORKS, id: 'shapes/line-of-3' };
  const first = { labs: COURSE, id: lab.id };
  const cold = await visits(browser, line, 0);
  const pooled = await visits(browser, line, 1);
  const firstCold = await visits(browser, first, 0);
  const firstPooled = await visits(browser, first, 1);
  const all = [...firstCold, ...firstPooled];
  const prompt = (visited: readonly Visit[]): number => median(visited.map((visit) => visit.clickToPromptMs));
  const figure = (name: string, ours: number, goal: number | null, unit = 'ms'): Figure => ({
    name,
    ours,
    reference: null,
    goal,
    unit,
    better: 'lower',
  });
  return [
    figure('click to a prompt that takes input: line of 3, from the pool', prompt(pooled), 80),
    figure('click to a prompt that takes input: line of 3, cold', prompt(cold), 200),
    figure('the same, first lab (4 nodes, captures, services), from the pool', prompt(firstPooled), null),
    figure('the same, first lab, cold', prompt(firstCold), null),
    figure('first paint', median(all.map((visit) => visit.firstPaintMs)), 300),
    figure('terminal there again after a reload', median(all.map((visit) => visit.terminalAgainMs)), 600),
    figure('layout shift, worst', Math.max(...all.map((visit) => visit.layoutShift)), 0, ''),
    figure('HTML and CSS, gzipped', Math.max(...all.map(({ sizes }) => sizes.htmlAndCssKiB)), 60, 'KiB'),
    figure('script without xterm, gzipped', Math.max(...all.map(({ sizes }) => sizes.scriptKiB)), 130, 'KiB'),
  ];
}

async function visits(browser: Browser, lab: { labs: string; id: string }, pool: number): Promise<Visit[]> {
  await using server = new CourseServer(lab.labs);
  await server.start(['--pool', String(pool)]);
  const found: Visit[] = [];
  // The first visit fills the caches of browser and server.
  for (let round = 0; round <= ROUNDS; round++) {
    await using context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await joinCourse(page, server.url, `Learner ${round}`);
    await until(async () => (await pooledOuters(server.url)) === pool, 'the pool to be full');
    const visit = await visitLab(page, `${server.url}/labs/${lab.id}`);
    if (round > 0) found.push(visit);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: /stop/i }).click();
    await page.getByRole('button', { name: 'Start again' }).waitFor();
  }
  return found;
}

async function pooledOuters(url: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', url))).text();
  return Number(/^vethlab_sandboxes\{state="pooled"\} (\d+)$/m.exec(text)?.[1]);
}

async function visitLab(page: Page, url: string): Promise<Visit> {
  await page.goto(url, { waitUntil: 'networkidle' });
  const firstPaintMs = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
  );
  await page.evaluate(watchTerminal);
  await page.evaluate(() => {
    const buttons = [...document.querySelectorAll<HTMLButtonElement>('#workspace button')];
    const start = buttons.find((button) => button.textContent?.includes('Start the lab'));
    performance.mark('click');
    start?.click();
  });
  const clickToPromptMs = await page.evaluate(async () => {
    const { terminal } = globalThis as unknown as { terminal: TerminalWatch };
    await terminal.prompt;
    // A prompt that takes input: what is typed the moment it is there comes back.
    const keyboard = document.querySelector('.xterm-helper-textarea');
    keyboard?.dispatchEvent(new InputEvent('input', { data: 'x', inputType: 'insertText' }));
    await terminal.shows(/#\sx/);
    return performance.now() - (performance.getEntriesByName('click')[0]?.startTime ?? NaN);
  });
  await page.addInitScript(watchTerminal);
  await page.reload();
  const [terminalAgainMs, layoutShift] = await page.evaluate(async () => {
    await (globalThis as unknown as { terminal: TerminalWatch }).terminal.prompt;
    const at = performance.now();
    const shifts = await new Promise<PerformanceEntryList>((resolve) => {
      const observer = new PerformanceObserver((list) => resolve(list.getEntries()));
      observer.observe({ type: 'layout-shift', buffered: true });
      setTimeout(() => resolve([]), 200);
    });
    return [at, shifts.reduce((sum, shift) => sum + (shift as unknown as { value: number }).value, 0)] as const;
  });
  for (const picture of await page.locator('figure.picture').all()) await picture.scrollIntoViewIfNeeded();
  await allLoaded(page);
  const sizes = await pageSizes(page);
  return { clickToPromptMs, firstPaintMs, terminalAgainMs, layoutShift, sizes };
}

/** Parts of the page come when their pictures are first seen: waits until none has come for a while. */
async function allLoaded(page: Page): Promise<void> {
  let before = 0;
  await until(async () => {
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').length);
    const isLast = loaded === before;
    before = loaded;
    await delay(QUIET_MS);
    return isLast;
  }, 'all parts of the page');
}

/** What the page has from {@link watchTerminal}. */
interface TerminalWatch {
  /** Settles behind the first frame in which the terminal shows it. */
  shows(pattern: RegExp): Promise<void>;
  readonly prompt: Promise<void>;
}

/** Runs in the page. */
function watchTerminal(): void {
  const isShown = (pattern: RegExp): boolean => {
    const rows = document.querySelector('.xterm-rows');
    return rows !== null && getComputedStyle(rows).visibility === 'visible' && pattern.test(rows.textContent);
  };
  const shows = (pattern: RegExp): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        requestAnimationFrame(() => {
          // A message is taken when the frame has been made: xterm draws in a callback that may come behind this one.
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener('message', () => {
            port1.close();
            if (isShown(pattern)) resolve();
            else look();
          });
          port1.start();
          port2.postMessage(null);
        });
      };
      look();
    });
  Object.assign(globalThis, { terminal: { shows, prompt: shows(/root@\w+/) } });
}
