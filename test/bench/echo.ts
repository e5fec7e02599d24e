/** Milliseconds from a keystroke to its echo, as often as a percentile needs. */
import { setTimeout as delay } from 'node:timers/promises';
import type { TestTerminalClient } from '../support/terminal-client.ts';

const SAMPLES = 400;
const PAUSE_MS = 4;

/** Of a terminal behind a websocket. */
export function clientEchoes(client: TestTerminalClient): Promise<number[]> {
  return echoTimes(
    (text) => client.type(text),
    (listener) => {
      const hear = (data: Buffer, isBinary: boolean): void => void (isBinary && listener(data));
      client.socket.on('message', hear);
      return { [Symbol.dispose]: () => void client.socket.off('message', hear) };
    },
  );
}

export async function echoTimes(
  write: (text: string) => void,
  listen: (listener: (data: Uint8Array) => void) => Disposable,
): Promise<number[]> {
  const times: number[] = [];
  await delay(300);
  for (let sample = 0; sample < SAMPLES; sample++) {
    // A line is emptied now and then: a long one is drawn anew by readline.
    if (sample % 40 === 39) {
      write('\x15');
      await delay(20);
    }
    const echoed = Promise.withResolvers<void>();
    using _ = listen((data) => {
      if (Buffer.from(data).includes('x')) echoed.resolve();
    });
    const startedMs = performance.now();
    write('x');
    await echoed.promise;
    times.push(performance.now() - startedMs);
    await delay(PAUSE_MS);
  }
  return times;
}
