/** `--kernel uml` of the commands that start sandboxes: the same command again, in User Mode Linux. */
import { join } from 'node:path';
import process from 'node:process';
import { VethlabError } from '../base/errors.ts';
import { PROJECT } from '../base/project.ts';
import { runInUserModeLinux } from './user-mode-linux.ts';

/** Room for a few sandboxes at once. */
const MEMORY_MIB = 1536;

/** The exit status of the command in the other kernel; null where none was asked for, and the caller goes on. */
export async function runInOtherKernel(command: string, args: readonly string[]): Promise<number | null> {
  const { rest, kernel } = takeKernel(args);
  if (kernel === null || kernel === 'host') return null;
  if (kernel !== 'uml') {
    throw new VethlabError('bad_request', `--kernel ${kernel} is not possible.`, { hint: 'Write host or uml.' });
  }
  const again = [process.execPath, join(import.meta.dirname, 'main.ts'), command, ...rest];
  return runInUserModeLinux(again, { memoryMib: MEMORY_MIB, dataDirectory: join(PROJECT, '.vethlab') });
}

/** The arguments without `--kernel NAME`, which the command itself does not know. */
export function takeKernel(args: readonly string[]): { rest: string[]; kernel: string | null } {
  const at = args.findIndex((word) => word === '--kernel' || word.startsWith('--kernel='));
  const word = args[at];
  if (word === undefined) return { rest: [...args], kernel: null };
  const isOne = word.includes('=');
  return {
    rest: [...args.slice(0, at), ...args.slice(at + (isOne ? 1 : 2))],
    kernel: isOne ? word.slice('--kernel='.length) : (args[at + 1] ?? ''),
  };
}
