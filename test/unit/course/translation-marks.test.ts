import { expect, it } from 'vitest';
import { withMarks } from '../../../server/cli/mark-translations.ts';
import { DiagnosticList } from '../../../server/course/diagnostic-list.ts';
import { splitLabSource, type LabSource } from '../../../server/course/lab-source.ts';
import { readLab } from '../../../server/course/load-lab.ts';
import { SourceText } from '../../../server/course/source-text.ts';
import type { ResolvedLab } from '../../../server/course/lab.ts';
import { marksOf } from '../../../server/course/translation-marks.ts';

const original = `---
title: T
summary: S
minutes: 5
level: beginner
topology: { nodes: { h1: {} } }
tasks:
  why:
    ask: Why?
    answer: Because
---

Before.

:::task{name=why}
:::

## One

\`\`\`text
## not a heading
\`\`\`

## Two

Text.
`;

const translation = `---
title: 题
summary: 摘要
tasks:
  why: { ask: 为什么？ }
---

:::task{name=why}
:::
`;

function split(text: string): LabSource {
  const source = new SourceText('index.md', text);
  return splitLabSource(source, new DiagnosticList(source));
}

/** What lint says of a translation made from `original` when index.md says something else. */
function staleAfter(edit: (text: string) => string): string[] {
  const marked = withMarks(translation, marksOf(split(original)));
  const { diagnostics } = readLab(
    new SourceText('index.md', edit(original)),
    new Map([['zh', new SourceText('index.zh.md', marked)]]),
    { id: 'm/l', directory: import.meta.dirname, language: 'en' },
  );
  return diagnostics.filter(({ code }) => code === 'translation_old').map(({ line, message }) => `${line}: ${message}`);
}

it('says nothing while the original says the same, also when its checks and their order change', () => {
  expect(staleAfter((text) => text)).toEqual([]);
  expect(staleAfter((text) => text.replace('answer: Because', 'points: 2\n    answer: Because'))).toEqual([]);
  expect(staleAfter((text) => text.replace(/(## One[\s\S]*)(## Two[\s\S]*)/, '$2\n$1'))).toEqual([]);
});

it('names the task, the section and the header that have changed', () => {
  expect(staleAfter((text) => text.replace('Why?', 'Why not?'))).toEqual([
    '5: index.md has changed since this was translated: the task `why`.',
  ]);
  expect(staleAfter((text) => text.replace('Text.', 'Other text.').replace('Before.', 'Earlier.'))).toEqual([
    '6: index.md has changed since this was translated: the beginning of the lesson.',
    '6: index.md has changed since this was translated: the section “Two”.',
  ]);
  expect(staleAfter((text) => text.replace('summary: S', 'summary: Other'))).toEqual([
    '6: index.md has changed since this was translated: title, summary or objectives.',
  ]);
});

/** The page of a translation made from `original`, with two sections of its own, when index.md says something else. */
function readInChinese(edit: (text: string) => string): ResolvedLab | undefined {
  const marked = withMarks(`${translation}\n## 一\n\n## 二\n`, marksOf(split(original)));
  const { lab } = readLab(
    new SourceText('index.md', edit(original)),
    new Map([['zh', new SourceText('index.zh.md', marked)]]),
    { id: 'm/l', directory: import.meta.dirname, language: 'en' },
  );
  return lab?.resolve('seed', 'zh');
}

it('tells readers at the part that has changed, with a way to the original', () => {
  const upToDate = readInChinese((text) => text);
  expect(upToDate?.isBehind).toBe(false);
  expect(upToDate?.lesson.html()).not.toContain('class="behind"');

  const task = readInChinese((text) => text.replace('Why?', 'Why not?'));
  expect(task?.isBehind).toBe(true);
  expect(task?.lesson.html()).toMatch(/class="task-title">.*?<\/h\d><p class="behind">[^<]*<a href="\?language=en"/);
  expect(task?.lesson.html().match(/class="behind"/g)).toHaveLength(1);

  const section = readInChinese((text) => text.replace('Text.', 'Other text.'));
  expect(section?.lesson.html()).toMatch(/二<\/h2><p class="behind">/);
  expect(section?.lesson.html().match(/class="behind"/g)).toHaveLength(1);

  // Which section is which is not known any more: the note at the top of the page is all that can be said.
  const grown = readInChinese((text) => text.replace('## Two', '## Between\n\nNew.\n\n## Two'));
  expect(grown?.isBehind).toBe(true);
  expect(grown?.lesson.html()).not.toContain('class="behind"');
});

it('says nothing of translations that nobody marked', () => {
  const { diagnostics } = readLab(
    new SourceText('index.md', original),
    new Map([['zh', new SourceText('index.zh.md', translation)]]),
    { id: 'm/l', directory: import.meta.dirname, language: 'en' },
  );
  expect(diagnostics).toEqual([]);
});

it('replaces marks and keeps the rest of the file', () => {
  const once = withMarks(translation, marksOf(split(original)));
  expect(withMarks(once, marksOf(split(original)))).toBe(once);
  expect(once.replace(/^original:.*\n/m, '')).toBe(translation);
});
