/** Every picture at once while much arrives: the page stays awake and bounded, says what it left out, and nothing moves by itself. */
import { expect, test } from '@playwright/test';
import { takeShifts, watchShifts } from './layout-shifts.ts';
import { H2, PicturesVisit } from './pictures-visit.ts';

const FLOOD_SECONDS = 10;

test('a flood keeps page, terminal and server awake and bounded, and the page says what it did not show', async ({
  page,
}) => {
  await using visit = await PicturesVisit.open(page);
  const heapBefore = await visit.heapMiB();
  const serverBefore = await visit.serverMiB();
  await visit.lab.type('h1', `iperf3 -c ${H2} -t ${FLOOD_SECONDS} > /tmp/iperf.txt & clear`);
  await expect.poll(() => visit.notShown()).toBeGreaterThan(0);
  const before = await visit.counted();
  const [frames, answerMs] = await Promise.all([visit.frames(4000), slowestAnswer(visit.server.url, 20)]);
  const after = await visit.counted();
  const echoes = await visit.echoes(5);
  const rate = (after.packets - before.packets) / (after.seconds - before.seconds);
  expect(rate, 'it is a flood').toBeGreaterThan(10_000);
  // Far from what a quiet machine shows (`npm run bench pictures`): this one may be busy with other tests.
  expect(frames.perSecond).toBeGreaterThan(15);
  expect(frames.longestMs).toBeLessThan(1000);
  expect(answerMs).toBeLessThan(1000);
  expect(Math.max(...echoes)).toBeLessThan(2000);

  await visit.lab.type('h1', 'wait; clear; cat /tmp/iperf.txt');
  await expect((await visit.lab.terminal('h1')).locator('.xterm-rows')).toContainText('iperf Done', {
    timeout: 20_000,
  });
  // What the ring could not hold is told without a number.
  expect(await visit.notShown()).toBeGreaterThan(10_000);
  await expect(visit.packets.locator('.packets-status')).toContainText('1000 packets');
  await visit.lab.type('h1', `ping -c 2 -i 0.2 ${H2}`);
  await expect(visit.packets.locator('.packet-rows')).toContainText('Echo (ping) reply');
  expect((await visit.heapMiB()) - heapBefore).toBeLessThan(15);
  expect((await visit.serverMiB()) - serverBefore).toBeLessThan(120);
});

for (const size of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`nothing moves by itself while all pictures do, ${size.width} wide`, async ({ page }) => {
    await watchShifts(page);
    await using visit = await PicturesVisit.open(page);
    await visit.lab.type('h1', `ping -q -i 0.002 ${H2} > /dev/null & clear`);
    await page.setViewportSize(size);
    await page.reload();
    await visit.packets.scrollIntoViewIfNeeded();
    await expect(visit.packets.getByText('1000 packets')).toBeVisible();
    const list = visit.packets.locator('.packet-list');

    for (const pixels of [250, -250]) await visit.scroll(pixels, 12);
    await list.scrollIntoViewIfNeeded();
    await list.hover();
    for (const pixels of [-120, 240]) await visit.scroll(pixels, 8);
    expect(await takeShifts(page)).toEqual([]);
  });
}

/** Milliseconds that /healthz took at worst, asked one time after the other. */
async function slowestAnswer(url: string, times: number): Promise<number> {
  let slowestMs = 0;
  for (let time = 0; time < times; time += 1) {
    const startMs = performance.now();
    await (await fetch(new URL('/healthz', url))).text();
    slowestMs = Math.max(slowestMs, performance.now() - startMs);
  }
  return slowestMs;
}
