/** Waiting in tests: for a condition with a deadline, never for a time. */
import { setTimeout as delay } from 'node:timers/promises';

/** Calls `look` until it returns something other than undefined, null or false, and returns that. */
export async function until<T>(look: () => T | Promise<T>, what: string, deadlineMs = 10_000): Promise<NonNullable<T>> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== null && seen !== false) return seen;
    if (Date.now() > end) throw new Error(`After ${deadlineMs} ms still not: ${what}. Seen last: ${String(seen)}`);
    await delay(5);
  }
}
