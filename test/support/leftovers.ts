/** What sandboxes may leave behind on a host: looked for after tests. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCgroupHost } from '../../server/sandbox/oci/cgroups.ts';

/** Lines that name control groups, processes in them, bundles, and mounts; empty when all is clean. */
export function leftovers(place: { runDirectory: string; cgroup: string }): string[] {
  const found: string[] = [];
  for (const { directory } of readCgroupHost().hierarchies) {
    const group = join(directory, place.cgroup);
    if (!existsSync(group)) continue;
    for (const entry of readdirSync(group, { withFileTypes: true })) {
      if (entry.isDirectory()) found.push(`control group ${join(group, entry.name)}`);
    }
  }
  for (const line of readFileSync('/proc/self/mountinfo', 'utf8').split('\n')) {
    if (line.includes(place.runDirectory)) found.push(`mount ${line}`);
  }
  if (existsSync(place.runDirectory)) {
    for (const entry of readdirSync(place.runDirectory)) {
      if (entry !== 'runc') found.push(`bundle ${entry}`);
      else for (const id of readdirSync(join(place.runDirectory, entry))) found.push(`state of runc ${id}`);
    }
  }
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(`/${place.cgroup}/`)) continue;
      // An ended process waits for its parent to notice, which is the host's business.
      const isEnded = /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      if (!isEnded) found.push(`process ${pid} ${command}`);
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}
