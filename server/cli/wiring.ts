/** Sandboxes for the author's tool: in directories of their own, beside a server that may be running, and gone afterwards. */
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { VethlabError } from '../base/errors.ts';
import { PROJECT } from '../base/project.ts';
import { OciRuntime } from '../sandbox/oci/oci-runtime.ts';
import type { Limits } from '../sandbox/runtime.ts';
import { SandboxManager } from '../sandbox/sandbox-manager.ts';
import type { StartSandbox } from './proof-run.ts';

const SCRIPTS = path.join(PROJECT, 'containers/lab');
const LIMITS: Limits = { memoryBytes: 384 << 20, pids: 512, cpus: 2, diskBytes: 128 << 20 };
const CAPACITY = 16;

export interface AuthorSandboxes extends AsyncDisposable {
  readonly start: StartSandbox;
}

/** `data` is the folder that holds the root file system of the lab image, or gets it. */
export async function openAuthorSandboxes(data = '.vethlab'): Promise<AuthorSandboxes> {
  if (process.getuid?.() !== 0) {
    throw new VethlabError(
      'runtime_missing',
      'Sandboxes are made of namespaces, mounts and cgroups, and only root may make them.',
      { hint: 'Run this as root; `lint` needs no root.' },
    );
  }
  const rootfs = await labRootfs(path.resolve(PROJECT, data, 'rootfs'));
  const runDirectory = path.join(
    existsSync('/dev/shm') ? '/dev/shm' : '/tmp',
    `vethlab-author-${process.pid}-${randomBytes(3).toString('hex')}`,
  );
  const cgroup = `vethlab-author-${createHash('sha256').update(runDirectory).digest('hex').slice(0, 8)}`;
  const open = (): OciRuntime => new OciRuntime({ rootfs, scripts: SCRIPTS, runDirectory, cgroup });
  const runtime = open();
  const manager = new SandboxManager({ runtime, limits: LIMITS, poolSize: 1, capacity: CAPACITY });
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    for (const sandbox of manager.list()) await sandbox.stop('The proof was ended.');
    await manager[Symbol.asyncDispose]();
    await runtime[Symbol.asyncDispose]();
    // A start that was under way when this ended has left something behind: a new look finds and ends it.
    await using rest = open();
    for (const outer of await rest.list()) await outer.stop();
    rmSync(runDirectory, { recursive: true, force: true });
  };
  const closeOnce = (): Promise<void> => (closing ??= close());
  const onSignal = (): void => void closeOnce().finally(() => process.exit(130));
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  let count = 0;
  return {
    start: (topology, captures) => {
      count += 1;
      return manager.start(topology, { id: `proof-${process.pid}-${count}`, captures: captures.map(endpointOf) });
    },
    async [Symbol.asyncDispose]() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
      await closeOnce();
    },
  };
}

function endpointOf(name: string): { node: string; interface: string } {
  const at = name.indexOf(':');
  return { node: name.slice(0, at), interface: name.slice(at + 1) };
}

/** The script makes it when it is not there, and tells where it is. */
async function labRootfs(directory: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(path.join(SCRIPTS, 'rootfs'), [directory], { maxBuffer: 1 << 24 });
    return stdout.trim().split('\n').at(-1) ?? directory;
  } catch (error) {
    throw new VethlabError('runtime_missing', 'The root file system of the lab image cannot be made.', {
      hint: `Run ${path.join(SCRIPTS, 'rootfs')} ${directory} and look at its output; \`npm run doctor\` says what is missing.`,
      cause: error,
    });
  }
}
