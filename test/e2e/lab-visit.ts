/** What a learner does on a lesson page, by the names that the page shows. */
import { DatabaseSync } from 'node:sqlite';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Language } from '../../server/contract/language.ts';
import type { Course, Lab, ResolvedLab, Task } from '../../server/course/lab.ts';
import { loadCourse } from '../../server/course/load-course.ts';
import { writtenAnswer } from '../../server/course/written-answer.ts';
import { lineThatReads } from './computed-answer.ts';
import { PAGE_WORDS, type PageWords, type TaskStatus } from './page-words.ts';

export async function realCourse(): Promise<Course> {
  const { course } = await loadCourse(join(import.meta.dirname, '../../labs'));
  return course;
}

export function labsOf(course: Course): Lab[] {
  return course.modules.flatMap((module) => module.labs);
}

export async function joinCourse(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.locator('#join-name').fill(name);
  await page.keyboard.press('Enter');
  await expect(page.getByText(name).first()).toBeVisible();
}

export class LabVisit {
  readonly page: Page;
  readonly words: PageWords;
  readonly #dataDirectory: string;
  readonly #lab: Lab;
  readonly #language: Language;
  #reads = 0;

  /** The page has to be in the language already: it is the browser's. */
  constructor(page: Page, dataDirectory: string, lab: Lab, language: Language = 'en') {
    this.page = page;
    this.words = PAGE_WORDS[language];
    this.#dataDirectory = dataDirectory;
    this.#lab = lab;
    this.#language = language;
  }

  async open(url: string): Promise<void> {
    await this.page.goto(`${url}/labs/${this.#lab.id}`);
  }

  async start(): Promise<void> {
    await this.page.locator('#workspace').getByRole('button', { name: this.words.start }).click();
    await expect(this.prompt(this.page)).toBeVisible({ timeout: 20_000 });
  }

  /** The lab with the values that this learner got; no answer of it is ever on the page. */
  resolved(): ResolvedLab {
    using database = openCopy(join(this.#dataDirectory, 'vethlab.db'));
    const row = database
      .prepare('SELECT seed FROM attempts WHERE lab_id = ? AND reset_ms IS NULL ORDER BY created_ms DESC')
      .get(this.#lab.id);
    return this.#lab.resolve(String(row?.['seed']), this.#language);
  }

  task(name: string): Locator {
    return this.page.locator(`section.task[data-task="${name}"]`);
  }

  async expectStatus(name: string, status: TaskStatus, timeout = 10_000): Promise<void> {
    await expect(this.task(name).locator('.status').first()).toHaveText(this.words.status[status], { timeout });
  }

  /** Opens a terminal of the node (the one that is open already, if there is one) and returns its text area. */
  async terminal(node: string): Promise<Locator> {
    const tab = this.page.getByRole('tab', { name: node, exact: true }).first();
    if (await tab.isVisible()) await tab.click();
    else
      await this.page
        .getByRole('button', { name: this.words.openTerminal(node) })
        .first()
        .click();
    const panel = this.page.locator('.terminal-panel:visible').first();
    await expect(panel.locator('.xterm-rows')).toContainText(`root@${node}`, { timeout: 10_000 });
    return panel;
  }

  async type(node: string, line: string): Promise<void> {
    const panel = await this.terminal(node);
    await panel.locator('.xterm-helper-textarea').focus();
    await this.page.keyboard.insertText(line);
    await this.page.keyboard.press('Enter');
  }

  /** Types a line and waits for what it prints between marks. */
  async read(node: string, line: string): Promise<string> {
    // What an earlier line has printed may still be on the screen.
    this.#reads += 1;
    await this.type(node, `clear; printf '<${this.#reads}: %s>\\n' "$(${line})"`);
    const rows = (await this.terminal(node)).locator('.xterm-rows');
    const printed = new RegExp(`<${this.#reads}: ([^%<>]+)>`);
    await expect(rows).toHaveText(printed, { timeout: 10_000 });
    return (printed.exec((await rows.textContent()) ?? '')?.[1] ?? '').trim();
  }

  /** Waits until the shell of a node asks for the next line, so that what was typed has ended. */
  async settle(node: string): Promise<void> {
    const mark = `done-${String(Math.random()).slice(2, 10)}`;
    await this.type(node, `clear; echo ${mark.replace('-', "''-")}`);
    await expect((await this.terminal(node)).locator('.xterm-rows')).toContainText(mark, { timeout: 30_000 });
  }

  /** Chooses what is to choose from, or writes into the field. */
  async answer(name: string, answer: string | readonly string[]): Promise<void> {
    const form = this.task(name).locator('form.task-question');
    const boxes = form.locator('input[type="radio"], input[type="checkbox"]');
    if ((await boxes.count()) > 0) {
      for (const choice of [answer].flat()) await form.locator(`input[value=${JSON.stringify(choice)}]`).check();
    } else {
      await form.getByRole('textbox').fill(String(answer));
    }
    await form.getByRole('button').first().click();
  }

  /** Does a task as its author would: types the solution, or answers the question. */
  async solve(task: Task): Promise<void> {
    for (const step of task.solve) {
      if ('answer' in step) {
        await this.answer(task.name, await this.#inWords(step.answer, task));
      } else {
        await this.type(step.node, step.line);
        await this.settle(step.node);
      }
    }
  }

  /** Choices are written in the original's words, which are not the page's in another language. */
  async #inWords(answer: string, task: Task): Promise<string | readonly string[]> {
    return answer === '{}' || (task.type === 'question' && task.choices !== null) ? this.#right(task) : answer;
  }

  async #right(task: Task): Promise<string | readonly string[]> {
    if (task.type !== 'question') return '';
    const written = writtenAnswer(task);
    if (written !== null || task.answer.type !== 'computed') return written ?? '';
    const { node, line } = lineThatReads(task.answer.check);
    return this.read(node, line);
  }

  prompt(page: Page): Locator {
    return page.locator('.xterm-rows', { hasText: 'root@' }).first();
  }
}

/** The server holds its database alone, so a copy is read. */
function openCopy(path: string): DatabaseSync & Disposable {
  const directory = mkdtempSync(join(tmpdir(), 'vethlab-copy-'));
  for (const suffix of ['', '-wal'])
    if (existsSync(path + suffix)) copyFileSync(path + suffix, join(directory, `copy${suffix}`));
  const database = new DatabaseSync(join(directory, 'copy'));
  return Object.assign(database, {
    [Symbol.dispose]: () => {
      database.close();
      rmSync(directory, { recursive: true, force: true });
    },
  });
}
