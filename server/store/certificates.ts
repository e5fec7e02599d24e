/** Certificates that were given: what they said on the day. Rows are added, never changed. */
import type { Database, Row } from './database.ts';

export interface CertificateRow {
  readonly number: number;
  readonly learnerId: string;
  readonly name: string;
  /** Labs that were finished, as ids. */
  readonly labIds: readonly string[];
  readonly earned: number;
  readonly possible: number;
  /** When the last of them was finished. */
  readonly finishedMs: number;
}

function certificateOf(row: Row): CertificateRow {
  return {
    number: Number(row['id']),
    learnerId: String(row['learner_id']),
    name: String(row['name']),
    labIds: JSON.parse(String(row['labs'])) as string[],
    earned: Number(row['earned']),
    possible: Number(row['possible']),
    finishedMs: Number(row['finished_ms']),
  };
}

export class CertificateStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add({ learnerId, name, labIds, earned, possible, finishedMs }: Omit<CertificateRow, 'number'>): CertificateRow {
    this.#database.run(
      'INSERT INTO certificates (learner_id, name, labs, earned, possible, finished_ms) VALUES (?, ?, ?, ?, ?, ?)',
      learnerId,
      name,
      JSON.stringify(labIds),
      earned,
      possible,
      finishedMs,
    );
    const row = this.latest(learnerId);
    if (!row) throw new Error('A certificate that was added is not there.');
    return row;
  }

  find(number: number): CertificateRow | null {
    const row = this.#database.first('SELECT * FROM certificates WHERE id = ?', number);
    return row ? certificateOf(row) : null;
  }

  latest(learnerId: string): CertificateRow | null {
    const row = this.#database.first(
      'SELECT * FROM certificates WHERE learner_id = ? ORDER BY id DESC LIMIT 1',
      learnerId,
    );
    return row ? certificateOf(row) : null;
  }
}
