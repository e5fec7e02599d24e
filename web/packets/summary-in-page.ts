/** One line about a packet, in the language of the page. */
import { decodeFrame } from '../../server/packet/decode.ts';
import { summarize, type Summary } from '../../server/packet/summary.ts';
import { SUMMARY_WORDS } from '../../server/packet/summary-words.ts';
import { SUMMARY_WORDS_ZH } from '../../server/packet/summary-words-zh.ts';
import { inPageLanguage } from '../ui/i18n/page-language.ts';
import type { Packet } from './packet.ts';

const words = inPageLanguage({ en: SUMMARY_WORDS, zh: SUMMARY_WORDS_ZH });

export function summaryInPage({ bytes, length, timeMs }: Pick<Packet, 'bytes' | 'length' | 'timeMs'>): Summary {
  return summarize(decodeFrame(bytes, { originalLength: length, timeMs }), words);
}
