/** Labs as somebody sees them who has not joined, worked out once for each language. */
import type { Lab, ResolvedLab } from '../course/lab.ts';
import { PREVIEW_SEED } from '../course/recording.ts';

export class LabPreviews {
  readonly #resolved = new WeakMap<Lab, Map<string, ResolvedLab>>();

  /** In a language that it was not translated to: the original. */
  of(lab: Lab, language?: string): ResolvedLab {
    const [, ...translations] = lab.languages;
    const key = language !== undefined && translations.includes(language) ? language : '';
    const editions = this.#resolved.get(lab) ?? new Map<string, ResolvedLab>();
    const resolved = editions.get(key) ?? (key === '' ? lab.resolve(PREVIEW_SEED) : lab.resolve(PREVIEW_SEED, key));
    this.#resolved.set(lab, editions.set(key, resolved));
    return resolved;
  }

  /** Points that a lab can give; the same for every learner. */
  points(lab: Lab): number {
    return this.of(lab).tasks.reduce((total, task) => total + task.points, 0);
  }
}
