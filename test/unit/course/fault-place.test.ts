import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { faultPlace } from '../../../server/course/fault-place.ts';
import { SourceText } from '../../../server/course/source-text.ts';

const text = `---
title: T
topology:
  nodes: { h1: {} }
tasks:
  one:
    title: One
    hints: [First]
  two:
    title: Two
vars: {}
---

First paragraph,
on two lines.

- a list
- of two

[a]: https://example.org

:::task{name=two}
Prose.
:::

Last.
`;

function placeOf(found: string): unknown {
  const source = new SourceText('index.md', text);
  return faultPlace(source, source.positionAt(text.indexOf(found)).line);
}

it('finds the task of a line in the front matter', () => {
  expect(placeOf('hints:')).toEqual({ task: 'one' });
  expect(placeOf('two:\n')).toEqual({ task: 'two' });
});

it('finds no place for what the page shows elsewhere', () => {
  expect(placeOf('title: T')).toBeNull();
  expect(placeOf('nodes:')).toBeNull();
  expect(placeOf('vars:')).toBeNull();
});

it('finds blocks and tasks of the lesson', () => {
  expect(placeOf('on two lines')).toEqual({ block: 0 });
  expect(placeOf('- of two')).toEqual({ block: 1 });
  expect(placeOf('Prose.')).toEqual({ task: 'two' });
  expect(placeOf('Last.')).toEqual({ block: 3 });
});

it('finds a place within the file for every line of every kind of text', () => {
  const sound = readFileSync(path.join(import.meta.dirname, '../../labs/fixtures/sound-lab.md'), 'utf8');
  for (const one of [sound, '', '---\n', 'no front matter\n\n\ntwo', '---\ntasks: [\n---\nText']) {
    const source = new SourceText('index.md', one);
    for (let line = 1; line <= one.split('\n').length; line++) expect(() => faultPlace(source, line)).not.toThrow();
  }
});
