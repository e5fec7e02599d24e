/** Attempts and the state of their tasks. */
import type { Database, Row } from './database.ts';

export interface AttemptRow {
  readonly id: string;
  readonly learnerId: string;
  readonly labId: string;
  readonly seed: string;
  readonly createdMs: number;
  readonly finishedMs: number | null;
  readonly resetMs: number | null;
}

type TaskRowStatus = 'locked' | 'open' | 'passed' | 'lapsed';

export interface TaskRow {
  readonly name: string;
  readonly status: TaskRowStatus;
  readonly points: number;
  readonly openedMs: number | null;
  readonly passedMs: number | null;
}

/** Where a learner stands in one lab, for the course page. */
export interface LabProgressRow {
  readonly labId: string;
  readonly earned: number;
  /** True when anything was passed, answered or started. */
  readonly isStarted: boolean;
  /** When all tasks held together; null before. */
  readonly finishedMs: number | null;
}

function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}

function attemptOf(row: Row): AttemptRow {
  return {
    id: String(row['id']),
    learnerId: String(row['learner_id']),
    labId: String(row['lab_id']),
    seed: String(row['seed']),
    createdMs: Number(row['created_ms']),
    finishedMs: numberOrNull(row['finished_ms']),
    resetMs: numberOrNull(row['reset_ms']),
  };
}

export class AttemptStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(attempt: Pick<AttemptRow, 'id' | 'learnerId' | 'labId' | 'seed' | 'createdMs'>): void {
    this.#database.run(
      'INSERT INTO attempts (id, learner_id, lab_id, seed, created_ms) VALUES (?, ?, ?, ?, ?)',
      attempt.id,
      attempt.learnerId,
      attempt.labId,
      attempt.seed,
      attempt.createdMs,
    );
  }

  find(id: string): AttemptRow | null {
    const row = this.#database.first('SELECT * FROM attempts WHERE id = ?', id);
    return row ? attemptOf(row) : null;
  }

  /** The attempt that is not yet reset. */
  findCurrent(learnerId: string, labId: string): AttemptRow | null {
    const row = this.#database.first(
      'SELECT * FROM attempts WHERE learner_id = ? AND lab_id = ? AND reset_ms IS NULL',
      learnerId,
      labId,
    );
    return row ? attemptOf(row) : null;
  }

  /** Closes an attempt and adds its successor; its rows stay as history. */
  replace(id: string, successor: Pick<AttemptRow, 'id' | 'learnerId' | 'labId' | 'seed' | 'createdMs'>): void {
    this.#database.transaction(() => {
      this.#database.run('UPDATE attempts SET reset_ms = ? WHERE id = ?', successor.createdMs, id);
      this.add(successor);
    });
  }

  tasks(attemptId: string): TaskRow[] {
    const rows = this.#database.all('SELECT * FROM tasks WHERE attempt_id = ?', attemptId);
    return rows.map((row) => ({
      name: String(row['name']),
      status: String(row['status']) as TaskRowStatus,
      points: Number(row['points']),
      openedMs: numberOrNull(row['opened_ms']),
      passedMs: numberOrNull(row['passed_ms']),
    }));
  }

  /** Writes the state of tasks, and that the lab is finished, as one step that a power cut cannot undo. */
  saveTasks(attemptId: string, tasks: readonly TaskRow[], finishedMs: number | null): void {
    this.#database.durably(() => {
      for (const task of tasks) {
        this.#database.run(
          `INSERT INTO tasks (attempt_id, name, status, points, opened_ms, passed_ms) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (attempt_id, name) DO UPDATE SET
             status = excluded.status, points = excluded.points, opened_ms = excluded.opened_ms, passed_ms = excluded.passed_ms`,
          attemptId,
          task.name,
          task.status,
          task.points,
          task.openedMs,
          task.passedMs,
        );
      }
      this.#database.run('UPDATE attempts SET finished_ms = ? WHERE id = ?', finishedMs, attemptId);
    });
  }

  /** Labs in which the learner has a current attempt. */
  progress(learnerId: string): LabProgressRow[] {
    const rows = this.#database.all(
      `SELECT lab_id, finished_ms,
         (SELECT coalesce(sum(points), 0) FROM tasks WHERE attempt_id = attempts.id AND status = 'passed') AS earned,
         EXISTS (SELECT 1 FROM sandboxes WHERE attempt_id = attempts.id)
           OR EXISTS (SELECT 1 FROM answers WHERE attempt_id = attempts.id) AS is_started
       FROM attempts WHERE learner_id = ? AND reset_ms IS NULL`,
      learnerId,
    );
    return rows.map((row) => ({
      labId: String(row['lab_id']),
      earned: Number(row['earned']),
      isStarted: Number(row['is_started']) === 1,
      finishedMs: row['finished_ms'] === null ? null : Number(row['finished_ms']),
    }));
  }
}
