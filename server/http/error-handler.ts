/** The one place where a failure becomes an answer: JSON for the API, a page for everything else. */
import type { ErrorRequestHandler, Request } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import { toVethlabError, VethlabError } from '../base/errors.ts';
import type { ApiError } from '../contract/api.ts';
import { statusOf } from './status-codes.ts';
import type { Language } from '../contract/language.ts';
import { inWords, say } from '../base/sentence.ts';

export interface ErrorReader {
  /** In which the request is answered. */
  languageOf(request: Request): Language;
  /** The HTML of an error page. */
  page(request: Request, status: number, message: string, hint: string | undefined): string;
}

/** Failures of express' own parsers carry a status and a type: http-errors. */
const ParserError = z.object({ status: z.number().int().min(400).max(499), type: z.string().optional() });

function foreseen(thrown: unknown): VethlabError {
  if (thrown instanceof VethlabError) return thrown;
  const parsed = ParserError.safeParse(thrown);
  if (!parsed.success) return toVethlabError(thrown);
  if (parsed.data.status === 413)
    return new VethlabError('too_large', say('The request is too large.'), { cause: thrown });
  if (parsed.data.status === 404)
    return new VethlabError('not_found', say('There is nothing here.'), { cause: thrown });
  if (parsed.data.status === 403) return new VethlabError('forbidden', say('This may not be read.'), { cause: thrown });
  return new VethlabError('bad_request', say('The request could not be read.'), { cause: thrown });
}

export function errorHandler(logger: Logger, reader: ErrorReader): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (thrown, request, response, next) => {
    const error = foreseen(thrown);
    const status = statusOf(error.code);
    const facts = { err: error, details: error.details, method: request.method, path: request.path };
    if (status >= 500 && error.code !== 'capacity') logger.error(facts, 'a request failed');
    else logger.debug(facts, 'a request was refused');
    if (response.headersSent) {
      next(error);
      return;
    }
    // What went wrong inside is for the log; the learner gets a sentence.
    const isInner = error.code === 'unexpected';
    const language = reader.languageOf(request);
    const message = inWords(isInner ? say('Something went wrong in the server.') : error.said, language);
    const saidHint = isInner ? say('Try again. If it happens again, tell whoever runs this server.') : error.saidHint;
    const hint = saidHint === undefined ? undefined : inWords(saidHint, language);
    response.status(status).set('Cache-Control', 'no-store');
    if (request.path.startsWith('/api/')) {
      const body: ApiError = { error: { code: error.code, message, ...(hint === undefined ? {} : { hint }) } };
      response.json(body);
    } else {
      response.type('html').send(reader.page(request, status, message, hint));
    }
  };
}
