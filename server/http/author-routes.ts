/** What the author of a lab gets besides the pages of a learner: joined without a name, and told of every change and fault. */
import { Router } from 'express';
import type { Request, Response } from 'express';
import type { AuthorState } from '../contract/author.ts';
import type { CourseFault, CourseSource } from '../course/course-source.ts';
import { printDiagnostic } from '../course/print-diagnostics.ts';
import { authorPage } from './pages/author-page.ts';
import { shellOf } from './page-models.ts';
import type { HttpParts } from './parts.ts';
import { sessionOf } from './parts.ts';

const MAX_FAULTS = 100;
/** Proxies and browsers take a silent stream for a dead one. */
const HEARTBEAT_MS = 15_000;

export function authorRoutes(parts: HttpParts, source: CourseSource): Router {
  const router = Router();
  let version = 1;
  const streams = new Set<() => void>();
  // As long as the server: what is served ends with it.
  source.listen(() => {
    version += 1;
    for (const send of streams) send();
  });

  router.get('/author/events', (request: Request, response: Response) => {
    const session = sessionOf(parts, request);
    const lab = typeof request.query['lab'] === 'string' ? request.query['lab'] : '';
    response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' }).flushHeaders();
    const send = (): void => {
      const attempt = session && parts.attempts.find(session.learner.id, lab);
      const state: AuthorState = {
        version,
        isRestartNeeded: attempt?.isRestartNeeded ?? false,
        faults: source.faults.slice(0, MAX_FAULTS).map(faultOf),
      };
      response.write(`data: ${JSON.stringify(state)}\n\n`);
    };
    const heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS);
    streams.add(send);
    response.on('close', () => {
      clearInterval(heartbeat);
      streams.delete(send);
    });
    send();
  });

  router.get(/^\/(?:labs\/.*)?$/, (request: Request, response: Response, next) => {
    if (request.path.includes('/assets/')) return next();
    if (!sessionOf(parts, request)) {
      parts.cookie.write(response, parts.people.join('Author').token);
      return response.redirect(303, request.originalUrl);
    }
    const labs = source.course.modules.flatMap((module) => module.labs);
    const [only] = labs;
    if (!only)
      return response
        .set('Cache-Control', 'no-store')
        .type('html')
        .send(authorPage(shellOf(parts, request, sessionOf(parts, request))));
    if (request.path === '/' && labs.length === 1) return response.redirect(303, `/labs/${only.id}`);
    return next();
  });
  return router;
}

function faultOf(fault: CourseFault): AuthorState['faults'][number] {
  const { file, line, column, message, hint, sourceLine, labId, place } = fault;
  const frame =
    sourceLine === null ? null : printDiagnostic(fault, sourceLine).split('\n').slice(1).join('\n').trimEnd();
  return { file, line, column, message, hint: hint ?? null, frame, labId, place };
}
