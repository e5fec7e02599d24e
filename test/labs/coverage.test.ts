/** The course teaches what labs/coverage.yaml says it does. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Task } from '../../server/course/lab.ts';
import { loadCourse } from '../../server/course/load-course.ts';

interface Coverage {
  readonly topics: readonly { readonly topic: string; readonly at: readonly string[] }[];
  readonly beliefs: readonly { readonly belief: string; readonly so: string; readonly at: readonly string[] }[];
}

const LABS = path.join(import.meta.dirname, '../../labs');
const coverage = parse(readFileSync(path.join(LABS, 'coverage.yaml'), 'utf8')) as Coverage;
const { course } = await loadCourse(LABS);
const labs = course.modules.flatMap((module) => module.labs);
const tasks = new Map(
  labs.flatMap((lab) => lab.resolve('coverage').tasks.map((task): [string, Task] => [`${lab.id}#${task.name}`, task])),
);

it('names tasks that there are', () => {
  const places = [...coverage.topics, ...coverage.beliefs].flatMap(({ at }) => at);
  expect(places.filter((place) => !tasks.has(place))).toEqual([]);
  for (const { topic, at } of coverage.topics) expect(at.length, topic).toBeGreaterThan(0);
});

it('asks about each common belief', () => {
  expect(coverage.beliefs.length).toBeGreaterThanOrEqual(54);
  const notAsked = coverage.beliefs.filter(({ at }) => !at.some((place) => tasks.get(place)?.type === 'question'));
  expect(notAsked.map(({ belief }) => belief)).toEqual([]);
});

it('uses every lab', () => {
  const used = new Set(coverage.topics.flatMap(({ at }) => at.map((place) => place.split('#')[0])));
  expect(labs.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
});
