/** What a preview reads beside the lab: the glossary of its course, followed as it is saved. */
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LiveCourse } from '../../../server/cli/preview/live-course.ts';

const COURSE = path.join(import.meta.dirname, '../../support/course');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vethlab-live-'));
  cpSync(COURSE, folder, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fail = (error: unknown): never => {
  throw error;
};

it.each(['10-basics/10-two-hosts', '10-basics/10-two-hosts/index.md', '10-basics', '.'])(
  'has the glossary of the course in a preview of %s',
  async (place) => {
    await using live = await LiveCourse.open(path.join(folder, place), fail);
    expect(live.course.glossary.terms('en').length).toBeGreaterThan(0);
    expect(live.course.glossary.terms('zh')).not.toEqual(live.course.glossary.terms('en'));
  },
);

it('follows the glossary as it is saved, and does without one', async () => {
  await using live = await LiveCourse.open(path.join(folder, '10-basics/10-two-hosts'), fail);
  const changed = new Promise<void>((resolve) => live.listen(resolve));
  appendFileSync(path.join(folder, 'glossary.md'), '\n## Afterthought\n\nWritten later.\n');
  await changed;
  expect(live.course.glossary.terms('en').map(({ slug }) => slug)).toContain('afterthought');

  const alone = path.join(folder, 'elsewhere/of/a/lab');
  cpSync(path.join(COURSE, '10-basics/20-alone'), alone, { recursive: true });
  await using without = await LiveCourse.open(alone, fail);
  expect(without.course.glossary.terms('en')).toEqual([]);
});
