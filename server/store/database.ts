/**
 * store/ keeps what must outlive the process: one SQLite file behind small repositories.
 * It knows rows and columns; it knows no rule about labs, tasks or sandboxes.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { VethlabError } from '../base/errors.ts';
import { migrate } from './migrations.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** An open database. Statements are compiled once and kept. */
export class Database implements Disposable {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** Opens or creates the file and brings it to the newest version. `:memory:` keeps nothing. */
  constructor(path: string) {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Long enough for a server before this one to finish its last second.
    this.#connection = new DatabaseSync(path, { timeout: 5000 });
    try {
      this.#prepareConnection();
    } catch (error) {
      this.#connection.close();
      if (isBusy(error)) {
        throw new VethlabError('config_invalid', `Another server uses the data of ${path}.`, {
          hint: 'Stop it, or choose another folder with --data.',
          cause: error,
        });
      }
      throw error;
    }
  }

  #prepareConnection(): void {
    // Two servers on one folder would end each other's sandboxes. The kernel drops the lock with the process.
    this.#connection.exec('PRAGMA locking_mode = exclusive');
    // With a write-ahead log and `normal` a committed row survives the death of the process (the kernel has it), not
    // that of the machine; `durably` is for those that must survive both. https://sqlite.org/pragma.html#pragma_synchronous
    this.#connection.exec('PRAGMA journal_mode = wal; PRAGMA synchronous = normal; PRAGMA foreign_keys = on');
    migrate(this.#connection);
  }

  run(sql: string, ...values: SQLInputValue[]): { changes: number; lastId: number } {
    const result = this.#prepare(sql).run(...values);
    return { changes: Number(result.changes), lastId: Number(result.lastInsertRowid) };
  }

  first(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values);
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values);
  }

  /** All or nothing. */
  transaction<T>(work: () => T): T {
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#connection.exec('COMMIT');
      return result;
    } catch (error) {
      this.#connection.exec('ROLLBACK');
      throw error;
    }
  }

  /** All or nothing, and on the disk when it returns: a power cut cannot undo it. Costs a sync of the disk. */
  durably<T>(work: () => T): T {
    this.#connection.exec('PRAGMA synchronous = full');
    try {
      return this.transaction(work);
    } finally {
      this.#connection.exec('PRAGMA synchronous = normal');
    }
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  [Symbol.dispose](): void {
    this.#statements.clear();
    if (this.#connection.isOpen) this.#connection.close();
  }
}

/** SQLITE_BUSY: https://sqlite.org/rescode.html#busy */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5;
}
