/** Which sandbox belongs to which attempt, and what was true in it when a task opened. */
import type { Database, Row } from './database.ts';
import { sentenceFromText, sentenceToText, type Said } from '../base/sentence.ts';

export interface SandboxRow {
  readonly id: string;
  readonly attemptId: string;
  readonly createdMs: number;
  /** When its network stood and the learner could work; null before. */
  readonly readyMs: number | null;
  /** The learner's last input. */
  readonly activeMs: number;
  readonly endedMs: number | null;
  readonly endedReason: Said | null;
}

function sandboxOf(row: Row): SandboxRow {
  return {
    id: String(row['id']),
    attemptId: String(row['attempt_id']),
    createdMs: Number(row['created_ms']),
    readyMs: row['ready_ms'] === null ? null : Number(row['ready_ms']),
    activeMs: Number(row['active_ms']),
    endedMs: row['ended_ms'] === null ? null : Number(row['ended_ms']),
    endedReason: row['ended_reason'] === null ? null : sentenceFromText(String(row['ended_reason'])),
  };
}

export class SandboxStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(id: string, attemptId: string, createdMs: number): void {
    this.#database.run(
      'INSERT INTO sandboxes (id, attempt_id, created_ms, active_ms) VALUES (?, ?, ?, ?)',
      id,
      attemptId,
      createdMs,
      createdMs,
    );
  }

  setReady(id: string, readyMs: number): void {
    this.#database.run('UPDATE sandboxes SET ready_ms = ? WHERE id = ?', readyMs, id);
  }

  setActive(id: string, activeMs: number): void {
    this.#database.run('UPDATE sandboxes SET active_ms = ? WHERE id = ?', activeMs, id);
  }

  setEnded(id: string, endedMs: number, reason: Said): void {
    this.#database.run(
      'UPDATE sandboxes SET ended_ms = ?, ended_reason = ? WHERE id = ? AND ended_ms IS NULL',
      endedMs,
      sentenceToText(reason),
      id,
    );
  }

  find(id: string): SandboxRow | null {
    const row = this.#database.first('SELECT * FROM sandboxes WHERE id = ?', id);
    return row ? sandboxOf(row) : null;
  }

  latest(attemptId: string): SandboxRow | null {
    const row = this.#database.first(
      'SELECT * FROM sandboxes WHERE attempt_id = ? ORDER BY created_ms DESC, rowid DESC LIMIT 1',
      attemptId,
    );
    return row ? sandboxOf(row) : null;
  }

  /** Those that no one has seen end. */
  running(): SandboxRow[] {
    return this.#database.all('SELECT * FROM sandboxes WHERE ended_ms IS NULL').map(sandboxOf);
  }

  /** `baseline` is plain data. */
  saveBaseline(sandboxId: string, task: string, baseline: unknown): void {
    this.#database.run(
      'INSERT OR REPLACE INTO baselines (sandbox_id, task, baseline) VALUES (?, ?, ?)',
      sandboxId,
      task,
      JSON.stringify(baseline),
    );
  }

  /** Task → baseline as it was saved. */
  baselines(sandboxId: string): Map<string, unknown> {
    const rows = this.#database.all('SELECT task, baseline FROM baselines WHERE sandbox_id = ?', sandboxId);
    return new Map(rows.map((row) => [String(row['task']), JSON.parse(String(row['baseline'])) as unknown]));
  }
}
