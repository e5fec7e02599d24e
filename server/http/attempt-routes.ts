/** The API of an attempt. Every call asks whose attempt it is. */
import express, { Router } from 'express';
import type { Request, Response } from 'express';
import { VethlabError } from '../base/errors.ts';
import type { LiveAttempt } from '../attempt/live-attempt.ts';
import { AnswerBody, LinkBody } from '../contract/api.ts';
import type { HttpParts } from './parts.ts';
import { requireSession } from './parts.ts';
import type { RateLimits } from './rate-limits.ts';
import { say } from '../base/sentence.ts';
import type { Language } from '../contract/language.ts';
import { languageOf } from './page-language.ts';

type AttemptRequest = Request<{ attempt: string }>;
type LinkRequest = Request<{ attempt: string; endpoint: string }>;
type TaskRequest = Request<{ attempt: string; task: string }>;

export function attemptRoutes(parts: HttpParts, limits: RateLimits): Router {
  const router = Router();
  const attemptOf = (request: Request<{ attempt: string }>): LiveAttempt =>
    parts.attempts.require(request.params.attempt, requireSession(parts, request).learner.id);

  const languageFor = (request: Request<object>): Language => languageOf(request, parts.course());

  // Only scripts of our own origin can set a header of their own without a preflight, which is never granted.
  router.use((request, response, next) => {
    response.set('Cache-Control', 'no-store');
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (isReading || request.get('x-vethlab') === '1') next();
    else next(new VethlabError('forbidden', 'The request lacks the header x-vethlab.'));
  });
  router.use(express.json({ limit: '16kb' }));

  router.get('/attempts/:attempt', (request: AttemptRequest, response: Response) => {
    response.json(attemptOf(request).view(languageFor(request)));
  });
  router.post('/attempts/:attempt/start', limits.sandbox, async (request: AttemptRequest, response: Response) => {
    const attempt = attemptOf(request);
    await parts.attempts.start(attempt);
    response.status(202).json(attempt.view(languageFor(request)));
  });
  router.post('/attempts/:attempt/stop', limits.sandbox, async (request: AttemptRequest, response: Response) => {
    const attempt = attemptOf(request);
    await attempt.stop(say('You stopped it.'));
    response.json(attempt.view(languageFor(request)));
  });
  router.post('/attempts/:attempt/reset', limits.sandbox, async (request: AttemptRequest, response: Response) => {
    const successor = await parts.attempts.reset(attemptOf(request));
    response.json({ attempt: successor.view(languageFor(request)) });
  });
  router.post('/attempts/:attempt/extend', limits.task, (request: AttemptRequest, response: Response) => {
    const attempt = attemptOf(request);
    attempt.extend();
    response.json(attempt.view(languageFor(request)));
  });
  router.post('/attempts/:attempt/links/:endpoint', limits.link, async (request: LinkRequest, response: Response) => {
    const attempt = attemptOf(request);
    const body = LinkBody.safeParse(request.body);
    if (!body.success) {
      const [issue] = body.error.issues;
      throw new VethlabError(
        'bad_request',
        `The link cannot be changed like that: ${issue?.path.join('.')}: ${issue?.message}.`,
      );
    }
    await attempt.changeLink(request.params.endpoint, body.data);
    response.json(attempt.view(languageFor(request)));
  });
  router.post('/attempts/:attempt/tasks/:task/check', limits.task, async (request: TaskRequest, response: Response) => {
    const attempt = attemptOf(request);
    await attempt.check(request.params.task);
    response.json(attempt.taskView(request.params.task, languageFor(request)));
  });
  router.post(
    '/attempts/:attempt/tasks/:task/answer',
    limits.task,
    async (request: TaskRequest, response: Response) => {
      const attempt = attemptOf(request);
      const body = AnswerBody.safeParse(request.body);
      if (!body.success) {
        throw new VethlabError('bad_request', say('The answer could not be read.'), {
          hint: say('Write at most 500 characters.'),
        });
      }
      await attempt.answer(request.params.task, body.data.answer);
      response.json(attempt.taskView(request.params.task, languageFor(request)));
    },
  );
  router.post('/attempts/:attempt/tasks/:task/hint', limits.task, (request: TaskRequest, response: Response) => {
    const attempt = attemptOf(request);
    attempt.hint(request.params.task);
    response.json(attempt.taskView(request.params.task, languageFor(request)));
  });

  router.use((_request, _response, next) => next(new VethlabError('not_found', 'The API has no such address.')));
  return router;
}
