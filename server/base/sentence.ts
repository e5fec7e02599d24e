/**
 * Sentences told to people, as data: a template of the dictionary with its values. They are made where something is known
 * and put into words where somebody reads them, in the reader's language. A template is named by its English words;
 * `sentences/` has them in the other languages, and one that is missing there is a type error where it is used.
 */
import { chinese } from './sentences/chinese.ts';

export type Template = keyof typeof chinese;

export interface Sentence {
  readonly say: string;
  readonly with?: Readonly<Record<string, Said | number>>;
}

/** Several things in a row: `a, b and c`; `sentences` follow each other, `lines` have a line each. */
export interface Series {
  readonly series: readonly Said[];
  readonly by: 'and' | 'or' | 'comma' | 'semicolon' | 'sentences' | 'lines';
}

/** An author's own words, in the languages that they wrote them in; the first is the original. */
export interface Texts {
  readonly texts: Readonly<Record<string, string>>;
}

/** What is told. A bare text is the same in every language: a name, a number, what a tool printed. */
export type Said = string | Sentence | Series | Texts;

type NamesIn<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

type ValuesOf<T extends string> = [NamesIn<T>] extends [never]
  ? []
  : [values: Readonly<Record<NamesIn<T>, Said | number>>];

/** A sentence, or a part of one. */
export function say<T extends Template>(template: T, ...[values]: ValuesOf<T>): Sentence {
  return values === undefined ? { say: template } : { say: template, with: values };
}

export function series(parts: readonly Said[], by: Series['by']): Said {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { series: parts, by };
}

/** Every language that is not English has every template. */
const dictionaries: Readonly<Record<string, Readonly<Record<Template, string>>>> = { zh: chinese };

/** In words. A language without a dictionary gives English, as does a template that an earlier version wrote. */
export function inWords(said: Said, language = 'en'): string {
  if (typeof said === 'string') return said;
  if ('series' in said) return joined(said, language);
  if ('texts' in said) return said.texts[language] ?? Object.values(said.texts)[0] ?? '';
  const dictionary: Readonly<Record<string, string>> | undefined = dictionaries[language];
  const template = dictionary?.[said.say] ?? said.say;
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = said.with?.[name] ?? '';
    return typeof value === 'number' ? String(value) : inWords(value, language);
  });
}

const SEPARATORS: Readonly<Record<string, Readonly<Record<Series['by'], string>>>> = {
  en: { and: ' and ', or: ' or ', comma: ', ', semicolon: '; ', sentences: ' ', lines: '\n' },
  zh: { and: '、', or: '或', comma: '，', semicolon: '；', sentences: '', lines: '\n' },
};

function joined({ series: parts, by }: Series, language: string): string {
  return parts.map((part) => inWords(part, language)).join((SEPARATORS[language] ?? SEPARATORS['en'])?.[by]);
}

/** As text for a store, and back. */
export function sentenceToText(said: Said): string {
  return typeof said === 'string' ? said : JSON.stringify(said);
}

/** What earlier versions stored are plain words; they stay as they are. */
export function sentenceFromText(text: string): Said {
  if (!/^\{"(?:say|series|texts)":/.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    return isSaid(value) ? value : text;
  } catch {
    return text;
  }
}

function isSaid(value: unknown): value is Said {
  if (typeof value === 'string') return true;
  if (typeof value !== 'object' || value === null) return false;
  if ('series' in value) return Array.isArray(value.series) && value.series.every(isSaid);
  if ('texts' in value) return isRecordOf(value.texts, (one) => typeof one === 'string');
  if (!('say' in value) || typeof value.say !== 'string') return false;
  return !('with' in value) || isRecordOf(value.with, (one) => typeof one === 'number' || isSaid(one));
}

function isRecordOf(value: unknown, isRight: (one: unknown) => boolean): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every(isRight);
}
