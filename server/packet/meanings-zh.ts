/** What each field says in Simplified Chinese, apart so that only Chinese pages load it. */
import { APPLICATION_MEANINGS_ZH } from './meanings/application-zh.ts';
import { INTERNET_MEANINGS_ZH } from './meanings/internet-zh.ts';
import { LINK_MEANINGS_ZH } from './meanings/link-zh.ts';
import { TRANSPORT_MEANINGS_ZH } from './meanings/transport-zh.ts';
import { meaningOf as inEnglish, type Meaning } from './meanings.ts';

const WORDS: ReadonlyMap<string, string> = new Map(
  [LINK_MEANINGS_ZH, INTERNET_MEANINGS_ZH, TRANSPORT_MEANINGS_ZH, APPLICATION_MEANINGS_ZH]
    .flatMap((table) => table.trim().split('\n'))
    .map((line) => {
      const bar = line.indexOf('|');
      return [line.slice(0, bar).trim(), line.slice(bar + 1).trim()] as const;
    }),
);

/** Undefined for names that the decoder does not make. */
export function meaningOf(name: string): Meaning | undefined {
  const meaning = inEnglish(name);
  const words = WORDS.get(name);
  return meaning && words !== undefined ? { ...meaning, meaning: words } : meaning;
}

/** Names that have words here. */
export function namesInChinese(): string[] {
  return [...WORDS.keys()];
}
