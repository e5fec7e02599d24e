/** Commands in a kernel of its own: User Mode Linux, booted by containers/uml/boot. Knows no server and no lab. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../base/project.ts';

const BOOT = join(PROJECT, 'containers/uml/boot');
/** Where a server in there has to listen. */
export const GUEST_ADDRESS = '10.0.2.2';

export interface KernelOptions {
  readonly memoryMib: number;
  /** Something of the kernel is kept here while it runs, and what the programs in it compiled for the next time. */
  readonly dataDirectory: string;
  /** Leads to the same port of GUEST_ADDRESS; `{port}` in the command is its number. */
  readonly listen?: { readonly host: string; readonly port: number };
}

/** Resolves with the exit status of the command. INT, TERM and HUP go to it. */
export async function runInUserModeLinux(command: readonly string[], options: KernelOptions): Promise<number> {
  const { memoryMib, dataDirectory, listen } = options;
  mkdirSync(dataDirectory, { recursive: true });
  const boot = spawn(
    BOOT,
    [
      '--memory',
      String(memoryMib),
      '--state',
      join(dataDirectory, 'uml'),
      ...(listen ? ['--listen', listen.host, String(listen.port)] : []),
      '--',
      ...command,
    ],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      // Loading a program is what takes longest in there.
      env: { ...process.env, NODE_COMPILE_CACHE: join(dataDirectory, 'compile-cache') },
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => boot.kill(signal));
  const [code] = (await once(boot, 'close')) as [number | null];
  return code ?? 1;
}
