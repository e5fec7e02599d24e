/**
 * The language of this page. It is fixed while the page is open: choosing another one loads the page again, at the same
 * place (keep-place.ts). Each folder of web/ has its sentences in a `words.ts`, in every language.
 */
import { languageOfTag, type ByLanguage, type Language } from '../../../server/contract/language.ts';

/** Without a page (unit tests), English. */
export const pageLanguage: Language =
  (typeof document === 'undefined' ? null : languageOfTag(document.documentElement.lang)) ?? 'en';

export function inPageLanguage<T>(words: ByLanguage<T>): T {
  return words[pageLanguage];
}
