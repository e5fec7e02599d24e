import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTerms, slugOf, slugsIn } from '../../../server/course/glossary.ts';
import { resolveLabAddress } from '../../../server/course/lab-address.ts';
import { loadCourse } from '../../../server/course/load-course.ts';
import { loadGlossary } from '../../../server/course/load-glossary.ts';
import { anchorsOf } from '../../../server/course/render.ts';

const LABS = join(import.meta.dirname, '../../../labs');
const textOf = (file: string): string => readFileSync(join(LABS, file), 'utf8');

describe('the glossary of the course', () => {
  it('has the same terms in both languages, with anchors as GitHub makes them', () => {
    const english = textOf('glossary.md');
    expect([...slugsIn(textOf('glossary.zh.md'))]).toEqual([...slugsIn(english)]);
    expect(slugsIn(english)).toEqual(new Set([...anchorsOf(english)].filter((anchor) => anchor !== 'glossary')));
    expect(slugsIn(english).size).toBeGreaterThan(100);
  });

  it('has no fault', async () => {
    const { diagnostics } = await loadGlossary(LABS, ['en', 'zh']);
    expect(diagnostics).toEqual([]);
  });

  it('explains every term, in Chinese under its Chinese name', () => {
    for (const { name, html, more } of readTerms(textOf('glossary.zh.md'))) {
      expect(html, name).toMatch(/^<p>[^*]{15,}/);
      expect(html, name).toMatch(/[\u4e00-\u9fff]/);
      expect(more, name).toContain('href="/glossary#');
    }
    expect(readTerms(textOf('glossary.zh.md')).find(({ slug }) => slug === 'path-mtu')).toMatchObject({
      term: 'Path MTU',
      name: '路径 MTU',
    });
  });
});

it.each(['SYN cookies', 'TCP-IP', 'IPv6', 'sk-buff', 'Recv-Q', 'It’s `so` (much)!'])(
  'the anchor of %s is GitHub’s',
  (heading) => {
    expect([...anchorsOf(`## ${heading}`)]).toEqual([slugOf(heading)]);
  },
);

it('links of lessons in every language lead to the page of the glossary', () => {
  for (const file of ['glossary.md', 'glossary.zh.md'])
    expect(resolveLabAddress('size/mtu', '/labs/20-size/10-mtu', `../../${file}#mtu`)).toBe('/glossary#mtu');
});

describe('what is wrong with a glossary', () => {
  let course: string;
  beforeEach(() => {
    course = mkdtempSync(join(tmpdir(), 'vethlab-glossary-'));
    cpSync(join(import.meta.dirname, '../../support/course'), course, { recursive: true });
  });
  afterEach(() => rmSync(course, { recursive: true, force: true }));
  const write = (file: string, text: string): void => writeFileSync(join(course, file), text);
  const faults = async (): Promise<string[]> => {
    const { diagnostics } = await loadCourse(course);
    return diagnostics
      .filter(({ file }) => file.includes('glossary') || file.endsWith('index.md'))
      .map(
        ({ file, line, column, message, hint }) =>
          `${file.slice(course.length + 1)}:${line}:${column}: ${message}${hint === undefined ? '' : ` ${hint}`}`,
      );
  };

  it('is told with its place: links to no term, terms twice, terms without words', async () => {
    write('glossary.md', '# Terms\n\n## MTU\n\nSee [frame](#frames).\n\n## Frame\n\nOne.\n\n## MTU\n\n');
    expect((await faults()).filter((fault) => fault.startsWith('glossary.md'))).toEqual([
      'glossary.md:5:13: The glossary has no term `frames`. Did you mean `frame`?',
      'glossary.md:11:4: The term `MTU` has an entry already.',
      'glossary.md:11:4: The term `MTU` is not explained.',
    ]);
  });

  it('is told of lessons that link to a term that does not exist', async () => {
    write('glossary.md', '## MTU\n\nThe largest packet.\n');
    const lesson = join(course, '10-basics/10-two-hosts/index.md');
    writeFileSync(
      lesson,
      `${readFileSync(lesson, 'utf8')}\nAn [MTU](../../glossary.md#mtu), a [hop](../../glossary.md#mtus).\n`,
    );
    expect((await faults()).join('\n')).toMatch(
      /index\.md:\d+:\d+: The glossary has no term `mtus`\. Did you mean `mtu`\?/,
    );
  });

  it('is told of a translation that lacks a term, or has one of its own', async () => {
    write(
      'course.yaml',
      readFileSync(join(course, 'course.yaml'), 'utf8').replace(/languages: .*/, 'languages: [en, zh]'),
    );
    write('glossary.md', '## MTU\n\nThe largest packet.\n\n## Frame\n\nOn one link.\n');
    write('glossary.zh.md', '## MTU\n\n**最大传输单元**：最大的包。\n\n## 帧\n\n一条链路上的东西。\n');
    const found = (await faults()).filter((fault) => fault.startsWith('glossary'));
    expect(found).toEqual([
      'glossary.zh.md:5:4: glossary.md has no term `帧`. Headings of terms are the same in every language, so that links lead there on GitHub too.',
      'glossary.zh.md:8:1: Not translated yet: the term `Frame`.',
    ]);
  });
});
