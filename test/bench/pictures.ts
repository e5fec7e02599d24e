/**
 * Living pictures under load, in a real browser on a real network: frames a second while 1,000 packets a second arrive, and
 * what a flood does to page, server and terminal. The reference is the same page with nothing arriving.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import config from '../e2e/playwright.config.ts';
import { H2, PicturesVisit, type FrameTimes } from '../e2e/pictures-visit.ts';
import { percentile, type Figure } from './figure.ts';

const QUIET_MS = 10_000;
const STEADY_MS = 15_000;
/** In which a browser compiles what the page runs often. */
const WARM_UP_MS = 5000;
const FLOOD_SECONDS = 30;
/** The first flood brings the memory that every later one uses again: what grows after it would grow for ever. */
const FIRST_FLOOD_SECONDS = 10;
const ECHOES = 25;
const PACKETS_PER_SECOND = 1000;
const PAYLOAD_BYTES = 64;
/** Datagrams a little faster than that. (`ping -i 0.002` waits for its time by asking for it, and takes a processor of its own.) */
const STEADY = `iperf3 --udp --client ${H2} --length ${PAYLOAD_BYTES} --bitrate ${PACKETS_PER_SECOND * PAYLOAD_BYTES * 8 * 1.02} --time 300`;

/** What the server did while the page was watched. */
interface ServerUse {
  readonly cpuPercent: number;
  readonly loopDelayP99Ms: number;
  readonly answersMs: readonly number[];
}

interface Stretch {
  readonly frames: FrameTimes;
  readonly server: ServerUse;
}

export async function bench(): Promise<Figure[]> {
  await using browser = await chromium.launch(config.use?.launchOptions);
  await using context = await browser.newContext();
  await using visit = await PicturesVisit.open(await context.newPage());
  const quiet = await stretch(visit, QUIET_MS);

  await visit.lab.type('h1', `${STEADY} > /dev/null & clear`);
  await delay(WARM_UP_MS);
  const before = await visit.counted();
  const steady = await stretch(visit, STEADY_MS);
  const after = await visit.counted();
  const rate = (after.packets - before.packets) / (after.seconds - before.seconds);
  await visit.lab.type('h1', 'kill %1; wait; clear');

  const quietEchoes = await visit.echoes(ECHOES);
  await visit.lab.type('h1', `iperf3 -c ${H2} -t ${FIRST_FLOOD_SECONDS} > /tmp/iperf.txt; clear`);
  await visit.lab.settle('h1');
  const heapBefore = await visit.heapMiB();
  const skippedBefore = await visit.notShown();
  const residentBefore = await settledMiB(visit.server.url);
  await visit.lab.type('h1', `iperf3 -c ${H2} -t ${FLOOD_SECONDS} > /tmp/iperf.txt & clear`);
  const floodStart = await visit.counted();
  const flooding = stretch(visit, (FLOOD_SECONDS - 3) * 1000);
  const floodEchoes = await visit.echoes(ECHOES);
  const flood = await flooding;
  const floodEnd = await visit.counted();
  await visit.lab.type('h1', 'wait; clear');
  const notShown = (await visit.notShown()) - skippedBefore;
  const floodRate = (floodEnd.packets - floodStart.packets) / (floodEnd.seconds - floodStart.seconds);
  const heapAfter = await visit.heapMiB();
  const residentAfter = await settledMiB(visit.server.url);
  const withPage = await cpuPercent(visit.server.url);
  await visit.page.goto('about:blank');
  const withoutPage = await cpuPercent(visit.server.url);

  const ofFrames = (name: string, measured: Stretch, goal: number | null): Figure[] => [
    figure(`${name}: frames a second`, measured.frames.perSecond, quiet.frames.perSecond, goal, '1/s', 'higher'),
    figure(`${name}: time of a frame, p95`, measured.frames.p95Ms, quiet.frames.p95Ms, null, 'ms'),
    figure(
      `${name}: longest task of the page over 50 ms`,
      measured.frames.longestTaskMs,
      quiet.frames.longestTaskMs,
      goal === null ? 200 : null,
      'ms',
    ),
    figure(`${name}: main thread of the page`, measured.frames.busyPercent, quiet.frames.busyPercent, null, '%'),
    figure(`${name}: server, of one core`, measured.server.cpuPercent, quiet.server.cpuPercent, null, '%'),
    figure(
      `${name}: event loop of the server, p99`,
      measured.server.loopDelayP99Ms,
      quiet.server.loopDelayP99Ms,
      null,
      'ms',
    ),
    figure(
      `${name}: the server answers, p99`,
      percentile(measured.server.answersMs, 0.99),
      percentile(quiet.server.answersMs, 0.99),
      250,
      'ms',
    ),
  ];
  return [
    figure('packets a second at the interface, as it counts them', rate, null, PACKETS_PER_SECOND, '1/s', 'higher'),
    // A browser that draws at 60 Hz is at times a frame late whatever the page does.
    ...ofFrames('steady', steady, Math.min(60, quiet.frames.perSecond) - 1),
    figure('flood: packets a second at the interface', floodRate, null, null, '1/s', 'higher'),
    ...ofFrames('flood', flood, null),
    figure(
      'flood: key to character in the terminal, p95',
      percentile(floodEchoes, 0.95),
      percentile(quietEchoes, 0.95),
      250,
      'ms',
    ),
    figure('flood: packets that the page says it did not show', notShown, null, 1, '', 'higher'),
    figure('flood: script memory of the page grew by', heapAfter - heapBefore, null, 10, 'MiB'),
    figure('flood: memory of the server grew by', residentAfter - residentBefore, null, 40, 'MiB'),
    figure('the page with nothing arriving: server, of one core', withPage, withoutPage, null, '%'),
    // What a page costs where many watch is measured by watching.ts, and has a goal there.
    figure('that is, for one page with every picture and an open list', withPage - withoutPage, null, null, '%'),
  ];
}

function figure(
  name: string,
  ours: number,
  reference: number | null,
  goal: number | null,
  unit: string,
  better: Figure['better'] = 'lower',
): Figure {
  return { name, ours, reference, goal, unit, better };
}

async function stretch(visit: PicturesVisit, forMs: number): Promise<Stretch> {
  const { url } = visit.server;
  const before = await readMetrics(url);
  const over = new AbortController();
  const [frames, answersMs] = await Promise.all([
    visit.frames(forMs).finally(() => over.abort()),
    askUntil(url, over.signal),
  ]);
  const after = await readMetrics(url);
  return {
    frames,
    server: {
      cpuPercent: ((after.cpuSeconds - before.cpuSeconds) / (after.atSeconds - before.atSeconds)) * 100,
      // It is of the time since it was last read.
      loopDelayP99Ms: after.loopDelayP99Ms,
      answersMs,
    },
  };
}

/** Milliseconds that /healthz took, ten times a second. */
async function askUntil(url: string, signal: AbortSignal): Promise<number[]> {
  const answersMs: number[] = [];
  while (!signal.aborted) {
    const startMs = performance.now();
    await (await fetch(new URL('/healthz', url))).text();
    answersMs.push(performance.now() - startMs);
    await delay(100);
  }
  return answersMs;
}

/** What the server holds once it has had time to collect its garbage: the least of some readings. */
async function settledMiB(url: string): Promise<number> {
  const readings: number[] = [];
  for (let reading = 0; reading < 10; reading += 1) {
    readings.push((await readMetrics(url)).residentMiB);
    await delay(300);
  }
  return Math.min(...readings);
}

async function cpuPercent(url: string): Promise<number> {
  await delay(1000);
  const before = await readMetrics(url);
  await delay(QUIET_MS);
  const after = await readMetrics(url);
  return ((after.cpuSeconds - before.cpuSeconds) / (after.atSeconds - before.atSeconds)) * 100;
}

async function readMetrics(url: string) {
  const text = await (await fetch(new URL('/metrics', url))).text();
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  return {
    atSeconds: performance.now() / 1000,
    cpuSeconds: value('process_cpu_seconds_total'),
    residentMiB: value('process_resident_memory_bytes') / 1024 / 1024,
    loopDelayP99Ms: value('nodejs_eventloop_lag_p99_seconds') * 1000,
  };
}
