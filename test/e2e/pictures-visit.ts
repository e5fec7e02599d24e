/** A lab that has every living picture on one screen, a learner's page on it, and what its frames tell of how it copes. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type CDPSession, type Locator, type Page } from '@playwright/test';
import { loadCourse } from '../../server/course/load-course.ts';
import { until } from '../support/until.ts';
import { CourseServer } from './course-server.ts';
import { joinCourse, labsOf, LabVisit } from './lab-visit.ts';

const LAB = `---
title: All pictures
summary: Everything that is drawn live, at once.
minutes: 5
level: beginner
objectives: [See everything move]
topology:
  nodes:
    h1: { routes: ["default via 10.0.1.254"] }
    r1: { kind: router }
    h2: { routes: ["default via 10.0.2.254"], services: ["iperf3 -s"] }
  links:
    - { endpoints: ["h1:eth0", "r1:eth0"], ipv4: [10.0.1.1/24, 10.0.1.254/24] }
    - { endpoints: ["r1:eth1", "h2:eth0"], ipv4: [10.0.2.254/24, 10.0.2.1/24] }
tasks:
  never:
    title: A file
    check: [{ file: { node: h1, path: /root/never, exists: true } }]
    solve: [{ h1: "touch /root/never" }]
---

## Pictures

::counters{node=h1 names="eth0.tx_packets,eth0.rx_packets,Ip.OutRequests"}

::packets{at="h1:eth0"}

::kernel-path{node=r1 direction=rx}

:::task{name=never}
A file.
:::

## The network

::topology
`;
export const H2 = '10.0.2.1';
/** High enough for a part of every picture: the topology is beside the lesson. */
const VIEWPORT = { width: 1440, height: 1100 };
const PICTURES = ['.picture-panel', 'counters', 'packets', 'kernel-path'].map((name) =>
  name.startsWith('.') ? name : `figure[data-picture="${name}"]`,
);

/** What the page did while it was watched. */
export interface FrameTimes {
  readonly perSecond: number;
  readonly p95Ms: number;
  readonly longestMs: number;
  /** Of tasks that took longer than 50 ms; 0 while there were none. */
  readonly longestTaskMs: number;
  readonly longTasks: number;
  /** Of the page's main thread, in percent. */
  readonly busyPercent: number;
}

export class PicturesVisit implements AsyncDisposable {
  readonly page: Page;
  readonly server: CourseServer;
  readonly lab: LabVisit;
  readonly #labs: string;
  readonly #browser: CDPSession;

  private constructor(page: Page, server: CourseServer, lab: LabVisit, labs: string, browser: CDPSession) {
    this.page = page;
    this.server = server;
    this.lab = lab;
    this.#labs = labs;
    this.#browser = browser;
  }

  /** The network runs, all pictures are on the screen, and the packet list is live. */
  static async open(page: Page): Promise<PicturesVisit> {
    const labs = mkdtempSync(join(tmpdir(), 'vethlab-labs-'));
    mkdirSync(join(labs, '10-try/10-all'), { recursive: true });
    writeFileSync(join(labs, 'course.yaml'), 'title: Try\nsummary: Try.\nlanguages: [en]\nmodules: [try]\n');
    writeFileSync(join(labs, '10-try/module.yaml'), 'title: Try\nsummary: Try.\n');
    writeFileSync(join(labs, '10-try/10-all/index.md'), LAB);
    const [lab] = labsOf((await loadCourse(labs)).course);
    if (!lab) throw new Error('The lab of all pictures cannot be loaded.');
    const server = new CourseServer(labs);
    await server.start();
    const browser = await page.context().newCDPSession(page);
    const visit = new PicturesVisit(page, server, new LabVisit(page, server.dataDirectory, lab), labs, browser);
    try {
      await page.setViewportSize(VIEWPORT);
      await joinCourse(page, server.url, 'Ada');
      await visit.lab.open(server.url);
      await visit.lab.start();
      await page.locator('figure[data-picture="counters"]').evaluate((figure) => figure.scrollIntoView());
      await expect(visit.packets.getByText('live')).toBeVisible();
      for (const picture of PICTURES) await expect(page.locator(picture)).toBeInViewport();
      await browser.send('Performance.enable');
      return visit;
    } catch (error) {
      await visit[Symbol.asyncDispose]();
      throw error;
    }
  }

  get packets(): Locator {
    return this.page.locator('figure[data-picture="packets"]');
  }

  /** How many packets the page says that it did not show. */
  async notShown(): Promise<number> {
    const text = (await this.packets.locator('.packets-status').textContent()) ?? '';
    return Number(/(\d+) not shown/.exec(text)?.[1] ?? 0);
  }

  /** Packets that the interface of h1 has counted, both ways, and when. */
  async counted(): Promise<{ packets: number; seconds: number }> {
    const files = '/sys/class/net/eth0/statistics/{rx,tx}_packets';
    // The end of what runs behind may be told in the middle of an answer.
    const [seconds = 0, received = 0, sent = 0] = await until(async () => {
      const numbers = (await this.lab.read('h1', `echo $EPOCHREALTIME $(cat ${files})`)).split(' ').map(Number);
      return numbers.length === 3 && numbers.every(Number.isFinite) ? numbers : null;
    }, 'the counters of h1');
    return { packets: received + sent, seconds };
  }

  /** MiB of JavaScript that the page still needs. */
  async heapMiB(): Promise<number> {
    await this.#browser.send('HeapProfiler.collectGarbage');
    return (await this.#metric('JSHeapUsedSize')) / 1024 / 1024;
  }

  /** MiB of memory that the server holds. */
  async serverMiB(): Promise<number> {
    const text = await (await fetch(new URL('/metrics', this.server.url))).text();
    return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]) / 1024 / 1024;
  }

  /** Turns the wheel where the pointer is, so often, and lets the page draw some frames after each turn. */
  async scroll(pixels: number, times: number): Promise<void> {
    for (let turn = 0; turn < times; turn += 1) {
      await this.page.mouse.wheel(0, pixels);
      await this.page.evaluate(async () => {
        for (let frame = 0; frame < 8; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
      });
    }
  }

  async frames(forMs: number): Promise<FrameTimes> {
    const busyBefore = await this.#metric('TaskDuration');
    const times = await this.page.evaluate(watchFrames, forMs);
    const busyAfter = await this.#metric('TaskDuration');
    return { ...times, busyPercent: ((busyAfter - busyBefore) / (forMs / 1000)) * 100 };
  }

  /** Milliseconds from a key to its character on the screen, `count` times; the line is taken back. */
  async echoes(count: number): Promise<number[]> {
    const panel = await this.lab.terminal('h1');
    await panel.locator('.xterm-helper-textarea').focus();
    await panel.locator('.xterm-rows').evaluate(watchEchoes);
    for (let key = 0; key < count; key += 1) {
      await this.page.keyboard.press('x');
      await this.page.waitForFunction(
        (seen) => (globalThis as unknown as { echoes: number[] }).echoes.length > seen,
        key,
      );
    }
    await this.page.keyboard.press('Control+u');
    return this.page.evaluate(() => (globalThis as unknown as { echoes: number[] }).echoes);
  }

  async #metric(name: string): Promise<number> {
    const { metrics } = await this.#browser.send('Performance.getMetrics');
    return metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
    rmSync(this.#labs, { recursive: true, force: true });
  }
}

/** Runs in the page. */
async function watchFrames(forMs: number): Promise<Omit<FrameTimes, 'busyPercent'>> {
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  const frames: number[] = [];
  const startMs = await nextFrame();
  let lastMs = startMs;
  while (lastMs - startMs < forMs) {
    const nowMs = await nextFrame();
    frames.push(nowMs - lastMs);
    lastMs = nowMs;
  }
  observer.disconnect();
  const sorted = frames.toSorted((a, b) => a - b);
  return {
    perSecond: (frames.length * 1000) / (lastMs - startMs),
    p95Ms: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN,
    longestMs: sorted.at(-1) ?? Number.NaN,
    longestTaskMs: Math.max(0, ...tasks),
    longTasks: tasks.length,
  };
}

/** Runs in the page: `echoes` grows with each key whose character has come. */
function watchEchoes(rows: Element): void {
  const echoes: number[] = [];
  Object.assign(globalThis, { echoes });
  let pressedMs: number | null = null;
  const count = (): number => (rows.textContent?.match(/x/g) ?? []).length;
  let before = count();
  addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'x') return;
      before = count();
      pressedMs = performance.now();
    },
    { capture: true },
  );
  new MutationObserver(() => {
    if (pressedMs === null || count() <= before) return;
    echoes.push(performance.now() - pressedMs);
    pressedMs = null;
  }).observe(rows, { childList: true, characterData: true, subtree: true });
}
