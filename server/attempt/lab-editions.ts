/** One lab with the values of one attempt, in each language that somebody reads it in. */
import type { Said } from '../base/sentence.ts';
import type { Lab, ResolvedLab } from '../course/lab.ts';

export class LabEditions {
  /** What is judged: topology, checks and answers as the author wrote them. */
  readonly original: ResolvedLab;
  readonly languages: readonly string[];
  readonly #resolve: (language: string) => ResolvedLab;
  readonly #others = new Map<string, ResolvedLab>();

  /** Throws `lab_invalid` for a seed whose values do not fit. */
  constructor(lab: Pick<Lab, 'languages' | 'resolve'>, seed: string) {
    this.languages = lab.languages;
    this.original = lab.resolve(seed);
    this.#resolve = (language) => lab.resolve(seed, language);
  }

  /** In a language that the lab was not translated to: the original. */
  in(language: string): ResolvedLab {
    if (language === this.original.language || !this.languages.includes(language)) return this.original;
    const known = this.#others.get(language) ?? this.#resolve(language);
    this.#others.set(language, known);
    return known;
  }

  /** The title of a task, in every language of the lab. */
  titleOf(task: string): Said {
    const titles = [this.original.language, ...this.languages].map((language) => {
      const found = this.in(language).tasks.find(({ name }) => name === task);
      return [language, found?.title ?? task] as const;
    });
    return { texts: Object.fromEntries(titles) };
  }

  /** Choices as the author wrote them, for those that a reader of any language ticked. What is no choice stays. */
  originalChoices(task: string, given: string | readonly string[]): string | readonly string[] {
    const original = choicesOf(this.original, task);
    if (original === null) return given;
    const editions = this.languages.map((language) => choicesOf(this.in(language), task));
    const back = (choice: string): string => {
      if (original.includes(choice)) return choice;
      const place = editions.map((choices) => choices?.indexOf(choice) ?? -1).find((index) => index >= 0);
      return (place === undefined ? undefined : original[place]) ?? choice;
    };
    return typeof given === 'string' ? back(given) : given.map(back);
  }

  /** Choices that were given, in every language of the lab; what was written stays as it is. */
  toldChoices(task: string, given: string | readonly string[]): Said {
    const texts = [this.original.language, ...this.languages].map((language) => {
      const shown = this.shownChoices(task, given, language);
      return [language, typeof shown === 'string' ? shown : shown.join(', ')] as const;
    });
    return new Set(texts.map(([, text]) => text)).size === 1
      ? (texts[0]?.[1] ?? '')
      : { texts: Object.fromEntries(texts) };
  }

  /** The other way: choices that were kept, in the words of the reader. */
  shownChoices<Given extends string | readonly string[]>(
    task: string,
    kept: Given,
    language: string,
  ): Given | string[] {
    const original = choicesOf(this.original, task);
    const shown = choicesOf(this.in(language), task);
    if (original === null || shown === null) return kept;
    const to = (choice: string): string => shown[original.indexOf(choice)] ?? choice;
    return typeof kept === 'string' ? (to(kept) as Given) : kept.map(to);
  }
}

function choicesOf(lab: ResolvedLab, name: string): readonly string[] | null {
  const task = lab.tasks.find((candidate) => candidate.name === name);
  return task?.type === 'question' ? task.choices : null;
}
