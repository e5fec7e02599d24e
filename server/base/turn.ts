/** Work of many milliseconds in pieces, so that keys and packets of others come in between. */
import { setImmediate } from 'node:timers/promises';

/**
 * Timers and what has arrived meanwhile go first. An immediate alone does not do: one that is asked for while requests are
 * answered comes right after them (libuv's check phase follows its poll phase), before any timer.
 */
export async function othersFirst(): Promise<void> {
  await setImmediate();
  await setImmediate();
}
