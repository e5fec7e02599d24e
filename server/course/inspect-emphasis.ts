/** Asterisks that were meant as emphasis and stay asterisks. Looks at texts alone. */
import { readLesson, type Lesson } from './lesson.ts';
import type { Span } from './source-text.ts';

export const EMPHASIS_FAULT = {
  message: 'This `*` stays on the page as it is: no emphasis begins or ends here.',
  hint: 'Between a punctuation mark and a letter or a Chinese character it needs a space on its outer side, as in `**word:** more`. An asterisk itself is `\\*`.',
};

/** Where they are in the prose of a lesson. */
export function strayAsterisks({ texts }: Pick<Lesson, 'texts'>): Span[] {
  return texts.flatMap(({ raw, span }) =>
    // What is found by searching has a place of its own; an asterisk between spaces is meant as one.
    [...raw.matchAll(/\*+(?=\S)|(?<=\S)\*+/g)].map(({ index, 0: { length } }) =>
      span.length === raw.length ? { offset: span.offset + index, length } : span,
    ),
  );
}

/** Paths below `tasks` whose markdown has some. */
export function tasksWithStrayAsterisks(tasks: Readonly<Record<string, unknown>>): (string | number)[][] {
  return Object.entries(tasks).flatMap(([name, task]) =>
    textsOf(task, ['tasks', name])
      .filter(({ text }) => text.includes('*') && strayAsterisks(readLesson(text)).length > 0)
      .map(({ path }) => path),
  );
}

const MARKDOWN_KEYS = ['ask', 'why', 'pass', 'fail'];

function textsOf(task: unknown, path: (string | number)[]): { text: string; path: (string | number)[] }[] {
  if (typeof task !== 'object' || task === null) return [];
  const found = Object.entries(task).flatMap(([key, text]) =>
    MARKDOWN_KEYS.includes(key) && typeof text === 'string' ? [{ text, path: [...path, key] }] : [],
  );
  const hints: unknown = 'hints' in task ? task.hints : [];
  for (const [index, hint] of Array.isArray(hints) ? hints.entries() : []) {
    const text: unknown = typeof hint === 'object' && hint !== null && 'text' in hint ? hint.text : hint;
    if (typeof text === 'string') found.push({ text, path: [...path, 'hints', index] });
  }
  return found;
}
