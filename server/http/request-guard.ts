/** Which requests come from our own pages: host and origin. Used for HTTP and, through main.ts, for websocket upgrades. */
import type { IncomingMessage } from 'node:http';

export interface GuardSettings {
  /** The address that browsers use, when it is known. */
  readonly publicUrl: URL | null;
  /** The address that the server listens on. */
  readonly host: string;
}

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

function hostUrl(host: string | undefined): URL | null {
  return host !== undefined && URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : null;
}

function isLoopback(hostname: string): boolean {
  return LOOPBACK_NAMES.has(hostname) || hostname.endsWith('.localhost');
}

/**
 * False for a name that this server does not go by. A page elsewhere can let its own name point at 127.0.0.1 (DNS
 * rebinding); a server that listens there answers to loopback names alone, unless it was told its public address.
 */
export function isOwnHost(request: IncomingMessage, settings: GuardSettings): boolean {
  const url = hostUrl(request.headers.host);
  if (!url) return false;
  if (settings.publicUrl || !isLoopback(settings.host === '::1' ? '[::1]' : settings.host)) return true;
  return isLoopback(url.hostname);
}

/**
 * True when the request was made by a page of this server. Browsers send `Origin` with every POST and every websocket;
 * a request without it was made by no page, and gets nothing that changes anything (RFC 6454, section 7).
 */
export function isSameOrigin(request: IncomingMessage, settings: GuardSettings): boolean {
  const { origin } = request.headers;
  if (origin === undefined || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (url.origin === settings.publicUrl?.origin) return true;
  const own = hostUrl(request.headers.host);
  if (!own || !/^https?:$/.test(url.protocol)) return false;
  // With a public address, only a person at the machine itself comes by another one.
  if (settings.publicUrl && !isLoopback(own.hostname)) return false;
  return normalHost(url) === normalHost(own);
}

/** Host and port; a proxy that ends TLS leaves the scheme to guess, so both default ports count as none. */
function normalHost(url: URL): string {
  return url.port === '443' || url.port === '80' ? url.hostname : url.host;
}
