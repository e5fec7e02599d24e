/**
 * http/ answers HTTP: it parses with contract/, asks attempt/ and people/, and answers. No rules of labs or tasks here.
 * Order matters: who asks (host, origin, rate) comes before what is asked.
 */
import express from 'express';
import type { Express } from 'express';
import { VethlabError } from '../base/errors.ts';
import { attemptRoutes } from './attempt-routes.ts';
import { authorRoutes } from './author-routes.ts';
import { captureRoutes } from './capture-routes.ts';
import { errorHandler } from './error-handler.ts';
import { healthRoutes } from './health-routes.ts';
import { joinRoutes } from './join-routes.ts';
import { renderError } from './page-models.ts';
import { pageRoutes } from './page-routes.ts';
import type { HttpParts } from './parts.ts';
import { sessionOf } from './parts.ts';
import { createRateLimits } from './rate-limits.ts';
import { isOwnHost, isSameOrigin } from './request-guard.ts';
import { securityHeaders } from './security-headers.ts';
import { webFiles } from './web-files.ts';
import { say } from '../base/sentence.ts';
import { languageOf } from './page-language.ts';

export function createApp(parts: HttpParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', parts.trustedProxies);
  app.set('query parser', 'simple');
  const limits = createRateLimits((request) => sessionOf(parts, request)?.id ?? null);

  app.use(securityHeaders(parts.guard.publicUrl));
  app.use(healthRoutes(parts.health, parts.metrics));
  app.use((request, _response, next) => {
    if (!isOwnHost(request, parts.guard)) {
      next(
        new VethlabError('forbidden', 'This server does not go by this name.', {
          hint: 'Start it with --public-url and the address that browsers use.',
        }),
      );
    } else if (!/^(GET|HEAD|POST)$/.test(request.method)) {
      next(new VethlabError('bad_request', 'Only GET, HEAD and POST are understood here.'));
    } else if (request.method === 'POST' && !isSameOrigin(request, parts.guard)) {
      next(
        new VethlabError('forbidden', say('The request came from another site.'), {
          hint: say('Open the page of this server and try again.'),
        }),
      );
    } else {
      next();
    }
  });
  app.use(webFiles(parts.webDirectory));
  app.use(limits.everything);
  if (parts.authoring) app.use(authorRoutes(parts, parts.authoring));
  app.use('/api', captureRoutes(parts, limits));
  app.use('/api', attemptRoutes(parts, limits));
  app.use(joinRoutes(parts, limits));
  app.use(pageRoutes(parts));
  app.use((_request, _response, next) => {
    next(
      new VethlabError('not_found', say('Nothing is at this address.'), {
        hint: say('The course page lists all labs.'),
      }),
    );
  });
  app.use(
    errorHandler(parts.logger, {
      languageOf: (request) => languageOf(request, parts.course()),
      page: (request, status, message, hint) => renderError(parts, request, status, message, hint),
    }),
  );
  return app;
}
