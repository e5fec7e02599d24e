import { expect, test } from 'vitest';
import { counted, isLanguage, languageOfTag } from '../../../server/contract/language.ts';

test('tags of a language lead to it, others to none', () => {
  expect(['zh', 'zh-CN', 'zh-Hans-SG', 'EN-gb'].map(languageOfTag)).toEqual(['zh', 'zh', 'zh', 'en']);
  expect(['de', '', 'zhx'].map(languageOfTag)).toEqual([null, null, null]);
  expect(isLanguage('zh-CN')).toBe(false);
});

test('numbers come with the form of the noun that belongs to them', () => {
  const forms = { one: 'lab', other: 'labs' };
  expect([0, 1, 2, 1200].map((count) => counted('en', count, forms))).toEqual([
    '0 labs',
    '1 lab',
    '2 labs',
    '1,200 labs',
  ]);
});
