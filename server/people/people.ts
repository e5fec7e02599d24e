/**
 * People: who is asking. A learner joins with a name and is known by a session token from then on.
 * people/ knows no lab and no HTTP: cookies are the business of http/.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import type { LearnerRow, LearnerStore } from '../store/learners.ts';

export interface Session {
  readonly learner: LearnerRow;
  /** Names the session in memory and logs; the token cannot be had from it. */
  readonly id: string;
  readonly expiresMs: number;
}

/** 256 random bits, base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

function hashOf(token: string): Buffer {
  // The token has 256 bits of chance, so a plain hash cannot be reversed by guessing; a slow one would add nothing.
  return createHash('sha256').update(token).digest();
}

export class People {
  readonly #store: LearnerStore;
  readonly #clock: Clock;
  readonly #sessionMs: number;

  /** A session ends when it was not used for `sessionMs`. */
  constructor(store: LearnerStore, clock: Clock, sessionMs: number) {
    this.#store = store;
    this.#clock = clock;
    this.#sessionMs = sessionMs;
  }

  /** Makes a learner and a session; the token is shown this one time. */
  join(name: string): { session: Session; token: string } {
    const now = this.#clock.now();
    this.#store.removeExpiredSessions(now);
    const learner = { id: randomUUID(), name, createdMs: now };
    const token = randomBytes(32).toString('base64url');
    const tokenHash = hashOf(token);
    this.#store.add(learner);
    this.#store.addSession(tokenHash, learner.id, now, now + this.#sessionMs);
    return { session: { learner, id: tokenHash.toString('hex'), expiresMs: now + this.#sessionMs }, token };
  }

  /** Null for a token that is unknown, malformed, revoked or too old. */
  authenticate(token: string): Session | null {
    if (!TOKEN.test(token)) return null;
    const tokenHash = hashOf(token);
    const row = this.#store.findSession(tokenHash);
    const now = this.#clock.now();
    if (!row || row.expiresMs <= now) return null;
    let expiresMs = row.expiresMs;
    // Written once a day at most: requests should not cost a write.
    if (expiresMs - now < this.#sessionMs - 86_400_000) {
      expiresMs = now + this.#sessionMs;
      this.#store.prolongSession(tokenHash, expiresMs);
    }
    return { learner: row.learner, id: tokenHash.toString('hex'), expiresMs };
  }

  /** Revokes the session: its token is worthless from here on. */
  leave(session: Session): void {
    this.#store.removeSession(Buffer.from(session.id, 'hex'));
  }
}
