/**
 * Control groups of sandboxes on cgroup v1, v2 and hybrid hosts: `<group>/<id>` holds the ceilings of the whole sandbox,
 * `outer` in it the platform's helpers, `lab` with lower ceilings what learners run, so that the helpers always have room.
 */
import { existsSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { VethlabError } from '../../base/errors.ts';
import { labLimits } from '../lab-limits.ts';
import type { Limits } from '../runtime.ts';

export interface CgroupHost {
  readonly version: 1 | 2;
  /** Directories of all hierarchies: one on v2; on v1 and hybrid one per mounted hierarchy. */
  readonly hierarchies: readonly Hierarchy[];
}

export interface Hierarchy {
  readonly directory: string;
  /** Empty for v2 and for named hierarchies. */
  readonly controllers: readonly string[];
}

const PERIOD_US = 100_000;
/** From the text of /proc/self/mountinfo (proc(5)). */
export function parseCgroupHost(mountinfo: string): CgroupHost {
  const v1: Hierarchy[] = [];
  const v2: Hierarchy[] = [];
  for (const line of mountinfo.split('\n')) {
    const [left, right] = line.split(' - ');
    const directory = left?.split(' ')[4];
    const [type, , options] = right?.split(' ') ?? [];
    if (!directory) continue;
    if (type === 'cgroup2') v2.push({ directory, controllers: [] });
    if (type === 'cgroup') {
      const controllers = (options ?? '')
        .split(',')
        .filter((option) => !/^(rw|ro|name=.*|xattr|clone_children)$/.test(option));
      v1.push({ directory, controllers });
    }
  }
  const holdsMemory = v1.some(({ controllers }) => controllers.includes('memory'));
  return holdsMemory ? { version: 1, hierarchies: [...v1, ...v2] } : { version: 2, hierarchies: v2.slice(0, 1) };
}

export function readCgroupHost(): CgroupHost {
  return parseCgroupHost(readFileSync('/proc/self/mountinfo', 'utf8'));
}

export class SandboxCgroups {
  readonly #host: CgroupHost;
  readonly #group: string;

  /** `group` is the directory that all sandboxes of this installation share, for example `vethlab-1a2b`. */
  constructor(host: CgroupHost, group: string) {
    this.#host = host;
    this.#group = group;
  }

  /** For the runtime: where it puts the outer context. */
  runtimePath(id: string): string {
    return `/${this.#group}/${id}/outer`;
  }

  /** Makes the groups with their ceilings; returns the `cgroup.procs` of the lab by controller, for processes to join. */
  async create(id: string, limits: Limits): Promise<Map<string, string>> {
    const lab = labLimits(limits);
    const joinable = new Map<string, string>();
    try {
      if (this.#host.version === 2) {
        const [unified] = this.#host.hierarchies;
        if (!unified) throw new Error('No cgroup file system is mounted.');
        await enableControllers(unified.directory);
        const group = await makeDirectory(unified.directory, this.#group);
        await enableControllers(group);
        const total = await makeDirectory(group, id);
        await enableControllers(total);
        await writeV2(total, limits);
        await writeV2(await makeDirectory(total, 'lab'), lab);
        joinable.set('unified', join(total, 'lab', 'cgroup.procs'));
      } else {
        const make = async ({ directory, controllers }: Hierarchy): Promise<void> => {
          const limited = controllers.filter((name) => name === 'memory' || name === 'pids' || name === 'cpu');
          if (limited.length === 0) return;
          const total = await makeDirectory(await makeDirectory(directory, this.#group), id);
          const own = await makeDirectory(total, 'lab');
          for (const controller of limited) {
            await writeV1(controller, total, limits);
            await writeV1(controller, own, lab);
          }
          joinable.set(limited.join('-'), join(own, 'cgroup.procs'));
        };
        await Promise.all(this.#host.hierarchies.map(make));
      }
    } catch (error) {
      await this.#removeOnce(id);
      throw new VethlabError(
        'runtime_failed',
        `The control groups of a sandbox could not be made: ${(error as Error).message}.`,
        {
          hint: 'Vethlab needs root and the memory, pids and cpu controllers; `npm run doctor` says what is missing.',
          cause: error,
        },
      );
    }
    return joinable;
  }

  /** Ids that have groups, also those whose sandboxes are gone. */
  ids(): string[] {
    const found = new Set<string>();
    for (const { directory } of this.#host.hierarchies) {
      const group = join(directory, this.#group);
      if (!existsSync(group)) continue;
      for (const entry of readdirSync(group, { withFileTypes: true })) if (entry.isDirectory()) found.add(entry.name);
    }
    return [...found];
  }

  /** The processes of a sandbox as the host numbers them, also of one that is in some hierarchies only. */
  processes(id: string): number[] {
    return [...new Set(this.#host.hierarchies.flatMap((hierarchy) => this.#members(hierarchy, id)))];
  }

  /** Those that the first hierarchy with any of them knows: once a sandbox has started, all there are. */
  someProcesses(id: string): number[] {
    for (const hierarchy of this.#host.hierarchies) {
      const found = this.#members(hierarchy, id);
      if (found.length > 0) return found;
    }
    return [];
  }

  #members({ directory }: Hierarchy, id: string): number[] {
    return ['outer', 'lab'].flatMap((part) => {
      const file = join(directory, this.#group, id, part, 'cgroup.procs');
      return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').filter(Boolean).map(Number) : [];
    });
  }

  /** Removes the groups once they are empty, which they are a moment after their last process has ended. */
  async remove(id: string, deadlineMs = 5000): Promise<void> {
    const until = Date.now() + deadlineMs;
    while (!(await this.#removeOnce(id))) {
      if (Date.now() > until) {
        throw new VethlabError('runtime_failed', `Control groups of the sandbox ${id} are still in use.`, {
          details: { processes: this.processes(id) },
        });
      }
      await delay(5);
    }
  }

  /** Removes the group of the whole installation when no sandbox is left in it. */
  removeGroup(): void {
    for (const { directory } of this.#host.hierarchies) {
      try {
        rmdirSync(join(directory, this.#group));
      } catch {
        // Others are in it, or it is gone.
      }
    }
  }

  async #removeOnce(id: string): Promise<boolean> {
    const areGone = await Promise.all(
      this.#host.hierarchies.map(async ({ directory }) => {
        const total = join(directory, this.#group, id);
        if (!existsSync(total)) return true;
        await tryRemove(join(total, 'lab'));
        await tryRemove(join(total, 'outer'));
        return tryRemove(total);
      }),
    );
    return areGone.every(Boolean);
  }
}

// The kernel makes and removes groups one at a time, in milliseconds when there are many: nobody else is to wait for that.
async function makeDirectory(parent: string, name: string): Promise<string> {
  const directory = join(parent, name);
  await mkdir(directory, { recursive: true });
  return directory;
}

async function enableControllers(directory: string): Promise<void> {
  const enabled = (await readFile(join(directory, 'cgroup.subtree_control'), 'utf8')).split(/\s+/);
  const missing = ['memory', 'pids', 'cpu'].filter((name) => !enabled.includes(name));
  if (missing.length > 0)
    await writeFile(join(directory, 'cgroup.subtree_control'), missing.map((name) => `+${name}`).join(' '));
}

async function writeV2(directory: string, limits: Limits): Promise<void> {
  await writeFile(join(directory, 'memory.max'), String(limits.memoryBytes));
  await writeIfThere(join(directory, 'memory.swap.max'), '0');
  await writeFile(join(directory, 'pids.max'), String(limits.pids));
  await writeFile(join(directory, 'cpu.max'), `${Math.round(limits.cpus * PERIOD_US)} ${PERIOD_US}`);
}

async function writeV1(controller: string, directory: string, limits: Limits): Promise<void> {
  switch (controller) {
    case 'memory':
      await writeFile(join(directory, 'memory.limit_in_bytes'), String(limits.memoryBytes));
      await writeIfThere(join(directory, 'memory.memsw.limit_in_bytes'), String(limits.memoryBytes));
      break;
    case 'pids':
      await writeFile(join(directory, 'pids.max'), String(limits.pids));
      break;
    case 'cpu':
      await writeFile(join(directory, 'cpu.cfs_period_us'), String(PERIOD_US));
      await writeFile(join(directory, 'cpu.cfs_quota_us'), String(Math.round(limits.cpus * PERIOD_US)));
      break;
    default:
      throw new Error(`No limit is known for the controller ${controller}.`);
  }
}

async function writeIfThere(file: string, value: string): Promise<void> {
  if (existsSync(file)) await writeFile(file, value);
}

async function tryRemove(directory: string): Promise<boolean> {
  try {
    await rmdir(directory);
  } catch {
    return !existsSync(directory);
  }
  return true;
}
