/** Labs as somebody sees them who has not joined, worked out once for each. */
import type { Lab, ResolvedLab } from '../course/lab.ts';

const SEED = 'preview';

export class LabPreviews {
  readonly #resolved = new WeakMap<Lab, ResolvedLab>();

  of(lab: Lab): ResolvedLab {
    const known = this.#resolved.get(lab);
    if (known) return known;
    const resolved = lab.resolve(SEED);
    this.#resolved.set(lab, resolved);
    return resolved;
  }

  /** Points that a lab can give; the same for every learner. */
  points(lab: Lab): number {
    return this.of(lab).tasks.reduce((total, task) => total + task.points, 0);
  }
}
