/** Pictures of the learner's own network: they move when packets do, show what changes, and stay quiet otherwise. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { joinCourse, labsOf, LabVisit, realCourse } from './lab-visit.ts';

const course = await realCourse();
const lab = labsOf(course).find(({ id }) => id.endsWith('who-am-i'));
if (!lab) throw new Error('The course has no lab of this name.');

async function openRunning(page: Page, server: { url: string; dataDirectory: string }): Promise<LabVisit> {
  await joinCourse(page, server.url, 'Ada');
  if (!lab) throw new Error('No lab.');
  const visit = new LabVisit(page, server.dataDirectory, lab);
  await visit.open(server.url);
  await visit.start();
  return visit;
}

function panel(page: Page): Locator {
  return page.locator('.picture-panel');
}

test('the picture shows packets, panels, changes of an interface, and a table', async ({ page, server }) => {
  const visit = await openRunning(page, server);
  const { topology } = visit.resolved();
  const [first] = topology.links;
  if (!first) throw new Error('The lab has no link.');
  const [here, there] = first.endpoints;
  const target = there.ipv4[0]?.split('/')[0] ?? '';
  await visit.type(here.node, `ping -i 0.2 ${target}`);
  await expect(panel(page).locator('.topology-label.is-traffic', { hasText: '↑5' }).first()).toBeVisible();
  await expect(panel(page).locator('.topology-flow').first()).toBeAttached();
  await page.screenshot({ path: 'test-results/screens/pictures-ping.png' });

  const port = panel(page).getByRole('button', { name: `Interface ${here.node}:${here.interface}` });
  await port.hover();
  const card = page.locator('.endpoint-card');
  await expect(card).toContainText('up');
  await page.screenshot({ path: 'test-results/screens/pictures-card.png' });
  await port.focus();
  await page.keyboard.press('Enter');
  const sheet = page.locator('.endpoint-sheet');
  await expect(sheet.getByRole('button', { name: /Close/ })).toBeFocused();
  await expect(card).toHaveCount(0);
  await expect(sheet.locator('.packet-rows .packet-row').first()).toContainText('Echo (ping)');
  await page.screenshot({ path: 'test-results/screens/pictures-sheet.png' });
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(port).toBeFocused();

  await page.locator('.xterm-helper-textarea').first().press('Control+c');
  await visit.type(
    here.node,
    `ip link set ${here.interface} mtu 1400; ip addr add 10.99.99.99/32 dev ${here.interface}`,
  );
  await expect(panel(page).locator('.topology-label', { hasText: 'MTU 1400 and 1500' })).toBeVisible();
  await visit.type(here.node, `ip link set ${here.interface} down`);
  await expect(panel(page).locator('.topology-label', { hasText: '✕ down' }).first()).toBeVisible();
  await expect(panel(page).locator('.topology-label', { hasText: '✕ no carrier' }).first()).toBeVisible();
  await page.screenshot({ path: 'test-results/screens/pictures-down.png' });
  await panel(page).getByRole('button', { name: 'As a table' }).click();
  await expect(
    panel(page).getByRole('row', { name: new RegExp(`${here.node} \\w+ ${here.interface} .*down`) }),
  ).toBeVisible();
  await page.screenshot({ path: 'test-results/screens/pictures-table.png' });
});

test('counters move, count from a mark, and say what they mean', async ({ page, server }) => {
  const visit = await openRunning(page, server);
  const figure = page.locator('figure[data-picture=counters]').first();
  await figure.scrollIntoViewIfNeeded();
  const row = figure.getByRole('row', { name: /lo\.rx_packets/ });
  await expect(row.getByRole('cell').nth(2)).toHaveText(/\d/);
  await figure.getByRole('button', { name: 'Set the mark here' }).click();
  await visit.type('pc', 'ip link set lo up; ping -c 2 -i 0.2 127.0.0.1');
  await expect(row.getByRole('cell').nth(3)).toHaveText('+4');
  await row.getByRole('button').click();
  await expect(figure.locator('.counter-meaning')).toContainText('Frames this interface received');
  await figure.scrollIntoViewIfNeeded();
  await page.screenshot({ path: 'test-results/screens/pictures-counters.png' });
});

test('a packet is on the screen within 700 ms', async ({ page, server }) => {
  const visit = await openRunning(page, server);
  const [first] = visit.resolved().topology.links;
  const [here, there] = first?.endpoints ?? [];
  if (!here || !there) throw new Error('The lab has no link.');
  const name = `${here.node}:${here.interface}`;
  await panel(page)
    .getByRole('button', { name: `Interface ${name}` })
    .click();
  // Datagrams of the shell itself: no program has to start between the key and the packet.
  const sent = page.locator('.endpoint-sheet').getByRole('row', { name: /sent/ }).getByRole('cell').nth(2);
  await expect(sent).toHaveText(/\d/);
  const delays: number[] = [];
  const target = there.ipv4[0]?.split('/')[0];
  for (let event = 0; event < 20; event++) {
    await page.locator('.xterm-helper-textarea').first().focus();
    await page.keyboard.insertText(`sleep 0.${event % 10}; echo > /dev/udp/${target}/9; clear`);
    await sent.evaluate((cell) => {
      const before = cell.textContent;
      const seen = new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (cell.textContent === before) return;
          observer.disconnect();
          requestAnimationFrame(() => resolve(Date.now()));
        });
        observer.observe(cell, { childList: true, characterData: true, subtree: true });
      });
      Object.assign(window, { seen });
    });
    const startMs = Date.now();
    await page.keyboard.press('Enter');
    const seenMs = await page.evaluate(() => (window as unknown as { seen: Promise<number> }).seen);
    delays.push(seenMs - startMs - (event % 10) * 100);
  }
  const p95 = delays.toSorted((a, b) => a - b)[18] ?? Number.NaN;
  test.info().annotations.push({ type: 'packet to pixels, p95 ms', description: String(p95) });
  expect(p95).toBeLessThanOrEqual(700);
});
