import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VethlabError } from '../../../server/base/errors.ts';
import { inWords, say, sentenceFromText, sentenceToText, series, type Said } from '../../../server/base/sentence.ts';
import { chinese } from '../../../server/base/sentences/chinese.ts';

const SERVER = join(import.meta.dirname, '../../../server');
const namesIn = (template: string): string[] => [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

describe('a sentence', () => {
  const frames = say('{count} {noun}', { count: 2, noun: say('frames') });
  const said = say('Of {total} at {place}, {count} matched {since}.', {
    total: frames,
    place: 'h1:eth0',
    count: say('no {noun}', { noun: say('frames') }),
    since: say('since the lab began'),
  });

  it('is put into the words of each language, with the sentences in it', () => {
    expect(inWords(said)).toBe('Of 2 frames at h1:eth0, no frames matched since the lab began.');
    expect(inWords(said, 'zh')).toBe('自实验开始以来，经过 h1:eth0 的 2 个帧中，有 0 个帧匹配。');
  });

  it('is English where the language has no dictionary, and plain where it is only text', () => {
    expect(inWords(said, 'de')).toBe(inWords(said));
    expect(inWords('10.0.0.1/24', 'zh')).toBe('10.0.0.1/24');
  });

  it('holds an author’s own words in the language of the reader, or the original', () => {
    const title: Said = { texts: { en: 'Make it fit', zh: '让它放得下' } };
    const hint = say('Do {tasks} first.', { tasks: series([say('“{title}”', { title })], 'and') });
    expect(inWords(hint, 'zh')).toBe('请先完成“让它放得下”。');
    expect(inWords(hint, 'de')).toBe('Do “Make it fit” first.');
  });

  it('comes back from a store as it was', () => {
    for (const one of [said, series([frames, 'x'], 'or'), 'plain', '{"say":', '{"say":7}', ''])
      expect(sentenceFromText(sentenceToText(one))).toEqual(one);
  });

  it('stays what it is in a failure, whose message is English', () => {
    const error = new VethlabError('conflict', say('Your network is still starting.'), { hint: say('Wait a moment.') });
    expect([error.message, error.hint]).toEqual(['Your network is still starting.', 'Wait a moment.']);
    expect(error.saidHint && inWords(error.saidHint, 'zh')).toBe('请稍等。');
  });
});

describe('the Chinese dictionary', () => {
  const templates = Object.entries(chinese);

  it('names only values that the English template has', () => {
    const faults = templates.filter(([english, words]) =>
      namesIn(words).some((name) => !namesIn(english).includes(name)),
    );
    expect(faults).toEqual([]);
  });

  it('drops no value but nouns and the like that Chinese has in the sentence itself', () => {
    const dropped = templates.flatMap(([english, words]) =>
      namesIn(english).filter((name) => !namesIn(words).includes(name)),
    );
    expect([...new Set(dropped)]).toEqual(['noun']);
  });

  it('holds nothing that nobody says', () => {
    const source = readdirSync(SERVER, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('base/sentences/'))
      .map((file) => readFileSync(join(SERVER, file), 'utf8'))
      .join('\n');
    const unsaid = Object.keys(chinese).filter((template) => !source.includes(`'${template}'`));
    expect(unsaid).toEqual([]);
  });
});
