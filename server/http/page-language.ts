/**
 * In which language a request is answered: the one that its address names (`?language=zh`), the one chosen before (a
 * cookie), or the first of the browser's that the course has.
 */
import type { Request, Response } from 'express';
import { isLanguage, languageOfTag, LANGUAGES, type Language } from '../contract/language.ts';
import type { Course } from '../course/lab.ts';

const COOKIE = 'vethlab-language';
const MAX_AGE_MS = 400 * 86_400_000;

/** In which the pages of a course can be read; English where it has none that the pages are written in. */
export function languagesOf(course: Pick<Course, 'languages'>): readonly Language[] {
  const own = new Set(course.languages.map(languageOfTag));
  const offered = LANGUAGES.filter((language) => own.has(language));
  return offered.length > 0 ? offered : ['en'];
}

export function languageOf(request: Request<object>, course: Pick<Course, 'languages'>): Language {
  const offered = languagesOf(course);
  const wanted = [namedIn(request), cookieOf(request), request.acceptsLanguages(...offered)];
  return wanted.find((language): language is Language => isLanguage(language) && offered.includes(language)) ?? 'en';
}

/** Keeps the language that the address of a page names. Pages of all ports of a host share the choice: it is the reader's. */
export function rememberLanguage(request: Request<object>, response: Response, isSecure: boolean): void {
  const language = namedIn(request);
  if (!isLanguage(language)) return;
  response.cookie(COOKIE, language, {
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
    path: '/',
    maxAge: MAX_AGE_MS,
  });
}

function namedIn(request: Request<object>): unknown {
  return (request.query as Record<string, unknown>)['language'];
}

function cookieOf(request: Request<object>): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
}
