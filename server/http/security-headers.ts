/** Headers of every answer: nothing is loaded from elsewhere, nothing is framed, no script but our own files runs. */
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** What an author's own file may do when it is opened by itself: nothing. */
export const ASSET_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

export function securityHeaders(publicUrl: URL | null): RequestHandler {
  const isSecure = publicUrl?.protocol === 'https:';
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // xterm.js writes style elements: https://github.com/xtermjs/xterm.js/issues/4445
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isSecure ? { maxAge: 15_552_000, includeSubDomains: false } : false,
    // With `no-referrer` browsers would send `Origin: null` with our own forms (Fetch standard, "append a request Origin").
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
    // The header means nothing over plain HTTP, where browsers warn about it.
    crossOriginOpenerPolicy: isSecure ? { policy: 'same-origin' } : false,
    originAgentCluster: false,
  });
}
