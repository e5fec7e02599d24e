/** The author's preview in a real browser with a real sandbox: it follows the file, and the terminals stay. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, expect as expectPage, type Browser, type Page } from '@playwright/test';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newLabText } from '../../server/cli/new-lab.ts';
import { openPreview, type Preview } from '../../server/cli/preview/preview-server.ts';
import { makeDataDirectory } from '../support/server.ts';

const START_MS = 20_000;
let directory: string;
let data: string;
let file: string;
let preview: Preview;
let browser: Browser;
let page: Page;

function edit(from: string | RegExp, to: string): void {
  const before = readFileSync(file, 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
}

beforeEach(async () => {
  data = makeDataDirectory();
  directory = mkdtempSync(path.join(tmpdir(), 'vethlab-preview-'));
  file = path.join(directory, 'my-lab/index.md');
  mkdirSync(path.dirname(file));
  writeFileSync(file, newLabText('My lab', 'lab.schema.json'));
  preview = await openPreview(path.dirname(file), { port: '0', host: '127.0.0.1', data });
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
}, START_MS);

afterEach(async () => {
  await browser?.close();
  await preview?.[Symbol.asyncDispose]();
  for (const made of [directory, data]) rmSync(made, { recursive: true, force: true });
});

async function startLab(): Promise<void> {
  await page.goto(preview.url);
  await page.locator('#workspace').getByRole('button', { name: 'Start the lab' }).click();
  await expectPage(page.locator('.xterm-rows', { hasText: 'root@' }).first()).toBeVisible({ timeout: START_MS });
}

async function type(line: string): Promise<void> {
  await page.locator('.terminal-panel:visible .xterm-helper-textarea').first().focus();
  await page.keyboard.insertText(line);
  await page.keyboard.press('Enter');
}

const rows = () => page.locator('.terminal-panel:visible .xterm-rows').first();
const panel = () => page.locator('.author-panel');

describe('the preview', () => {
  it('joins the author, follows the lesson, keeps terminals and shows what the checks saw', async () => {
    await startLab();
    await expectPage(panel()).toContainText('no faults');
    await type('echo kept-$((40+2))');
    await expectPage(rows()).toContainText('kept-42');

    edit('Write here what the learner needs to know', 'A sentence that was just written');
    await expectPage(page.locator('#prose')).toContainText('A sentence that was just written');
    await expectPage(rows()).toContainText('kept-42');
    await expectPage(panel()).not.toContainText('restart needed');

    // The check is another one: it is open, and judged as it is now.
    edit('title: Let h2 answer', 'title: Let h2 reply');
    edit(
      /check:\n[\s\S]*?\n {4}hints:/,
      'check:\n      - sysctl: { node: h1, key: net.ipv4.ip_default_ttl, value: 63 }\n    hints:',
    );
    edit(
      'solve: [{ h1: "ping -c${times} -i 0.2 ${lan.2}" }]',
      'solve: [{ h1: "sysctl -w net.ipv4.ip_default_ttl=63" }]',
    );
    await expectPage(page.locator('section.task').first()).toContainText('Let h2 reply');
    await panel().locator('summary').first().click();
    await expectPage(panel()).toContainText('ip_default_ttl', { timeout: START_MS });
    await type('sysctl -w net.ipv4.ip_default_ttl=63');
    await expectPage(panel().locator('.author-verdict.is-pass')).toContainText(/took [\d.]+ ms/, { timeout: START_MS });
    await page.screenshot({ path: 'test-results/screens/preview-checks.png' });
  });

  it('shows faults at their place, goes on with the text before them, and asks for a restart when the network changed', async () => {
    await startLab();
    edit('level: beginner', 'level: beginer');
    await expectPage(panel()).toContainText('1 fault');
    await expectPage(panel()).toContainText(`${file}:6:8`);
    await expectPage(panel().locator('pre')).toContainText('level: beginer');
    await expectPage(panel().locator('pre')).toContainText('^^^^^^^');
    await expectPage(page.locator('h1')).toHaveText('My lab');
    await page.screenshot({ path: 'test-results/screens/preview-faults.png' });

    edit('level: beginer', 'level: beginner');
    await expectPage(panel()).toContainText('no faults');
    edit('    h2:\n', '    h2:\n    h3:\n');
    await expectPage(panel()).toContainText('restart needed');
    await page.getByRole('button', { name: 'Restart the network' }).click();
    await expectPage(panel()).not.toContainText('restart needed', { timeout: START_MS });
    await expectPage(page.getByRole('button', { name: 'Open a terminal on h3' }).first()).toBeVisible({
      timeout: START_MS,
    });
  });

  it('shows a fault of the lesson above its paragraph, and one of a task in that task', async () => {
    await page.goto(preview.url);
    await expectPage(page.locator('h1')).toHaveText('My lab');
    edit(
      'Write here what the learner needs to know',
      'Before it.\n\nRead [this](missing.md) about what the learner needs to know',
    );
    const note = page.locator('#prose > .author-here');
    await expectPage(note).toContainText('missing.md');
    await expectPage(note.locator('xpath=following-sibling::*[1]')).toContainText('Read this about');
    edit('[this](missing.md)', 'this');
    await expectPage(note).toHaveCount(0);
    edit('    hints:', '    hint: [Mistyped]\n    hints:');
    await expectPage(page.locator('section.task').first().locator('.author-here')).toContainText('`hint` is not a key');
  });

  it('waits for a lab that cannot be shown yet', async () => {
    await page.goto(preview.url);
    await expectPage(page.locator('h1')).toHaveText('My lab');
    const whole = readFileSync(file, 'utf8');
    rmSync(file);
    writeFileSync(file, whole.replace('title: My lab', 'title: Another name'));
    await expectPage(page.locator('h1')).toHaveText('Another name');
  });
});
