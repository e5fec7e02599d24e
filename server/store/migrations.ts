/** The versions of the tables, in order. A published step is never edited; a change is a new step. */
import type { DatabaseSync } from 'node:sqlite';
import { VethlabError } from '../base/errors.ts';

const steps: readonly string[] = [
  `
  CREATE TABLE learners (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    created_ms INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY,
    learner_id TEXT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_by_learner ON sessions (learner_id);

  CREATE TABLE attempts (
    id          TEXT PRIMARY KEY,
    learner_id  TEXT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    lab_id      TEXT NOT NULL,
    seed        TEXT NOT NULL,
    created_ms  INTEGER NOT NULL,
    finished_ms INTEGER,
    reset_ms    INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX current_attempts ON attempts (learner_id, lab_id) WHERE reset_ms IS NULL;
  CREATE INDEX attempts_by_learner ON attempts (learner_id);

  CREATE TABLE tasks (
    attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    status     TEXT NOT NULL CHECK (status IN ('locked', 'open', 'passed', 'lapsed')),
    points     REAL NOT NULL,
    opened_ms  INTEGER,
    passed_ms  INTEGER,
    PRIMARY KEY (attempt_id, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE hints (
    attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    task       TEXT NOT NULL,
    number     INTEGER NOT NULL,
    opened_ms  INTEGER NOT NULL,
    PRIMARY KEY (attempt_id, task, number)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE answers (
    id         INTEGER PRIMARY KEY,
    attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    task       TEXT NOT NULL,
    answer     TEXT NOT NULL,
    is_right   INTEGER NOT NULL,
    at_ms      INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX answers_by_task ON answers (attempt_id, task, id);

  CREATE TABLE verdicts (
    id         INTEGER PRIMARY KEY,
    attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    task       TEXT NOT NULL,
    outcome    TEXT NOT NULL CHECK (outcome IN ('pass', 'fail', 'error')),
    expected   TEXT NOT NULL,
    seen       TEXT NOT NULL,
    evidence   TEXT NOT NULL,
    at_ms      INTEGER NOT NULL,
    took_ms    REAL NOT NULL
  ) STRICT;
  CREATE INDEX verdicts_by_task ON verdicts (attempt_id, task, id);

  CREATE TABLE sandboxes (
    id           TEXT PRIMARY KEY,
    attempt_id   TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    created_ms   INTEGER NOT NULL,
    ready_ms     INTEGER,
    active_ms    INTEGER NOT NULL,
    ended_ms     INTEGER,
    ended_reason TEXT
  ) STRICT;
  CREATE INDEX sandboxes_by_attempt ON sandboxes (attempt_id, created_ms);

  CREATE TABLE baselines (
    sandbox_id TEXT NOT NULL REFERENCES sandboxes (id) ON DELETE CASCADE,
    task       TEXT NOT NULL,
    baseline   TEXT NOT NULL,
    PRIMARY KEY (sandbox_id, task)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE certificates (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    learner_id  TEXT NOT NULL,
    name        TEXT NOT NULL,
    labs        TEXT NOT NULL,
    earned      INTEGER NOT NULL,
    possible    INTEGER NOT NULL,
    finished_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX certificates_by_learner ON certificates (learner_id, id);
  `,
];

/**
 * Brings the tables to the newest version, each step whole or not at all.
 * @throws VethlabError `config_invalid` when a newer program made the file.
 */
export function migrate(connection: DatabaseSync): void {
  const version = Number(connection.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (version > steps.length) {
    throw new VethlabError(
      'config_invalid',
      `The data folder was written by a newer version of this program (its tables have version ${version}, this program knows ${steps.length}).`,
      { hint: 'Start the newer program, or choose another folder with --data.' },
    );
  }
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
    connection.exec(`BEGIN IMMEDIATE; ${step}; PRAGMA user_version = ${index + 1}; COMMIT`);
  }
}
