/** The words of the pages by language. */
import type { ByLanguage, Language } from '../../../contract/language.ts';
import { en, type Messages } from './en.ts';
import { zh } from './zh.ts';

const messages: ByLanguage<Messages> = { en, zh };

export function messagesOf(language: Language): Messages {
  return messages[language];
}
