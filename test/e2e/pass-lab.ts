/** A whole lab in the browser: from joining the course to the last task. */
import { expect, type Page } from '@playwright/test';
import type { Lab } from '../../server/course/lab.ts';
import { joinCourse, LabVisit } from './lab-visit.ts';

/** The promise of the page: a task turns by itself this soon after the deed. */
const TURNS_WITHIN_MS = 3000;

export interface PlaceToLearn {
  /** Without a slash at the end. */
  readonly url: string;
  readonly dataDirectory: string;
}

export async function passLab(
  page: Page,
  { url, dataDirectory }: PlaceToLearn,
  lab: Lab,
  turnsWithinMs = TURNS_WITHIN_MS,
): Promise<void> {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await joinCourse(page, url, 'Ada');
  const visit = new LabVisit(page, dataDirectory, lab);
  await visit.open(url);
  await visit.start();
  const { tasks } = visit.resolved();
  const first = tasks.find((task) => task.type === 'check' && task.needs.length === 0);
  if (first) {
    await visit.task(first.name).getByRole('button', { name: 'Check' }).click();
    await expect(visit.task(first.name)).toContainText('Expected');
    await visit.expectStatus(first.name, 'Open');
  }
  const done = new Set<string>();
  while (done.size < tasks.length) {
    const task = tasks.find((one) => !done.has(one.name) && one.needs.every((need) => done.has(need)));
    if (!task) throw new Error('No task is open although some are left.');
    await visit.solve(task);
    await visit.expectStatus(task.name, 'Passed', turnsWithinMs);
    done.add(task.name);
  }
  await expect(page.getByRole('region', { name: 'Lab finished' })).toBeVisible();
  expect(faults).toEqual([]);
}
