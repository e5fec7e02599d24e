/**
 * The `oci` adapter of the Runtime port: outer contexts by `runc` on this machine. Needs root on Linux. State of running
 * ones is on disk below `runDirectory`, so that the next server process finds them.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { VethlabError } from '../../base/errors.ts';
import { ask } from '../agent.ts';
import type { Outer, OuterSpec, Runtime } from '../runtime.ts';
import { bundleConfig } from './bundle.ts';
import { readCgroupHost, SandboxCgroups } from './cgroups.ts';
import { OciOuter } from './oci-outer.ts';

export interface OciOptions {
  /** Root file system that containers/lab/rootfs made. */
  readonly rootfs: string;
  /** The folder containers/lab of this installation. */
  readonly scripts: string;
  /** For bundles and runc's state; short-lived, best on a tmpfs. One per installation. */
  readonly runDirectory: string;
  /** Name of the control group that holds all sandboxes of this installation. */
  readonly cgroup: string;
  /** Default `runc`. */
  readonly program?: string;
}

const START_MS = 15_000;
const OPEN_FILES = 65_536;
/** Each file of a learner costs kernel memory, so their number is bounded with the disk's size. */
const BYTES_PER_INODE = 2048;

export class OciRuntime implements Runtime {
  readonly name = 'oci';
  readonly #options: OciOptions;
  readonly #program: string;
  readonly #cgroups: SandboxCgroups;
  readonly #seccomp: unknown;
  /** Ids that this process is starting or holds; list() leaves them alone. */
  readonly #own = new Map<string, OciOuter | null>();

  constructor(options: OciOptions) {
    this.#options = options;
    this.#program = options.program ?? 'runc';
    this.#cgroups = new SandboxCgroups(readCgroupHost(), options.cgroup);
    this.#seccomp = JSON.parse(readFileSync(join(options.scripts, 'seccomp.json'), 'utf8'));
    mkdirSync(options.runDirectory, { recursive: true, mode: 0o700 });
  }

  async start(spec: OuterSpec): Promise<Outer> {
    const bundle = join(this.#options.runDirectory, spec.id);
    if (this.#own.has(spec.id) || existsSync(bundle)) {
      throw new VethlabError('conflict', `A sandbox with the id ${spec.id} exists already.`);
    }
    this.#own.set(spec.id, null);
    try {
      const labCgroups = await this.#cgroups.create(spec.id, spec.limits);
      mkdirSync(bundle, { mode: 0o700 });
      const config = bundleConfig({
        id: spec.id,
        rootfs: this.#options.rootfs,
        scripts: this.#options.scripts,
        cgroupsPath: this.#cgroups.runtimePath(spec.id),
        labCgroups,
        seccomp: this.#seccomp,
        diskBytes: spec.limits.diskBytes,
        inodes: Math.floor(spec.limits.diskBytes / BYTES_PER_INODE),
        hasTun: existsSync('/dev/net/tun'),
        openFiles: openFilesLimit(),
      });
      writeFileSync(join(bundle, 'config.json'), JSON.stringify(config));
      await this.#run(spec.id, bundle);
      const outer = this.#outer(spec.id, Number(readFileSync(join(bundle, 'pid'), 'utf8')));
      this.#own.set(spec.id, outer);
      await this.#answer(outer, bundle);
      return outer;
    } catch (error) {
      await this.#destroy(spec.id);
      throw error;
    }
  }

  /** Running ones that answer. What earlier server processes left half made or dead is removed on the way. */
  async list(): Promise<Outer[]> {
    const found: Outer[] = [];
    const ids = new Set([...this.#bundles(), ...this.#cgroups.ids()]);
    await Promise.all(
      [...ids].map(async (id) => {
        if (this.#own.has(id)) {
          const own = this.#own.get(id);
          if (own) found.push(own);
          return;
        }
        const pidFile = join(this.#options.runDirectory, id, 'pid');
        const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
        if (pid > 0 && this.#cgroups.processes(id).includes(pid)) {
          this.#own.set(id, null);
          const outer = this.#outer(id, pid);
          try {
            await ask(outer, 'lab', ['hello'], 2000);
            await ask(outer, 'platform', ['hello'], 2000);
            outer.watch();
            this.#own.set(id, outer);
            found.push(outer);
            return;
          } catch {
            // It never got ready, or its agents are gone: nobody can use it.
          }
        }
        await this.#destroy(id);
      }),
    );
    return found;
  }

  /** Leaves running sandboxes alone: they outlive the server. */
  [Symbol.asyncDispose](): Promise<void> {
    for (const outer of this.#own.values()) outer?.forget();
    this.#cgroups.removeGroup();
    return Promise.resolve();
  }

  #bundles(): string[] {
    return readdirSync(this.#options.runDirectory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'runc')
      .map((entry) => entry.name);
  }

  #outer(id: string, pid: number): OciOuter {
    return new OciOuter({
      id,
      pid,
      scripts: this.#options.scripts,
      isAlive: () => this.#cgroups.processes(id).includes(pid),
      processes: () => this.#cgroups.processes(id),
      destroy: () => this.#destroy(id),
    });
  }

  async #run(id: string, bundle: string): Promise<void> {
    const log = openSync(join(bundle, 'log'), 'a', 0o600);
    try {
      const status = await this.#call(
        ['run', '--detach', '--no-new-keyring', '--bundle', bundle, '--pid-file', join(bundle, 'pid'), id],
        log,
      );
      if (status !== 0) throw this.#failure(bundle, 'could not be started');
    } finally {
      closeSync(log);
    }
  }

  /** Waits until both agents answer. */
  async #answer(outer: OciOuter, bundle: string): Promise<void> {
    const until = Date.now() + START_MS;
    for (;;) {
      try {
        await ask(outer, 'lab', ['hello'], START_MS);
        await ask(outer, 'platform', ['hello'], START_MS);
        break;
      } catch (error) {
        if (!outer.isAlive() || Date.now() > until) throw this.#failure(bundle, 'did not get ready', error);
        await delay(1);
      }
    }
    outer.watch();
  }

  #failure(bundle: string, what: string, cause?: unknown): VethlabError {
    const log = readFileSync(join(bundle, 'log'), 'utf8').trim().slice(-2000);
    return new VethlabError('runtime_failed', `A sandbox ${what}: ${log || 'it gave no reason'}`, {
      hint: 'Run `npm run doctor`: it tries what sandboxes need and says what is missing.',
      cause,
    });
  }

  #call(args: string[], output: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.#program, ['--root', join(this.#options.runDirectory, 'runc'), ...args], {
        stdio: ['ignore', output, output],
      });
      child.once('error', (error) =>
        reject(
          new VethlabError('runtime_missing', `${this.#program} could not be run: ${error.message}.`, {
            hint: 'Install it: apt install runc.',
            cause: error,
          }),
        ),
      );
      child.once('close', (code) => resolve(code ?? 1));
    });
  }

  /** Ends all processes and removes every trace, however far the start had come. */
  async #destroy(id: string): Promise<void> {
    // Killing the first process ends the whole pid namespace; the others are for starts that never got that far.
    const until = Date.now() + START_MS;
    let left = this.#cgroups.processes(id);
    for (let waitMs = 2; left.length > 0 && Date.now() < until; waitMs = Math.min(waitMs * 2, 64)) {
      for (const pid of left) kill(pid);
      await delay(waitMs);
      left = this.#cgroups.someProcesses(id);
    }
    await this.#cgroups.remove(id);
    // `runc delete` would do no more than this, in a program of its own.
    for (const directory of [join('runc', id), id])
      await rm(join(this.#options.runDirectory, directory), { recursive: true, force: true });
    this.#own.delete(id);
  }
}

/** Raising one's own hard limit takes a privilege (CAP_SYS_RESOURCE) that a server in a container may lack. */
function openFilesLimit(): number {
  const hard = Number(/^Max open files\s+\S+\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]);
  return Number.isNaN(hard) ? OPEN_FILES : Math.min(OPEN_FILES, hard);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
