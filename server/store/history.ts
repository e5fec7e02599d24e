/** What happened in an attempt, event by event: verdicts, hints, answers. Rows are added, never changed. */
import { z } from 'zod';
import type { Database, Row } from './database.ts';
import { sentenceFromText, sentenceToText, type Said } from '../base/sentence.ts';

export interface VerdictRow {
  readonly outcome: 'pass' | 'fail' | 'error';
  readonly expected: Said;
  readonly seen: Said;
  readonly evidence: readonly { readonly label: Said; readonly text: Said }[];
  readonly atMs: number;
  readonly tookMs: number;
}

export interface AnswerRow {
  readonly answer: string | readonly string[];
  readonly isRight: boolean;
  readonly atMs: number;
}

const StoredEvidence = z.array(z.object({ label: z.string(), text: z.string() }));
const StoredAnswer = z.union([z.string(), z.array(z.string())]);

function verdictOf(row: Row): VerdictRow {
  return {
    outcome: z.enum(['pass', 'fail', 'error']).parse(row['outcome']),
    expected: sentenceFromText(String(row['expected'])),
    seen: sentenceFromText(String(row['seen'])),
    evidence: StoredEvidence.parse(JSON.parse(String(row['evidence']))).map(({ label, text }) => ({
      label: sentenceFromText(label),
      text: sentenceFromText(text),
    })),
    atMs: Number(row['at_ms']),
    tookMs: Number(row['took_ms']),
  };
}

export class HistoryStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  addVerdict(attemptId: string, task: string, verdict: VerdictRow): void {
    this.#database.run(
      `INSERT INTO verdicts (attempt_id, task, outcome, expected, seen, evidence, at_ms, took_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      attemptId,
      task,
      verdict.outcome,
      sentenceToText(verdict.expected),
      sentenceToText(verdict.seen),
      JSON.stringify(
        verdict.evidence.map(({ label, text }) => ({ label: sentenceToText(label), text: sentenceToText(text) })),
      ),
      verdict.atMs,
      verdict.tookMs,
    );
  }

  /** Oldest first. */
  verdicts(attemptId: string, task: string): VerdictRow[] {
    const rows = this.#database.all(
      'SELECT * FROM verdicts WHERE attempt_id = ? AND task = ? ORDER BY id',
      attemptId,
      task,
    );
    return rows.map(verdictOf);
  }

  /** The last verdict of every task that has one. */
  lastVerdicts(attemptId: string): Map<string, VerdictRow> {
    const rows = this.#database.all(
      'SELECT * FROM verdicts WHERE id IN (SELECT max(id) FROM verdicts WHERE attempt_id = ? GROUP BY task)',
      attemptId,
    );
    return new Map(rows.map((row) => [String(row['task']), verdictOf(row)]));
  }

  addHint(attemptId: string, task: string, number: number, openedMs: number): void {
    this.#database.run(
      'INSERT OR IGNORE INTO hints (attempt_id, task, number, opened_ms) VALUES (?, ?, ?, ?)',
      attemptId,
      task,
      number,
      openedMs,
    );
  }

  /** Task → number of hints opened. */
  hintCounts(attemptId: string): Map<string, number> {
    const rows = this.#database.all(
      'SELECT task, count(*) AS hints FROM hints WHERE attempt_id = ? GROUP BY task',
      attemptId,
    );
    return new Map(rows.map((row) => [String(row['task']), Number(row['hints'])]));
  }

  addAnswer(attemptId: string, task: string, answer: AnswerRow): void {
    this.#database.run(
      'INSERT INTO answers (attempt_id, task, answer, is_right, at_ms) VALUES (?, ?, ?, ?, ?)',
      attemptId,
      task,
      JSON.stringify(answer.answer),
      answer.isRight ? 1 : 0,
      answer.atMs,
    );
  }

  /** Oldest first. */
  answers(attemptId: string, task: string): AnswerRow[] {
    const rows = this.#database.all(
      'SELECT * FROM answers WHERE attempt_id = ? AND task = ? ORDER BY id',
      attemptId,
      task,
    );
    return rows.map((row) => ({
      answer: StoredAnswer.parse(JSON.parse(String(row['answer']))),
      isRight: Number(row['is_right']) === 1,
      atMs: Number(row['at_ms']),
    }));
  }
}
