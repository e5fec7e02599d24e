import { describe, expect, test } from 'vitest';
import { inWords } from '../../../server/base/sentence.ts';
import { describeCondition, holds, numberCondition, textCondition } from '../../../server/check/condition.ts';

const bytes = numberCondition('bytes');
const text = textCondition();

test.each([
  [3, 3, true],
  [3, 4, false],
  [{ at_least: 3 }, 3, true],
  [{ at_least: 3 }, 2, false],
  [{ at_most: '64kb' }, 64_000, true],
  [{ at_most: '64kb' }, 64_001, false],
  [{ between: [1, 3] }, 3, true],
  [{ between: [1, 3] }, 0, false],
  [{ one_of: [1, 5] }, 5, true],
  [{ not: 5 }, 5, false],
  [{ not: { at_least: 5 } }, 4, true],
  [{ at_least: 2, at_most: 4, not: 3 }, 3, false],
  ['1kib', 1024, true],
])('%j of %d is %s', (written, value, expected) => {
  expect(holds(bytes.parse(written), value)).toBe(expected);
});

test.each([
  ['a', 'a', true],
  [1, '1', true],
  [{ contains: 'bc' }, 'abcd', true],
  [{ matches: '/^A/i' }, 'abc', true],
  [{ matches: '^b' }, 'abc', false],
  [{ at_least: 10 }, '12', true],
  [{ at_least: 0 }, '', false],
  [{ at_least: 0 }, 'none', false],
  [{ not: { contains: 'x' } }, 'abc', true],
])('%j of the text %j is %s', (written, value, expected) => {
  expect(holds(text.parse(written), value)).toBe(expected);
});

test('nothing holds of what is not there, but a not', () => {
  expect(holds(bytes.parse({ at_most: 5 }), null)).toBe(false);
  expect(holds(text.parse('none'), null)).toBe(false);
  expect(holds(text.parse({ not: 'a' }), null)).toBe(true);
});

describe('faults of authors', () => {
  const faults = (written: unknown): string[] =>
    bytes.safeParse(written).error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
  test('are said once, at their place', () => {
    expect(
      [
        { atleast: 3 },
        null,
        { at_least: 'x' },
        'abc',
        { between: [3, 1] },
        {},
        { matches: '/(/' },
        { not: { foo: 1 } },
      ].map(faults),
    ).toMatchInlineSnapshot(`
      [
        [
          ": Unrecognized key: "atleast"",
        ],
        [
          ": Write a number or a size such as 1400 or 64kb, or a condition such as { at_least: 3 }.",
        ],
        [
          "at_least: “x” is not a number. Write a number or a size such as 1400 or 64kb.",
        ],
        [
          "equals: “abc” is not understood here. Write a number or a size such as 1400 or 64kb.",
        ],
        [
          "between: The first number is larger than the second.",
        ],
        [
          ": This condition is empty. Write a value, or one such as { at_least: 3 }.",
        ],
        [
          "matches: This is not a regular expression: /(/: Unterminated group.",
        ],
        [
          "not: Unrecognized key: "foo"",
        ],
      ]
    `);
  });
});

test('conditions read as words', () => {
  const words = [
    3,
    { at_least: 3 },
    { between: [1, 2] },
    { one_of: [1, 2] },
    { not: { at_most: 2 } },
    { at_least: 1, at_most: 9 },
  ].map((written) => inWords(describeCondition(bytes.parse(written))));
  expect(words).toEqual([
    '3',
    'at least 3',
    'between 1 and 2',
    'one of 1, 2',
    'not at most 2',
    'at least 1 and at most 9',
  ]);
  expect(inWords(describeCondition(numberCondition('ms').parse('1.5s')))).toBe('1500 ms');
  expect(inWords(describeCondition(numberCondition('bitsPerSecond').parse({ at_most: '10mbit' })))).toBe(
    'at most 10 mbit',
  );
});
