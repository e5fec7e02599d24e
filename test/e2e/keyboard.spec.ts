/** The pictures without a pointer: everything is reached, the focus is seen, nothing holds it, and it never falls off the page. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { joinCourse, labsOf, LabVisit, realCourse } from './lab-visit.ts';

const course = await realCourse();

function labOf(name: string) {
  const lab = labsOf(course).find(({ id }) => id.endsWith(name));
  if (!lab) throw new Error(`The course has no lab ${name}.`);
  return lab;
}

/** What of the focused element a reader sees: an outline, or a frame that its picture draws. */
function isFocusSeen(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return false;
    const drawn = element.querySelector('rect, .topology-dot') ?? element;
    const style = getComputedStyle(element);
    const hasOutline = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1;
    return hasOutline || (drawn !== element && Number.parseFloat(getComputedStyle(drawn).strokeWidth) >= 3);
  });
}

function hasFocus(place: Locator): Promise<boolean> {
  return place.evaluate((element) => element.contains(document.activeElement));
}

/** Tab from the element before a picture until it is left; the names of what had the focus in it. */
async function walk(page: Page, picture: Locator, most: number): Promise<string[]> {
  await picture.evaluate((element) => {
    const before = document.createElement('button');
    before.id = 'before-the-picture';
    element.before(before);
    before.focus();
  });
  const names: string[] = [];
  for (let step = 0; step < most; step++) {
    await page.keyboard.press('Tab');
    if (!(await hasFocus(picture))) break;
    expect(await isFocusSeen(page), `the focus is seen on ${names.length + 1}`).toBe(true);
    names.push(
      await page.evaluate(() => {
        const element = document.activeElement;
        return element?.getAttribute('aria-label') ?? element?.textContent?.trim().slice(0, 40) ?? '';
      }),
    );
  }
  await page.evaluate(() => document.querySelector('#before-the-picture')?.remove());
  expect(names.length, 'the picture is left by Tab').toBeLessThan(most);
  return names;
}

test('a visitor walks through every picture by Tab, and leaves it', async ({ page, server }) => {
  test.slow();
  for (const [name, pictures] of [
    ['fragments-on-the-wire', ['topology', 'packets', 'kernel-path', 'counters']],
    ['from-bytes-to-frames', ['layers']],
  ] as const) {
    await page.goto(`${server.url}/labs/${labOf(name).id}`);
    for (const picture of pictures) {
      const figure = page.locator(`figure[data-picture="${picture}"]`).first();
      await figure.scrollIntoViewIfNeeded();
      await expect(figure.getByRole('button').or(figure.getByRole('group')).first()).toBeVisible();
      const names = await walk(page, figure, 60);
      expect(names.length, picture).toBeGreaterThan(1);
    }
  }
});

test('an opened packet is a tree: one stop of the Tab key, and arrow keys from layer to field', async ({
  page,
  server,
}) => {
  await page.goto(`${server.url}/labs/${labOf('fragments-on-the-wire').id}`);
  const figure = page.locator('figure[data-picture="packets"]').first();
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.locator('.packet-rows .packet-row').first()).toBeVisible();
  await figure.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const tree = figure.getByRole('tree');
  const item = (name: RegExp): Locator => tree.getByRole('treeitem', { name });
  const [ethernet, ip] = [item(/^Ethernet/), item(/^IPv4/)];
  await expect(ethernet).toBeFocused();
  await expect(ethernet).toHaveAttribute('aria-expanded', 'false');

  // To the right into a layer, to the left out of it.
  await page.keyboard.press('ArrowRight');
  await expect(ethernet).toBeFocused();
  await expect(ethernet).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(item(/^eth\.dst/).first()).toBeFocused();
  expect(await isFocusSeen(page)).toBe(true);
  await expect(figure.locator('.packet-hex-bytes .is-lit')).toHaveCount(6);
  await expect(figure.locator('.packet-meaning')).toContainText('eth.dst');
  await page.keyboard.press('ArrowRight');
  await expect(item(/^eth\.dst/).first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(item(/^eth\.dst/).first()).not.toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(ethernet).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(ethernet).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(ethernet).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowDown');
  await expect(ip).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(ip).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('End');
  await expect(tree.getByRole('treeitem').last()).toBeFocused();
  await page.keyboard.press('Home');
  await expect(ethernet).toBeFocused();

  // The tree and the bytes are all that Tab finds, however many fields are open; it comes back to where it was.
  const ttl = item(/^ip\.ttl/);
  await ttl.focus();
  expect(await tree.getByRole('treeitem').count()).toBeGreaterThan(20);
  expect(await walk(page, figure.locator('.packet-panes'), 10)).toEqual([
    await ttl.textContent(),
    'Bytes of the packet, in hexadecimal',
  ]);
  const { violations } = await new AxeBuilder({ page }).include('figure[data-picture="packets"]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);

  // A layer that closes over the stop leaves another.
  await ip.click();
  await expect(ttl).toHaveCount(0);
  await expect(tree.locator('[tabindex="0"]')).toHaveCount(1);
});

test('the network, an interface and its packets by keyboard', async ({ page, server }) => {
  test.slow();
  const lab = labOf('fragments-on-the-wire');
  await joinCourse(page, server.url, 'Ada');
  const visit = new LabVisit(page, server.dataDirectory, lab);
  await visit.open(server.url);
  await visit.start();
  const { topology } = visit.resolved();
  const target = topology.links[1]?.endpoints[1].ipv4[0]?.split('/')[0] ?? '';
  const picture = page.locator('.picture-panel .topology-picture');

  // One stop; arrows lead along the links, Home and End to the first and the last.
  const first = picture.getByRole('button', { name: 'Open a terminal on h1' });
  await expect(picture.locator('[tabindex="0"]')).toHaveCount(1);
  await first.focus();
  await page.keyboard.press('ArrowRight');
  const port = picture.getByRole('button', { name: 'Interface h1:eth0' });
  await expect(port).toBeFocused();
  expect(await isFocusSeen(page)).toBe(true);
  await expect(page.locator('.endpoint-card')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(picture.getByRole('button', { name: 'Open a terminal on r1' })).toBeFocused();
  await page.keyboard.press('End');
  const last = picture.getByRole('button', { name: 'Interface h2:eth0' });
  await expect(last).toBeFocused();
  await page.keyboard.press('Tab');
  expect(await hasFocus(picture)).toBe(false);
  await page.keyboard.press('Shift+Tab');
  await expect(last).toBeFocused();

  // The sheet takes the focus, and gives it back.
  await page.keyboard.press('Enter');
  const sheet = page.locator('.endpoint-sheet');
  await expect(sheet.getByRole('button', { name: 'Close h2:eth0' })).toBeFocused();
  await visit.type('h1', `ping -c 1 -s 3000 ${target}`);
  const rows = sheet.locator('.packet-rows .packet-row');
  await expect(rows.filter({ hasText: 'reply' }).first()).toBeVisible();
  const list = sheet.getByRole('grid');
  await list.focus();
  await page.keyboard.press('Home');
  for (let row = 0; row < 8; row++) {
    if (await sheet.getByRole('button', { name: 'Put the fragments together' }).isVisible()) break;
    await page.keyboard.press('ArrowDown');
  }
  // Buttons that go away with what they open leave the focus in it.
  const whole = sheet.getByRole('button', { name: 'Put the fragments together' });
  await whole.focus();
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('region', { name: /The whole of/ })).toBeVisible();
  await expect.poll(() => hasFocus(sheet.locator('.packet-detail'))).toBe(true);
  await page.keyboard.press('Escape');
  await expect(sheet.getByRole('region', { name: /The whole of/ })).toHaveCount(0);
  await expect.poll(() => hasFocus(sheet.locator('.packet-detail'))).toBe(true);
  await sheet.locator('.packet-ties .packet-tie:enabled').first().focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => hasFocus(sheet.locator('.packet-detail'))).toBe(true);
  // Arrows scroll the bytes; among fields they lead from one to the next.
  const hex = sheet.locator('.packet-hex').first();
  await hex.focus();
  await page.keyboard.press('ArrowDown');
  await expect(hex).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(list).toBeFocused();

  // A question takes the focus, its answer passes it on, and Escape gives it back.
  const ask = sheet.getByRole('button', { name: 'Ask me' });
  await ask.focus();
  await page.keyboard.press('Enter');
  const panel = sheet.locator('.ask');
  await expect.poll(() => hasFocus(panel)).toBe(true);
  const input = panel.locator('input').first();
  if ((await input.getAttribute('type')) === 'text') await page.keyboard.type('1');
  else await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('status')).not.toBeEmpty();
  await expect(panel.getByRole('button', { name: 'Another' })).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).include('.endpoint-sheet').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(ask).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(last).toBeFocused();
});

test('states do not depend on colour, and the reader’s own colours keep them', async ({ page, server }) => {
  const lab = labOf('who-am-i');
  await joinCourse(page, server.url, 'Ada');
  const visit = new LabVisit(page, server.dataDirectory, lab);
  await visit.open(server.url);
  await visit.start();
  await visit.type('pc', 'ip link set eth0 down');
  const picture = page.locator('.picture-panel .topology-picture');
  await expect(picture.locator('.topology-label', { hasText: '✕ down' }).first()).toBeVisible();
  await expect(picture.locator('.topology-wire.is-down').first()).toHaveCSS('stroke-dasharray', /\d/);
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  // Labels are drawn in the reader's colour of text, not in ours on theirs.
  const [label, canvas] = await picture
    .locator('.topology-name')
    .first()
    .evaluate((name) => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = 'CanvasText';
      const text = getComputedStyle(probe).color;
      probe.remove();
      return [getComputedStyle(name).fill, text];
    });
  expect(label).toBe(canvas);
  await page.screenshot({ path: 'test-results/screens/forced-colors.png' });
});
