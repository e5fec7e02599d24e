/** The kernel path and the layers, of a lab made for this: static for a visitor, alive with a network. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base } from '@playwright/test';
import { makeDataDirectory } from '../support/server.ts';
import { ServerProcess } from '../support/server-process.ts';
import { joinCourse } from './lab-visit.ts';

const LAB = `---
title: Through the kernel
summary: A router between two hosts.
minutes: 5
level: beginner
layers: [internet, link]
objectives: [See where packets pass]
topology:
  nodes:
    h1: { routes: ["default via 10.0.1.254"] }
    r1: { kind: router }
    h2: { routes: ["default via 10.0.2.254"] }
  links:
    - { endpoints: ["h1:eth0", "r1:eth0"], ipv4: [10.0.1.1/24, 10.0.1.254/24] }
    - { endpoints: ["r1:eth1", "h2:eth0"], ipv4: [10.0.2.254/24, 10.0.2.1/24], mtu: 1400 }
tasks:
  reach:
    title: Reach h2
    check: [{ counter: { node: h1, name: Ip.OutRequests, grows: { at_least: 1 } } }]
    solve: [{ h1: "ping -c1 10.0.2.1" }]
---

## Pictures

::kernel-path{node=r1 direction=rx}

::layers

:::task{name=reach}
Ping h2.
:::
`;

const test = base.extend<{ url: string }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern.
  url: async ({}, use) => {
    const labs = mkdtempSync(join(tmpdir(), 'vethlab-labs-'));
    const data = makeDataDirectory();
    try {
      mkdirSync(join(labs, '10-try/10-kernel'), { recursive: true });
      writeFileSync(join(labs, 'course.yaml'), 'title: Try\nsummary: Try.\nlanguages: [en]\nmodules: [try]\n');
      writeFileSync(join(labs, '10-try/module.yaml'), 'title: Try\nsummary: Try.\n');
      writeFileSync(join(labs, '10-try/10-kernel/index.md'), LAB);
      await using server = await ServerProcess.start(data, ['--labs', labs]);
      await use(server.url.replace(/\/$/, ''));
      await server.end('SIGINT');
    } finally {
      for (const directory of [labs, data]) rmSync(directory, { recursive: true, force: true });
    }
  },
});
const { expect } = test;

test('a visitor reads the kernel path and wraps a payload', async ({ page, url }) => {
  await page.goto(`${url}/labs/try/kernel`);
  const path = page.locator('.kernel-path');
  await expect(path.locator('.stage')).toHaveCount(16);
  await expect(path).toContainText('Join and start the lab to see it live');
  await page.getByRole('group', { name: 'Path of r1' }).getByRole('button', { name: 'sends' }).click();
  await expect(path.locator('.stage').first()).toContainText('send()');
  const lit = page.locator('.model-group.is-lit');
  await expect(lit).toHaveCount(2);
  await expect(lit.first()).toContainText('this lab');
  const bench = page.getByRole('group', { name: 'Wrap a payload' });
  await bench.getByLabel('Payload').fill('x'.repeat(100));
  await bench.getByLabel('Times').fill('14');
  await bench.getByRole('radio', { name: 'UDP' }).check();
  await expect(bench.getByRole('status')).toContainText('2 fragments');
  await bench.getByLabel('MTU').fill('1500');
  await expect(bench.getByRole('status')).toContainText('Fits: 1428 of 1500');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('a router shows what it forwards, what it has no route for, and opens by keyboard', async ({ page, url }) => {
  await joinCourse(page, url, 'Ada');
  await page.goto(`${url}/labs/try/kernel`);
  await page.locator('#workspace').getByRole('button', { name: 'Start the lab' }).click();
  const screen = page.locator('.xterm-rows', { hasText: 'root@' }).first();
  await expect(screen).toBeVisible({ timeout: 20_000 });
  await page.locator('.terminal-panel:visible .xterm-helper-textarea').first().focus();
  await page.keyboard.insertText('ping -c3 -i0.2 10.0.2.1; ping -c1 -W1 10.9.9.9');
  await page.keyboard.press('Enter');
  const stage = (id: string) => page.locator(`.kernel-path .stage[data-stage="${id}"]`);
  await stage('forward').scrollIntoViewIfNeeded();
  await expect(stage('forward').locator('.stage-numbers')).toContainText('6 forwarded');
  await expect(stage('routing').locator('.stage-number.is-loss')).toContainText('1 lost: no route to the destination');
  await stage('forward').locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(stage('forward')).toContainText('ip_forward()');
  await stage('forward').getByRole('button', { name: 'Run nstat -asz IpForwDatagrams on r1' }).click();
  await expect(page.locator('.xterm-rows:visible', { hasText: 'root@r1' }).first()).toContainText('IpForwDatagrams');
  await stage('forward').getByRole('button', { name: 'Follow it' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.kernel-path').getByRole('button', { name: 'sends' })).toBeFocused();
  await expect(page.locator('.kernel-path .stage').last()).toContainText('the frame leaves');
});
