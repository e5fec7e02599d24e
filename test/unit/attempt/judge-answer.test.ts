import { describe, expect, test } from 'vitest';
import { judgeAnswer, parseNumber } from '../../../server/attempt/judge-answer.ts';
import type { Answer, QuestionTask } from '../../../server/course/lab.ts';

function question(answer: Answer, choices: readonly string[] | null = null): QuestionTask {
  return {
    type: 'question',
    name: 'q',
    title: 'q',
    points: 1,
    needs: [],
    hints: [],
    setup: [],
    pass: { html: () => '' },
    fail: { html: () => '' },
    ask: { html: () => '' },
    choices,
    answer,
    why: { html: () => '' },
    solve: [],
    wrong: [],
  };
}

describe('answers', () => {
  test.each([
    ['1400', 1400],
    ['1 400', 1400],
    ['1,400', 1400],
    ["1'400'000", 1_400_000],
    ['１４００', 1400],
    ['0x578', 1400],
    [' 12.5 ms ', 12.5],
    ['-3', -3],
    ['1400 bytes', 1400],
  ])('%j is the number %d', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  test.each(['', 'many', '1400 or 1500', '1.2.3', 'NaN', 'Infinity', '--3'])('%j is no number', (text) => {
    expect(parseNumber(text)).toBeNull();
  });

  test('one of several choices', () => {
    const which = question({ type: 'choice', choice: 'Link' }, ['Link', 'Internet']);
    expect(judgeAnswer(which, 'Link', null).outcome).toBe('pass');
    expect(judgeAnswer(which, ['Link'], null).outcome).toBe('pass');
    expect(judgeAnswer(which, 'Internet', null).outcome).toBe('fail');
    expect(() => judgeAnswer(which, 'Physical', null)).toThrow(/not one of the choices/);
    expect(() => judgeAnswer(which, ['Link', 'Internet'], null)).toThrow(/takes one answer/);
  });

  test('all of the right choices, in any order, and no other', () => {
    const which = question({ type: 'choices', choices: ['a', 'b'] }, ['a', 'b', 'c']);
    expect(judgeAnswer(which, ['b', 'a'], null).outcome).toBe('pass');
    expect(judgeAnswer(which, ['a'], null).outcome).toBe('fail');
    expect(judgeAnswer(which, ['a', 'b', 'c'], null).outcome).toBe('fail');
    expect(judgeAnswer(which, 'a', null).outcome).toBe('fail');
  });

  test('a number within what the author allows', () => {
    const much = question({ type: 'number', value: 0.3, within: 0 });
    expect(judgeAnswer(much, '0.3', null).outcome).toBe('pass');
    expect(judgeAnswer(question({ type: 'number', value: 100, within: 5 }), '105', null).outcome).toBe('pass');
    expect(judgeAnswer(question({ type: 'number', value: 100, within: 5 }), '106', null).outcome).toBe('fail');
    expect(() => judgeAnswer(much, 'a third', null)).toThrow(/not a number/);
  });

  test('a number that the live network says', () => {
    const live = question({ type: 'computed', kind: 'number', check: { name: 'counter', spec: {} }, within: 0 });
    expect(judgeAnswer(live, '3', 3).outcome).toBe('pass');
    expect(judgeAnswer(live, '4', 3).outcome).toBe('fail');
    expect(judgeAnswer(live, '3', null).outcome).toBe('error');
    const text = question({ type: 'computed', kind: 'text', check: { name: 'link', spec: {} }, within: 0 });
    expect(judgeAnswer(text, '02:AA:00:00:00:01', '02:aa:00:00:00:01').outcome).toBe('pass');
    expect(judgeAnswer(text, '02:aa:00:00:00:02', '02:aa:00:00:00:01').outcome).toBe('fail');
  });

  test('a text, without regard to case and spaces; a pattern as the author wrote it', () => {
    expect(judgeAnswer(question({ type: 'text', text: 'Path  MTU' }), ' path mtu ', null).outcome).toBe('pass');
    const sticky = question({ type: 'matches', pattern: /^10\.\d+$/g });
    expect(judgeAnswer(sticky, '10.7', null).outcome).toBe('pass');
    expect(judgeAnswer(sticky, '10.7', null).outcome).toBe('pass');
    expect(judgeAnswer(sticky, '11.7', null).outcome).toBe('fail');
  });

  test('no verdict gives the answer away', () => {
    const secrets: [QuestionTask, string, number | null][] = [
      [question({ type: 'choice', choice: 'secret' }, ['secret', 'other']), 'other', null],
      [question({ type: 'number', value: 4711, within: 0 }), '1', null],
      [question({ type: 'computed', kind: 'number', check: { name: 'counter', spec: 4711 }, within: 0 }), '1', 4711],
      [question({ type: 'text', text: 'secret' }), 'other', null],
      [question({ type: 'matches', pattern: /secret/ }), 'other', null],
    ];
    for (const [task, given, computed] of secrets) {
      expect(JSON.stringify(judgeAnswer(task, given, computed))).not.toMatch(/secret|4711/);
    }
  });
});
