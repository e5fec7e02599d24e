/** A bash on a pty of this machine, for tests and benches of terminals that need no sandbox. */
import { spawnPty } from './pty-process.ts';
import type { Pty, TerminalSize } from '../../server/sandbox/runtime.ts';

export const PROMPT = 'ready$ ';

/** Without start files and history; the prompt is {@link PROMPT}. */
export function openLocalBash(size: TerminalSize = { columns: 80, rows: 24 }): Pty & { readonly pid: number } {
  return spawnPty({
    argv: ['/bin/bash', '--noprofile', '--norc', '-i'],
    size,
    environment: {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      PS1: PROMPT,
      HISTFILE: '/dev/null',
      LANG: 'C.UTF-8',
      HOME: '/tmp',
    },
    directory: '/tmp',
  });
}
