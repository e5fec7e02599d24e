/** The languages of the pages. A course may have others; what is around its lessons is written in these. */

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One value per language; a language that is missing is a type error. */
export type ByLanguage<T> = Readonly<Record<Language, T>>;

/** As speakers of the language call it. */
export const LANGUAGE_NAMES: ByLanguage<string> = { en: 'English', zh: '简体中文' };

/** BCP 47, for `lang`, `hreflang` and Intl. `zh` alone would let browsers choose Japanese or traditional letter forms. */
export const LANGUAGE_TAGS: ByLanguage<string> = { en: 'en', zh: 'zh-Hans' };

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/** The language that a tag such as `zh-CN` belongs to; null for one that the pages are not written in. */
export function languageOfTag(tag: string): Language | null {
  const primary = tag.toLowerCase().split('-')[0];
  return isLanguage(primary) ? primary : null;
}

const pluralRules: ByLanguage<Intl.PluralRules> = {
  en: new Intl.PluralRules(LANGUAGE_TAGS.en),
  zh: new Intl.PluralRules(LANGUAGE_TAGS.zh),
};

const numberFormats: ByLanguage<Intl.NumberFormat> = {
  en: new Intl.NumberFormat(LANGUAGE_TAGS.en),
  zh: new Intl.NumberFormat(LANGUAGE_TAGS.zh),
};

/** `2 labs`: a number and the form of the noun that belongs to it. */
export function counted(
  language: Language,
  count: number,
  forms: Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>,
): string {
  return `${numberFormats[language].format(count)} ${forms[pluralRules[language].select(count)] ?? forms.other}`;
}
