import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LabMemory } from '../../../server/course/lab-memory.ts';
import { loadCourse } from '../../../server/course/load-course.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'vethlab-memory-'));
  cpSync(path.join(import.meta.dirname, '../../../labs'), root, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('reads the changed lab alone, which takes a moment', async () => {
  const memory = new LabMemory();
  const startedAt = performance.now();
  const before = (await loadCourse(root, memory)).course.modules.flatMap(({ labs }) => labs);
  const changed = before[3];
  const wholeMs = performance.now() - startedAt;
  if (!changed) throw new Error('The course has too few labs.');
  const tookMs: number[] = [];
  for (let round = 0; round < 5; round++) {
    appendFileSync(path.join(changed.directory, 'index.md'), '\nAnother sentence.\n');
    const startedAt = performance.now();
    const after = (await loadCourse(root, memory)).course.modules.flatMap(({ labs }) => labs);
    const html = after[3]?.resolve('x').lesson.html();
    tookMs.push(performance.now() - startedAt);
    expect(html).toContain('Another sentence.');
    expect(after.filter((lab, index) => lab !== before[index]).map(({ id }) => id)).toEqual([changed.id]);
  }
  // Against the whole: other tests share this machine.
  expect(Math.min(...tookMs)).toBeLessThan(wholeMs / 4);
});

it('sees files that come and go', async () => {
  const memory = new LabMemory();
  const { course } = await loadCourse(root, memory);
  const [lab] = course.modules[0]?.labs ?? [];
  rmSync(path.join(lab?.directory ?? '', 'index.zh.md'));
  const { course: without, diagnostics } = await loadCourse(root, memory);
  expect(without.modules[0]?.labs[0]?.languages).toEqual(['en']);
  expect(diagnostics.map(({ code }) => code)).toContain('translation_missing');
  writeFileSync(path.join(lab?.directory ?? '', 'index.md'), 'No front matter.');
  expect((await loadCourse(root, memory)).course.modules[0]?.labs.map(({ id }) => id)).not.toContain(lab?.id);
});
