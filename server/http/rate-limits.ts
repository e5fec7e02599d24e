/** How often one learner may ask. Counted per session, or per address for whoever has none: a made-up one counts as none. */
import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { VethlabError } from '../base/errors.ts';
import { say } from '../base/sentence.ts';

export interface RateLimits {
  /** Pages and everything else. */
  readonly everything: RequestHandler;
  /** A class behind one address joins in the same minute. */
  readonly join: RequestHandler;
  /** Starts, stops and resets: each costs a sandbox. */
  readonly sandbox: RequestHandler;
  /** Changes of links: a slider that is dragged makes many. */
  readonly link: RequestHandler;
  /** Checks, answers, hints. */
  readonly task: RequestHandler;
}

export function createRateLimits(sessionIdOf: (request: Request) => string | null): RateLimits {
  const perMinute = (limit: number, isByAddress: boolean): RequestHandler =>
    rateLimit({
      windowMs: 60_000,
      limit,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      keyGenerator: (request) => (isByAddress ? null : sessionIdOf(request)) ?? ipKeyGenerator(request.ip ?? ''),
      handler: (_request, _response, next) => {
        next(
          new VethlabError('too_many_requests', say('That was too much at once.'), {
            hint: say('Wait a minute, then try again.'),
          }),
        );
      },
    });
  return {
    everything: perMinute(1200, false),
    join: perMinute(200, true),
    sandbox: perMinute(20, false),
    link: perMinute(240, false),
    task: perMinute(90, false),
  };
}
