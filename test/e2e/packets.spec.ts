/** `::packets` as a learner uses it: packets come, one opens, points at its bytes, is found elsewhere, and is filtered. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { CourseServer } from './course-server.ts';
import { joinCourse, labsOf, LabVisit, realCourse } from './lab-visit.ts';

test('packets are seen, opened, followed and filtered', async ({ page }) => {
  await using server = new CourseServer();
  await server.start();
  const lab = labsOf(await realCourse()).find(({ id }) => id === 'size-matters/fragments-on-the-wire');
  if (!lab) throw new Error('The course lacks the lab.');
  const visit = new LabVisit(page, server.dataDirectory, lab);
  await joinCourse(page, server.url, 'Ada');
  await visit.open(server.url);
  await visit.start();
  const h2 = visit.resolved().topology.links[1]?.endpoints[1].ipv4[0]?.split('/')[0];
  const figure = page.locator('figure[data-picture="packets"]').first();
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.getByText('live')).toBeVisible();
  const rows = figure.locator('.packet-rows .packet-row');

  // Asking once has every interface recorded.
  await visit.type('h1', `ping -c 1 ${h2}`);
  await rows.first().click();
  await figure.getByRole('button', { name: 'Where else did it pass?' }).click();
  await expect(figure.getByText('recorded only from now on')).toBeVisible();
  await figure.getByRole('button', { name: 'Clear' }).click();

  await visit.type('h1', `ping -c 1 -s 3000 ${h2}`);
  await expect(rows).toHaveCount(6);
  await figure.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await expect(figure.getByRole('region', { name: 'Packet 1' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(figure.getByRole('treeitem', { name: /Ethernet/ })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const ttl = figure.getByRole('treeitem', { name: 'ip.ttl 63' });
  await ttl.focus();
  await expect(figure.locator('.packet-hex-bytes .is-lit')).toHaveText('3f');
  await expect(figure.locator('.packet-meaning')).toContainText('RFC 791');
  await figure.locator('.packet-hex-bytes [data-at="23"]').hover();
  await expect(figure.locator('.packet-field.is-lit')).toContainText('ip.proto');

  await figure.getByRole('button', { name: 'Where else did it pass?' }).click();
  const trail = figure.locator('.packet-trail table');
  await expect(trail.locator('thead th')).toHaveCount(5);
  await expect(trail.locator('tr.is-changed code')).toHaveText(['eth.dst', 'eth.src', 'ip.ttl', 'ip.checksum']);
  const { violations } = await new AxeBuilder({ page }).include('figure[data-picture="packets"]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  await ttl.focus();
  await page.keyboard.press('Escape');
  await expect(figure.getByRole('grid')).toBeFocused();

  const filter = figure.getByRole('textbox', { name: 'Display filter' });
  await filter.fill('icmp.type ==');
  await page.keyboard.press('Enter');
  await expect(figure.locator('.packet-problem')).toContainText('✕');
  await expect(rows).toHaveCount(6);
  await filter.fill('icmp.type == 8');
  await page.keyboard.press('Enter');
  await expect(figure.locator('.packet-problem')).toBeEmpty();
  await expect(rows.first()).toContainText('Echo (ping) request');
  await expect(figure.locator('.packet-rows')).not.toContainText('reply');
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('a packet that contradicts itself says so in Chinese', async ({ page }) => {
    await using server = new CourseServer();
    await server.start();
    const lab = labsOf(await realCourse()).find(({ id }) => id === 'size-matters/fragments-on-the-wire');
    if (!lab) throw new Error('The course lacks the lab.');
    const visit = new LabVisit(page, server.dataDirectory, lab, 'zh');
    await joinCourse(page, server.url, 'Ada');
    await visit.open(server.url);
    await visit.start();
    const figure = page.locator('figure[data-picture="packets"]').first();
    await figure.scrollIntoViewIfNeeded();
    await figure.getByRole('combobox', { name: '接口' }).selectOption('h1:eth0');
    await expect(figure.getByText('实时')).toBeVisible();

    // An echo request whose IPv4 header counts on a thousand bytes.
    const frame = 'ffffffffffff0200000000010800450003e8000000004001000001020304ffffffff0800f7ff00000000';
    const send = `s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW); s.bind(("eth0", 0)); s.send(bytes.fromhex("${frame}"))`;
    await visit.type('h1', `python3 -c 'import socket; ${send}'`);
    await figure.locator('.packet-rows .packet-row', { hasText: '1.2.3.4' }).first().click();
    await expect(figure.locator('.packet-detail .packet-fault')).toHaveText(
      '✕ IPv4 首部说有 1000 字节，帧里却只有 28 字节。',
    );
    const tree = figure.getByRole('tree', { name: '数据包的各层与字段' });
    await expect(tree.getByRole('treeitem', { name: 'Ethernet' })).toContainText('OSI 2 数据链路层 · TCP/IP 链路层');
  });
});
