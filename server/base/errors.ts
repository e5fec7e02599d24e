/** Errors as data: what happened, why, and what to do. Knows no feature of the program. */
import { inWords, type Said } from './sentence.ts';

/**
 * The permanent names of failures that reach a person. A code, once published, keeps its meaning.
 * `unexpected` is for faults of the program itself; its details go to the log, not to the learner.
 */
export type ErrorCode =
  | 'bad_request'
  | 'not_signed_in'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_many_requests'
  | 'too_large'
  | 'config_invalid'
  | 'lab_invalid'
  | 'runtime_missing'
  | 'runtime_failed'
  | 'sandbox_build_failed'
  | 'sandbox_gone'
  | 'capacity'
  | 'command_failed'
  | 'command_timeout'
  | 'unexpected';

export interface ErrorOptionsOf {
  /** What the reader can do about it, as one sentence. */
  hint?: Said;
  /** Facts for the log and for evidence; must not hold secrets. */
  details?: Record<string, unknown>;
  cause?: unknown;
}

/** A failure that was foreseen. The message is a full sentence for the person who meets it; `message` and `hint` are its English words. */
export class VethlabError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  /** Message and hint, for whoever reads another language. */
  readonly said: Said;
  readonly saidHint: Said | undefined;
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: Said, options: ErrorOptionsOf = {}) {
    super(inWords(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'VethlabError';
    this.code = code;
    this.hint = options.hint === undefined ? undefined : inWords(options.hint);
    this.said = message;
    this.saidHint = options.hint;
    this.details = options.details ?? {};
  }
}

/** Turns whatever was thrown into a {@link VethlabError}; foreseen ones pass through unchanged. */
export function toVethlabError(thrown: unknown): VethlabError {
  if (thrown instanceof VethlabError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new VethlabError('unexpected', message, { cause: thrown });
}
