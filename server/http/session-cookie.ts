/** The cookie that carries the session token. */
import type { IncomingMessage } from 'node:http';
import type { CookieOptions, Response } from 'express';

/** Browsers keep a cookie at most this long; the server ends sessions by its own clock. */
const MAX_AGE_MS = 400 * 86_400_000;

/**
 * Cookies are shared by all ports of a host, so the name holds the port where servers may stand side by side.
 * `__Host-` makes browsers refuse one that was set by another host or without TLS (RFC 6265bis, section 4.1.3).
 */
export class SessionCookie {
  readonly #name: string;
  readonly #isSecure: boolean;

  constructor(publicUrl: URL | null, port: number) {
    this.#isSecure = publicUrl?.protocol === 'https:';
    this.#name = this.#isSecure ? '__Host-vethlab' : `vethlab-${port}`;
  }

  /** The token, or null; a header with the name twice counts as none. */
  read(request: IncomingMessage): string | null {
    const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
    const values = pairs.filter((pair) => pair.startsWith(`${this.#name}=`));
    const [value] = values;
    return value === undefined || values.length > 1 ? null : value.slice(this.#name.length + 1);
  }

  write(response: Response, token: string): void {
    response.cookie(this.#name, token, { ...this.#options(), maxAge: MAX_AGE_MS });
  }

  clear(response: Response): void {
    response.clearCookie(this.#name, this.#options());
  }

  #options(): CookieOptions {
    return { httpOnly: true, sameSite: 'lax', secure: this.#isSecure, path: '/' };
  }
}
