/** Joining and leaving: plain forms, so that they work without scripts. */
import express, { Router } from 'express';
import { JoinBody } from '../contract/api.ts';
import type { HttpParts } from './parts.ts';
import { sessionOf } from './parts.ts';
import { renderHome } from './page-models.ts';
import type { RateLimits } from './rate-limits.ts';
import { say } from '../base/sentence.ts';
import { languageOf } from './page-language.ts';
import { messagesOf } from './pages/messages/messages.ts';

/** A path on this server; everything else leads to the course page. Guards against an open redirect. */
export function localPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : '/';
}

export function joinRoutes(parts: HttpParts, limits: RateLimits): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: '4kb', parameterLimit: 10 });

  router.post('/join', limits.join, form, (request, response) => {
    const body = JoinBody.safeParse(request.body ?? {});
    if (!body.success) {
      const given = (request.body ?? {}) as Record<string, unknown>;
      const name = typeof given['name'] === 'string' ? given['name'].slice(0, 200) : '';
      const words = messagesOf(languageOf(request, parts.course())).join;
      const message = name.trim() === '' ? words.writeName : words.tooLong;
      response
        .status(400)
        .set('Cache-Control', 'no-store')
        .type('html')
        .send(renderHome(parts, request, { name, message }));
      return;
    }
    // Whoever has a session stays who they are: a second name would lose the progress of the first.
    if (!sessionOf(parts, request)) parts.cookie.write(response, parts.people.join(body.data.name).token);
    response.redirect(303, localPath(body.data.next));
  });

  router.post('/leave', limits.join, async (request, response) => {
    const session = sessionOf(parts, request);
    parts.cookie.clear(response);
    if (session) {
      parts.people.leave(session);
      parts.closeSockets(session);
      await parts.attempts.stopAllOf(session.learner.id, say('It ended because you left the course.'));
    }
    response.redirect(303, '/');
  });
  return router;
}
