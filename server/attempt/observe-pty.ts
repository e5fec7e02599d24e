/** A pty that tells how much passes through it. */
import type { Pty } from '../sandbox/runtime.ts';

export interface PtyTraffic {
  input(bytes: number): void;
  output(bytes: number): void;
}

/** The same pty; `traffic` hears of every byte on its way. */
export function observePty(pty: Pty, traffic: PtyTraffic): Pty {
  return {
    onData: (listener) =>
      pty.onData((data) => {
        traffic.output(data.byteLength);
        listener(data);
      }),
    onExit: (listener) => pty.onExit(listener),
    write: (data) => {
      traffic.input(data.length);
      pty.write(data);
    },
    resize: (size) => pty.resize(size),
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    kill: () => pty.kill(),
  };
}
