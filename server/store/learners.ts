/** Learners and their sessions. Of a session's token only the hash is kept. */
import type { Database, Row } from './database.ts';

export interface LearnerRow {
  readonly id: string;
  readonly name: string;
  readonly createdMs: number;
}

export interface SessionRow {
  readonly tokenHash: Uint8Array;
  readonly learner: LearnerRow;
  readonly createdMs: number;
  readonly expiresMs: number;
}

function learnerOf(row: Row): LearnerRow {
  return { id: String(row['id']), name: String(row['name']), createdMs: Number(row['created_ms']) };
}

export class LearnerStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(learner: LearnerRow): void {
    this.#database.run(
      'INSERT INTO learners (id, name, created_ms) VALUES (?, ?, ?)',
      learner.id,
      learner.name,
      learner.createdMs,
    );
  }

  find(id: string): LearnerRow | null {
    const row = this.#database.first('SELECT * FROM learners WHERE id = ?', id);
    return row ? learnerOf(row) : null;
  }

  addSession(tokenHash: Uint8Array, learnerId: string, createdMs: number, expiresMs: number): void {
    this.#database.run(
      'INSERT INTO sessions (token_hash, learner_id, created_ms, expires_ms) VALUES (?, ?, ?, ?)',
      tokenHash,
      learnerId,
      createdMs,
      expiresMs,
    );
  }

  findSession(tokenHash: Uint8Array): SessionRow | null {
    const row = this.#database.first(
      `SELECT learners.*, sessions.created_ms AS session_created_ms, sessions.expires_ms
       FROM sessions JOIN learners ON learners.id = sessions.learner_id WHERE token_hash = ?`,
      tokenHash,
    );
    if (!row) return null;
    return {
      tokenHash,
      learner: learnerOf(row),
      createdMs: Number(row['session_created_ms']),
      expiresMs: Number(row['expires_ms']),
    };
  }

  prolongSession(tokenHash: Uint8Array, expiresMs: number): void {
    this.#database.run('UPDATE sessions SET expires_ms = ? WHERE token_hash = ?', expiresMs, tokenHash);
  }

  removeSession(tokenHash: Uint8Array): void {
    this.#database.run('DELETE FROM sessions WHERE token_hash = ?', tokenHash);
  }

  removeExpiredSessions(nowMs: number): void {
    this.#database.run('DELETE FROM sessions WHERE expires_ms <= ?', nowMs);
  }
}
