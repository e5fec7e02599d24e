/** The built files of the web page. Their names hold a hash of their content, so browsers keep them for good. */
import { readFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { RequestHandler } from 'express';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Already compressed formats gain nothing. */
const COMPRESSIBLE = /^(text\/|application\/json|image\/svg)/;

type Encoding = 'br' | 'gzip' | 'identity';

const encoders: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
  identity: (bytes) => Promise.resolve(bytes),
};

function encodingOf(accepted: string, type: string): Encoding {
  if (!COMPRESSIBLE.test(type)) return 'identity';
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : 'identity';
}

/** Paths below `directory`, as in URLs, without what begins with a dot. */
function listFiles(directory: string): string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length))
    .filter((path) => !path.includes('/.'));
}

/** Serves what the folder holds when the server starts, compressed once on the first request for each. */
export function webFiles(directory: string): RequestHandler {
  const known = new Set(listFiles(directory));
  const bodies = new Map<string, Promise<Buffer>>();
  return async function serveWebFile(request, response, next) {
    if (!known.has(request.path) || request.method === 'POST') {
      next();
      return;
    }
    const type = types[extname(request.path)] ?? 'application/octet-stream';
    const encoding = encodingOf(request.get('accept-encoding') ?? '', type);
    const key = `${encoding} ${request.path}`;
    const body = bodies.get(key) ?? readFile(join(directory, request.path)).then(encoders[encoding]);
    bodies.set(key, body);
    body.catch(() => bodies.delete(key));
    response.set({
      'Content-Type': type,
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
    });
    if (encoding !== 'identity') response.set('Content-Encoding', encoding);
    // `send` would hash the body for an ETag, which an immutable file does not need.
    response.end(request.method === 'HEAD' ? undefined : await body);
  };
}
