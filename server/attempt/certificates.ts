/**
 * Certificates of completion: given to whoever has finished every lab that is not optional, with a code by which anybody can
 * ask this server whether it is true. Knows no page.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Course } from '../course/lab.ts';
import type { LabProgressRow } from '../store/attempts.ts';
import type { CertificateRow, CertificateStore } from '../store/certificates.ts';

export interface Certificate extends CertificateRow {
  /** `12-XXXXX-XXXXX-XXXXX-XXXXX`: the number of the certificate and a seal over all that it says. */
  readonly code: string;
}

export interface CertificateClaim {
  readonly learner: { readonly id: string; readonly name: string };
  readonly course: Pick<Course, 'modules'>;
  readonly progress: readonly LabProgressRow[];
  /** Points that a lab can give. */
  readonly possible: (labId: string) => number;
}

/** Crockford's alphabet: nothing in it is taken for something else when it is read from paper. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 100 bits. */
const SEAL_CHARACTERS = 20;
const GROUP = 5;

export class Certificates {
  readonly #store: CertificateStore;
  readonly #key: Buffer;

  /** `key` is a secret of this server: whoever has it can make seals. */
  constructor(store: CertificateStore, key: Buffer) {
    this.#store = store;
    this.#key = key;
  }

  /** Labs without which there is no certificate and that are not finished yet, in the order of the course. */
  missing({ course, progress }: Pick<CertificateClaim, 'course' | 'progress'>): string[] {
    const finished = new Set(progress.filter((row) => row.finishedMs !== null).map((row) => row.labId));
    return course.modules
      .flatMap((module) => module.labs)
      .filter((lab) => !lab.isOptional && !finished.has(lab.id))
      .map((lab) => lab.id);
  }

  /** The learner's certificate, made new when there is more to say than in the last one; null while a lab is missing. */
  claim(claim: CertificateClaim): Certificate | null {
    const labs = claim.course.modules.flatMap((module) => module.labs);
    if (labs.every((lab) => lab.isOptional) || this.missing(claim).length > 0) return null;
    const finished = claim.progress.filter((row) => row.finishedMs !== null);
    const labIds = labs.map((lab) => lab.id).filter((id) => finished.some((row) => row.labId === id));
    const facts = {
      learnerId: claim.learner.id,
      name: claim.learner.name,
      labIds,
      earned: claim.progress.filter((row) => labIds.includes(row.labId)).reduce((sum, row) => sum + row.earned, 0),
      possible: labIds.reduce((sum, id) => sum + claim.possible(id), 0),
      finishedMs: Math.max(...finished.map((row) => row.finishedMs ?? 0)),
    };
    const last = this.#store.latest(claim.learner.id);
    const { number: _number, ...said } = last ?? { number: 0 };
    return this.#sealed(last && JSON.stringify(said) === JSON.stringify(facts) ? last : this.#store.add(facts));
  }

  /** The last one that a learner was given, whatever they did since. */
  latest(learnerId: string): Certificate | null {
    const row = this.#store.latest(learnerId);
    return row && this.#sealed(row);
  }

  /** What a code stands for; null for one that this server did not give. */
  verify(code: string): Certificate | null {
    const match = /^(\d{1,9})-([0-9A-Z-]{1,40})$/.exec(code.toUpperCase().replace(/[IL]/g, '1').replaceAll('O', '0'));
    const row = match && this.#store.find(Number(match[1]));
    if (!row) return null;
    const certificate = this.#sealed(row);
    const given = Buffer.from((match[2] ?? '').replaceAll('-', ''));
    const right = Buffer.from(sealOf(certificate.code));
    return given.length === right.length && timingSafeEqual(given, right) ? certificate : null;
  }

  #sealed(row: CertificateRow): Certificate {
    const { number, learnerId, name, labIds, earned, possible, finishedMs } = row;
    const said = JSON.stringify([number, learnerId, name, labIds, earned, possible, finishedMs]);
    const digest = createHmac('sha256', this.#key).update(said).digest();
    const seal = [...digest.subarray(0, SEAL_CHARACTERS)].map((byte) => ALPHABET[byte % 32]).join('');
    return { ...row, code: `${number}-${seal.replaceAll(new RegExp(`.{${GROUP}}(?=.)`, 'g'), '$&-')}` };
  }
}

function sealOf(code: string): string {
  return code.slice(code.indexOf('-') + 1).replaceAll('-', '');
}
