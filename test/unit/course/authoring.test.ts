import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { z } from 'zod';
import { checkKinds } from '../../../server/check/registry.ts';
import { numberCondition } from '../../../server/check/condition.ts';
import { parseWith } from '../../../server/course/explain-issue.ts';
import { checkSchema, interpret } from '../../../server/course/interpret.ts';
import { labJsonSchema } from '../../../server/course/lab-json-schema.ts';
import { readLesson } from '../../../server/course/lesson.ts';
import { readLab } from '../../../server/course/load-lab.ts';
import { renderLesson } from '../../../server/course/render.ts';
import { courseSchema, headingSchema, moduleSchema } from '../../../server/course/schema/lab-schema.ts';
import { isPictureName, pictureSchemas } from '../../../server/course/schema/picture-schema.ts';
import { SourceText } from '../../../server/course/source-text.ts';
import { chooseValues } from '../../../server/course/variables.ts';
import { lessonWords } from '../../../server/course/lesson-words.ts';

const guide = readFileSync(path.join(import.meta.dirname, '../../../labs/AUTHORING.md'), 'utf8');

/** Fenced blocks by the word after their language. */
function examples(word: string): string[] {
  const blocks = [...guide.matchAll(/^(`{3,})(?:yaml|markdown) (\S+)\n([\s\S]*?)^\1$/gm)];
  return blocks.filter((block) => block[2] === word).map((block) => block[3] ?? '');
}

function example(word: string): string {
  const [only, ...more] = examples(word);
  if (only === undefined || more.length > 0) throw new Error(`There is not one example ${word}.`);
  return only;
}

function faultsOf<T>(schema: z.ZodType<T>, value: unknown): unknown[] {
  const read = parseWith(schema, value);
  return 'faults' in read ? read.faults : [];
}

const place = { id: 'm/l', directory: import.meta.dirname, language: 'en' };

describe('the examples of AUTHORING.md', () => {
  it('hold a whole lab without faults, and its translation', () => {
    const translation = new SourceText('index.zh.md', example('translation'));
    const { lab, diagnostics } = readLab(
      new SourceText('index.md', example('lab')),
      new Map([['zh', translation]]),
      place,
    );
    expect(diagnostics).toEqual([]);
    expect(lab?.resolve('x', 'zh').lesson.html()).toContain('先数，再看。');
  });

  it('hold every kind of check, and checks that can be read', () => {
    const checks = parse(example('check')) as Record<string, unknown>[];
    expect(faultsOf(checkSchema, checks)).toEqual([]);
    expect([...new Set(checks.flatMap((check) => Object.keys(check)))].toSorted()).toEqual(
      checkKinds.map((kind) => kind.name).toSorted(),
    );
  });

  it('hold topologies, tasks and questions that can be read', () => {
    const topology: unknown = parse(example('topology'));
    for (const text of examples('tasks'))
      expect(interpret({ topology, tasks: parse(text) as unknown }, new Map()).faults).toEqual([]);
    expect(examples('tasks')).toHaveLength(2);
  });

  it('hold a lab of that topology and those tasks that has no faults', () => {
    const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');
    const names = examples('tasks').flatMap((text) => Object.keys(parse(text) as object));
    const text = `---\ntitle: T\nsummary: S\nminutes: 5\nlevel: beginner\ntopology:\n${indent(example('topology'))}tasks:\n${examples('tasks').map(indent).join('')}---\n${names.map((name) => `:::task{name=${name}}\n:::\n`).join('')}`;
    expect(readLab(new SourceText('index.md', text), new Map(), place).diagnostics).toEqual([]);
  });

  it('hold lines for the recorded example', () => {
    const topology: unknown = parse(example('topology'));
    const front = { topology, ...(parse(example('record')) as object) };
    const { record, faults } = interpret(front, new Map());
    expect(faults).toEqual([]);
    expect(record?.map(({ key }) => key)).toEqual(['h2', 'h1', 'h1', 'h1', 'h2']);
  });

  it('hold variables and conditions', () => {
    const { choices, faults } = chooseValues(parse(example('vars')) as Record<string, { pick: number[] }>, {
      seed: 'x',
    });
    expect(faults).toEqual([]);
    expect([...choices.keys()]).toEqual(['size', 'lan', 'six']);
    const records = parse(example('records')) as Record<string, { pick: Record<string, unknown>[] }>;
    const front = {
      vars: { lan: { subnet: '10.0.0.0/8', prefix: 24 }, ...records },
      topology: parse(example('topology')) as unknown,
      tasks: {
        repair: {
          title: 'T',
          setup: '${fault.break}',
          check: [{ ping: { from: 'h1', to: 'h2', expect: 'reply' } }],
          solve: '${fault.repair}',
        },
        where: { ask: 'Q', choices: ['r1', 'h2'], answer: '${fault.where}', why: '${fault.why}' },
      },
    };
    const picked = chooseValues(front.vars, { seed: 'x' });
    expect([...picked.faults, ...interpret(front, picked.choices).faults]).toEqual([]);
    for (const condition of parse(example('conditions')) as unknown[])
      expect(faultsOf(numberCondition(), condition)).toEqual([]);
  });

  it('hold every picture', () => {
    const lesson = readLesson(example('lesson'));
    expect([...new Set(lesson.leaves.map(({ head }) => head.name))].toSorted()).toEqual(
      Object.keys(pictureSchemas).toSorted(),
    );
    for (const { head } of lesson.leaves) {
      const attributes = Object.fromEntries(head.attributes.map(({ name, value }) => [name, value]));
      if (isPictureName(head.name)) expect(faultsOf<object>(pictureSchemas[head.name], attributes)).toEqual([]);
      expect(head.garbage).toEqual([]);
    }
    const html = renderLesson(example('lesson'), {
      topology: { nodes: [], links: [], faults: [] },
      tasks: [],
      resolve: (href) => href,
      words: lessonWords('en'),
    });
    expect(html).toContain('data-code="ping -c1 10.0.2.1"');
    expect(html).not.toContain('::');
  });

  it('hold a module and a course, and their texts in another language', () => {
    expect(faultsOf(headingSchema, parse(example('heading')))).toEqual([]);
    expect(faultsOf(moduleSchema, parse(example('module')))).toEqual([]);
    expect(faultsOf(courseSchema, parse(example('course')))).toEqual([]);
  });

  it('name every key of the format', () => {
    const keys = new Set<string>();
    const visit = (json: unknown): void => {
      if (typeof json !== 'object' || json === null) return;
      const { properties } = json as { properties?: object };
      for (const key of Object.keys(properties ?? {})) keys.add(key);
      for (const value of Object.values(json)) visit(value);
    };
    visit(labJsonSchema());
    const missing = [...keys].filter((key) => !new RegExp(`\\b${key}\\b`).test(guide));
    expect(missing).toEqual([]);
  });
});
