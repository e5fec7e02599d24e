/** Labs as somebody sees them who has not joined; what many pages ask of them is worked out once for each language. */
import { linkedTerms } from '../course/glossary.ts';
import type { Lab, ResolvedLab } from '../course/lab.ts';
import { PREVIEW_SEED } from '../course/recording.ts';

interface Preview {
  readonly resolved: ResolvedLab;
  terms: ReadonlySet<string> | null;
}

export class LabPreviews {
  readonly #known = new WeakMap<Lab, Map<string, Preview>>();

  /** In a language that it was not translated to: the original. */
  of(lab: Lab, language?: string): ResolvedLab {
    return this.#preview(lab, language).resolved;
  }

  /** Points that a lab can give; the same for every learner. */
  points(lab: Lab): number {
    return this.of(lab).tasks.reduce((total, task) => total + task.points, 0);
  }

  /** The slugs of the terms that its lesson links to, in its order. */
  terms(lab: Lab, language?: string): ReadonlySet<string> {
    const preview = this.#preview(lab, language);
    return (preview.terms ??= linkedTerms(preview.resolved.lesson.html()));
  }

  #preview(lab: Lab, language: string | undefined): Preview {
    const [, ...translations] = lab.languages;
    const key = language !== undefined && translations.includes(language) ? language : '';
    const editions = this.#known.get(lab) ?? new Map<string, Preview>();
    const preview = editions.get(key) ?? {
      resolved: key === '' ? lab.resolve(PREVIEW_SEED) : lab.resolve(PREVIEW_SEED, key),
      terms: null,
    };
    this.#known.set(lab, editions.set(key, preview));
    return preview;
  }
}
