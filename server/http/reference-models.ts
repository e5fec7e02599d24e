/** Fills the models of the glossary, the index and the certificate. */
import type { Request } from 'express';
import type { Certificate } from '../attempt/certificates.ts';
import { say } from '../base/sentence.ts';
import { VethlabError } from '../base/errors.ts';
import type { Language } from '../contract/language.ts';
import type { Lab } from '../course/lab.ts';
import { claimOf, labsOf, termsOf } from './course-facts.ts';
import { languageOf } from './page-language.ts';
import { shellOf } from './page-models.ts';
import { certificatePage } from './pages/certificate-page.ts';
import { glossaryPage } from './pages/glossary-page.ts';
import { indexPage } from './pages/index-page.ts';
import type { CertificateModel, LabLinkModel } from './pages/models.ts';
import type { HttpParts } from './parts.ts';
import { sessionOf } from './parts.ts';

function linkTo(lab: Lab, language: Language): LabLinkModel {
  return { id: lab.id, title: lab.heading(language).title };
}

export function renderGlossary(parts: HttpParts, request: Request): string {
  const course = parts.course();
  const language = languageOf(request, course);
  const terms = course.glossary.terms(language);
  const users = labsOf(parts).map((lab) => ({
    link: linkTo(lab, language),
    slugs: parts.previews.terms(lab, language),
  }));
  return glossaryPage({
    shell: shellOf(parts, request, sessionOf(parts, request)),
    terms: terms.map((term) => ({
      ...term,
      labs: users.filter(({ slugs }) => slugs.has(term.slug)).map(({ link }) => link),
    })),
  });
}

export function renderIndex(parts: HttpParts, request: Request): string {
  const course = parts.course();
  const language = languageOf(request, course);
  const terms = course.glossary.terms(language);
  return indexPage({
    shell: shellOf(parts, request, sessionOf(parts, request)),
    modules: course.modules.map((module) => ({
      id: module.id,
      title: module.heading(language).title,
      labs: module.labs.map((lab) => {
        const { objectives, tasks } = parts.previews.of(lab, language);
        const { layers, isOptional } = lab;
        const linked = termsOf(parts.previews.terms(lab, language), terms);
        return { ...linkTo(lab, language), layers, isOptional, objectives, tasks, terms: linked };
      }),
    })),
  });
}

/** The learner's own certificate, or the labs that are missing for it. */
export function renderCertificate(parts: HttpParts, request: Request): string {
  const session = sessionOf(parts, request);
  const language = languageOf(request, parts.course());
  const claim = session && claimOf(parts, session);
  const certificate = claim && (parts.certificates.claim(claim) ?? parts.certificates.latest(claim.learner.id));
  const missing = new Set(claim ? parts.certificates.missing(claim) : []);
  return certificatePage({
    shell: shellOf(parts, request, session),
    certificate: certificate && modelOf(parts, request, certificate, language),
    isOwn: true,
    missing: labsOf(parts)
      .filter(({ id }) => missing.has(id))
      .map((lab) => linkTo(lab, language)),
  });
}

/**
 * The certificate that a code stands for, for anybody.
 * @throws VethlabError `not_found`
 */
export function renderVerified(parts: HttpParts, request: Request, code: string): string {
  const certificate = parts.certificates.verify(code);
  if (!certificate) {
    throw new VethlabError('not_found', say('This server has given no certificate with this code.'), {
      hint: say('Look at the code once more; it has the digits 0 and 1, and no letters O, I or L.'),
    });
  }
  const session = sessionOf(parts, request);
  const language = languageOf(request, parts.course());
  return certificatePage({
    shell: shellOf(parts, request, session),
    certificate: modelOf(parts, request, certificate, language),
    isOwn: session?.learner.id === certificate.learnerId,
    missing: [],
  });
}

function modelOf(
  parts: HttpParts,
  request: Request,
  { name, labIds, earned, possible, finishedMs, code }: Certificate,
  language: Language,
): CertificateModel {
  const labs = new Map(labsOf(parts).map((lab) => [lab.id, lab]));
  const origin = parts.guard.publicUrl?.origin ?? `${request.protocol}://${request.get('host') ?? 'localhost'}`;
  return {
    name,
    // A lab that is no longer in the course goes by its id.
    labs: labIds.map((id) => labs.get(id)?.heading(language).title ?? id),
    earned,
    possible,
    finishedMs,
    code,
    address: `${origin}/certificate/${code}`,
  };
}
