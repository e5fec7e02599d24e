/** What the routes are given. */
import type { Request } from 'express';
import type { Logger } from 'pino';
import type { Attempts } from '../attempt/attempts.ts';
import type { KernelReport } from '../sandbox/kernel-features.ts';
import type { Clock } from '../base/clock.ts';
import { VethlabError } from '../base/errors.ts';
import type { CourseSource } from '../course/course-source.ts';
import type { Course } from '../course/lab.ts';
import type { People, Session } from '../people/people.ts';
import type { Health } from './health-routes.ts';
import type { LabPreviews } from './lab-previews.ts';
import type { Metrics } from './metrics.ts';
import type { PageAssets } from './pages/models.ts';
import type { GuardSettings } from './request-guard.ts';
import type { SessionCookie } from './session-cookie.ts';
import { say } from '../base/sentence.ts';
import type { Certificates } from '../attempt/certificates.ts';

export interface HttpParts {
  readonly attempts: Attempts;
  readonly people: People;
  readonly certificates: Certificates;
  readonly course: () => Course;
  readonly previews: LabPreviews;
  readonly kernel: Pick<KernelReport, 'explain' | 'isUserMode'>;
  readonly clock: Clock;
  readonly cookie: SessionCookie;
  readonly guard: GuardSettings;
  readonly trustedProxies: number;
  readonly assets: PageAssets;
  /** The folder of the built web page. */
  readonly webDirectory: string;
  readonly metrics: Metrics;
  readonly health: () => Health;
  /** Closes the websockets of a session that ends. */
  readonly closeSockets: (session: Session) => void;
  readonly logger: Logger;
  /** The course that one author is writing; null where learners are served. */
  readonly authoring: CourseSource | null;
}

export function sessionOf(parts: Pick<HttpParts, 'people' | 'cookie'>, request: Request): Session | null {
  const token = parts.cookie.read(request);
  return token === null ? null : parts.people.authenticate(token);
}

/** @throws VethlabError `not_signed_in` */
export function requireSession(parts: Pick<HttpParts, 'people' | 'cookie'>, request: Request): Session {
  const session = sessionOf(parts, request);
  if (session) return session;
  throw new VethlabError('not_signed_in', say('You have not joined the course, or your session has ended.'), {
    hint: say('Join with your name on the course page.'),
  });
}
