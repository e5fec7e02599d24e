/** Calls of the HTTP API about one attempt. Knows the routes of contract/api.ts and nothing of the page. */
import type { AnswerBody, ApiError, AttemptView, LinkBody, TaskView } from '../../server/contract/api.ts';
import { words } from './words.ts';
import { pageLanguage } from '../ui/i18n/page-language.ts';

/** A call that failed, in words for the learner. */
export class ApiFailure extends Error {
  readonly hint: string | undefined;
  readonly status: number;

  /** `status` is 0 when the server was not reached. */
  constructor(status: number, message: string, hint: string | undefined, cause?: unknown) {
    super(message, { cause });
    this.name = 'ApiFailure';
    this.status = status;
    this.hint = hint;
  }
}

export class ApiClient {
  readonly #base: string;

  constructor(attemptId: string) {
    this.#base = `/api/attempts/${encodeURIComponent(attemptId)}`;
  }

  start(): Promise<AttemptView> {
    return this.#post('/start');
  }

  stop(): Promise<AttemptView> {
    return this.#post('/stop');
  }

  /** Makes a new attempt with new values; the page has to be loaded again. */
  reset(): Promise<{ attempt: AttemptView }> {
    return this.#post('/reset');
  }

  extend(): Promise<AttemptView> {
    return this.#post('/extend');
  }

  check(task: string): Promise<TaskView> {
    return this.#post(`/tasks/${encodeURIComponent(task)}/check`);
  }

  answer(task: string, body: AnswerBody): Promise<TaskView> {
    return this.#post(`/tasks/${encodeURIComponent(task)}/answer`, body);
  }

  hint(task: string): Promise<TaskView> {
    return this.#post(`/tasks/${encodeURIComponent(task)}/hint`);
  }

  /** `endpoint` is the end whose frames are meant. */
  changeLink(endpoint: string, body: LinkBody): Promise<AttemptView> {
    return this.#post(`/links/${encodeURIComponent(endpoint)}`, body);
  }

  async #post<T>(path: string, body: unknown = {}): Promise<T> {
    const response = await fetch(`${this.#base}${path}?language=${pageLanguage}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-vethlab': '1', accept: 'application/json' },
      body: JSON.stringify(body),
    }).catch((cause: unknown) => {
      throw new ApiFailure(0, words.unreachable, words.checkConnection, cause);
    });
    if (!response.ok) throw await failureOf(response);
    return (await response.json()) as T;
  }
}

async function failureOf(response: Response): Promise<ApiFailure> {
  const body = (await response.json().catch(() => null)) as Partial<ApiError> | null;
  const error = body?.error;
  if (error) return new ApiFailure(response.status, error.message, error.hint);
  if (response.status === 429) {
    return new ApiFailure(429, words.tooOften, words.waitAMoment);
  }
  return new ApiFailure(response.status, words.status(response.status), words.tryAgain);
}
