/** What several pages ask of course and attempts: the labs, the terms of a lesson, what is missing for the certificate. */
import type { CertificateClaim } from '../attempt/certificates.ts';
import type { Term } from '../course/lab.ts';
import type { Lab } from '../course/lab.ts';
import type { Session } from '../people/people.ts';
import type { HttpParts } from './parts.ts';

/** The terms of these slugs, in their order; a slug that no term has is left out. */
export function termsOf(slugs: ReadonlySet<string>, terms: readonly Term[]): Term[] {
  return [...slugs].flatMap((slug) => terms.find((term) => term.slug === slug) ?? []);
}

export function labsOf(parts: HttpParts): Lab[] {
  return parts.course().modules.flatMap((module) => module.labs);
}

/** Labs that keep a learner from the certificate. */
export function labsMissing(parts: HttpParts, session: Session): string[] {
  return parts.certificates.missing(claimOf(parts, session));
}

export function claimOf(parts: HttpParts, { learner }: Session): CertificateClaim {
  const labs = new Map(labsOf(parts).map((lab) => [lab.id, lab]));
  return {
    learner,
    course: parts.course(),
    progress: parts.attempts.progress(learner.id),
    possible: (labId: string): number => {
      const lab = labs.get(labId);
      return lab ? parts.previews.points(lab) : 0;
    },
  };
}

/** True when every lab that counts is finished. */
export function hasFinished(parts: HttpParts, session: Session): boolean {
  return parts.course().modules.length > 0 && labsMissing(parts, session).length === 0;
}
