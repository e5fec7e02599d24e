/** A whole lab in the browser: from joining the course to the last task. */
import { expect, type Page } from '@playwright/test';
import { costOf } from '../../server/check/judge.ts';
import type { Language } from '../../server/contract/language.ts';
import type { Lab } from '../../server/course/lab.ts';
import { joinCourse, LabVisit } from './lab-visit.ts';

/** The promise of the page: a task turns by itself this soon after the deed. */
const TURNS_WITHIN_MS = 3000;
/** Checks that try something in the network take their time: the page tells of them when they have ended. */
const DEAR_TAKES_MS = 6000;

const NAMES = { en: 'Ada', zh: '小林' };

export interface PlaceToLearn {
  /** Without a slash at the end. */
  readonly url: string;
  readonly dataDirectory: string;
}

export interface LabPass {
  readonly turnsWithinMs?: number;
  /** The browser's. */
  readonly language?: Language;
}

export async function passLab(
  page: Page,
  { url, dataDirectory }: PlaceToLearn,
  lab: Lab,
  { turnsWithinMs = TURNS_WITHIN_MS, language = 'en' }: LabPass = {},
): Promise<void> {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await joinCourse(page, url, NAMES[language]);
  const visit = new LabVisit(page, dataDirectory, lab, language);
  await visit.open(url);
  await visit.start();
  const { tasks } = visit.resolved();
  const first = tasks.find((task) => task.type === 'check' && task.needs.length === 0);
  if (first) {
    await visit.task(first.name).getByRole('button', { name: visit.words.check }).click();
    await expect(visit.task(first.name)).toContainText(visit.words.expected);
    await visit.expectStatus(first.name, 'Open');
  }
  const done = new Set<string>();
  while (done.size < tasks.length) {
    const task = tasks.find((one) => !done.has(one.name) && one.needs.every((need) => done.has(need)));
    if (!task) throw new Error('No task is open although some are left.');
    await visit.solve(task);
    const isDear = task.type === 'check' && costOf(task.check) === 'dear';
    await visit.expectStatus(task.name, 'Passed', turnsWithinMs + (isDear ? DEAR_TAKES_MS : 0));
    done.add(task.name);
  }
  await expect(page.getByRole('region', { name: visit.words.finished })).toBeVisible();
  expect(faults).toEqual([]);
}
