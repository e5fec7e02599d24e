import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inWords } from '../../../server/base/sentence.ts';
import { LabEditions } from '../../../server/attempt/lab-editions.ts';
import { loadLab } from '../../../server/course/load-lab.ts';

const { lab } = await loadLab(join(import.meta.dirname, '../../support/course/10-basics/10-two-hosts'));
if (!lab) throw new Error('The lab cannot be used.');
const editions = new LabEditions(lab, 'seed');

test('the original is judged, whatever language it is read in, with the same values', () => {
  expect(editions.original.language).toBe('en');
  expect(editions.in('zh').title).toBe('两台主机');
  expect(editions.in('zh').vars).toEqual(editions.original.vars);
  expect(editions.in('zh').topology).toEqual(editions.original.topology);
  expect(editions.in('de')).toBe(editions.original);
});

test('choices of any language come back as the author wrote them, and go out in the words of the reader', () => {
  for (const given of ['Internet', '网络层']) expect(editions.originalChoices('which', given)).toBe('Internet');
  expect(editions.originalChoices('which', ['链路层', 'Transport'])).toEqual(['Link', 'Transport']);
  expect(editions.shownChoices('which', 'Internet', 'zh')).toBe('网络层');
  expect(editions.shownChoices('which', 'Internet', 'en')).toBe('Internet');
  expect(inWords(editions.toldChoices('which', ['Link', 'Internet']), 'zh')).toBe('链路层, 网络层');
});

test('what is no choice stays as it was written', () => {
  expect(editions.originalChoices('which', '物理层')).toBe('物理层');
  expect(editions.originalChoices('how_many', '3')).toBe('3');
  expect(editions.toldChoices('how_many', '3')).toBe('3');
});

test('titles are told in the language of whoever hears them', () => {
  expect(inWords(editions.titleOf('ping_h2'), 'zh')).toBe('ping h2 两次');
  expect(inWords(editions.titleOf('ping_h2'))).toBe('Ping h2 twice');
});
