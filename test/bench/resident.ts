/** What processes and control groups hold in memory, in mebibytes, as the kernel counts it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCgroupHost } from '../../server/sandbox/oci/cgroups.ts';

/** Of all these processes; pages shared by many count in parts. One that has ended meanwhile holds nothing. */
export function proportionalMemory(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + read(pid, 'Pss'), 0);
}

/** Of one process, shared pages in full. */
export function residentMemory(pid: number): number {
  return read(pid, 'Rss');
}

/** What the kernel keeps for the processes of a control group and of those below it: stacks, page tables, sockets, interfaces. */
export function kernelMemory(group: string): number {
  const { version, hierarchies } = readCgroupHost();
  const hierarchy = hierarchies.find(({ controllers }) => version === 2 || controllers.includes('memory'));
  const directory = join(hierarchy?.directory ?? '', group);
  const bytes =
    version === 2
      ? /^kernel (\d+)$/m.exec(readFileSync(join(directory, 'memory.stat'), 'utf8'))?.[1]
      : readFileSync(join(directory, 'memory.kmem.usage_in_bytes'), 'utf8');
  return Number(bytes) / 2 ** 20;
}

function read(pid: number, what: 'Pss' | 'Rss'): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(new RegExp(`^${what}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
