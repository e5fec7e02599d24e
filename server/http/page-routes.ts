/** The pages that people read, and the files that authors put beside their lessons. */
import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Router } from 'express';
import type { Request, Response } from 'express';
import { VethlabError } from '../base/errors.ts';
import { othersFirst } from '../base/turn.ts';
import type { Lab } from '../course/lab.ts';
import type { HttpParts } from './parts.ts';
import { sessionOf } from './parts.ts';
import { renderHome, renderLab } from './page-models.ts';
import { ASSET_POLICY } from './security-headers.ts';
import { say } from '../base/sentence.ts';
import { rememberLanguage } from './page-language.ts';
import { renderCertificate, renderGlossary, renderIndex, renderVerified } from './reference-models.ts';

const compress = promisify<string, Buffer>(gzip);

type LabRequest = Request<{ module?: string; lab: string }>;
type AssetRequest = Request<{ module?: string; lab: string; file: string[] }>;

export function pageRoutes(parts: HttpParts): Router {
  const router = Router();
  const isSecure = parts.guard.publicUrl?.protocol === 'https:';
  router.use((request, response, next) => {
    if (request.method === 'GET') rememberLanguage(request, response, isSecure);
    next();
  });
  const labOf = (request: LabRequest | AssetRequest): Lab => {
    const { module, lab: name } = request.params;
    const lab = parts.attempts.findLab(module === undefined ? name : `${module}/${name}`);
    if (lab) return lab;
    throw new VethlabError('not_found', say('There is no such lab.'), { hint: say('The course page lists all labs.') });
  };

  router.get('/', (request, response) => sendHtml(request, response, renderHome(parts, request)));

  router.get('/glossary', (request, response) => sendHtml(request, response, renderGlossary(parts, request)));
  router.get('/index', (request, response) => sendHtml(request, response, renderIndex(parts, request)));
  router.get('/certificate', (request, response) => sendHtml(request, response, renderCertificate(parts, request)));
  router.get('/certificate/:code', (request, response) =>
    sendHtml(request, response, renderVerified(parts, request, request.params.code)),
  );

  router.get(
    ['/labs/:lab/assets/*file', '/labs/:module/:lab/assets/*file'],
    async (request: AssetRequest, response: Response) => {
      const path = await assetPath(labOf(request), request.params.file);
      response.set('Content-Security-Policy', ASSET_POLICY).set('Cache-Control', 'no-cache');
      await new Promise<void>((resolve, reject) => {
        response.sendFile(path, { dotfiles: 'deny' }, (error: Error | undefined) =>
          error && !response.headersSent ? reject(error) : resolve(),
        );
      });
    },
  );

  router.get(['/labs/:lab', '/labs/:module/:lab'], async (request: LabRequest, response: Response) => {
    const lab = labOf(request);
    const session = sessionOf(parts, request);
    const attempt = session && parts.attempts.enter(session.learner.id, lab);
    // A new attempt, its lesson and its page take a few milliseconds each.
    await othersFirst();
    await sendHtml(request, response, await renderLab(parts, request, session, lab, attempt));
  });
  return router;
}

/** Compressed: a lesson is text. There is no secret in it that a guess from outside could be compared with (BREACH). */
async function sendHtml(request: Request<object>, response: Response, html: string): Promise<void> {
  // Progress and the learner's name are in it.
  response.set('Cache-Control', 'no-store').vary('Accept-Encoding, Accept-Language, Cookie').type('html');
  if (!/\bgzip\b/.test(request.get('accept-encoding') ?? '')) {
    response.send(html);
    return;
  }
  response.set('Content-Encoding', 'gzip').send(await compress(html));
}

/**
 * The file of a lab's `assets` folder.
 * @throws VethlabError `not_found` for what is not there, or leads out of the folder, be it by dots or by a link.
 */
async function assetPath(lab: Lab, segments: readonly string[]): Promise<string> {
  const missing = new VethlabError('not_found', say('There is no such file.'));
  if (segments.some((segment) => segment === '' || segment.startsWith('.') || /[/\\\0]/.test(segment))) throw missing;
  try {
    const root = await realpath(join(lab.directory, 'assets'));
    const path = await realpath(join(root, ...segments));
    if (path.startsWith(root + sep)) return path;
  } catch {
    throw missing;
  }
  throw missing;
}
