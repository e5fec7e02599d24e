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
