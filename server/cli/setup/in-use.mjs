/** Whether a server has a data folder open already, in this kernel or in one of its own. */
import { readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The process that has the folder's database open; null for none. A server in User Mode Linux counts: its kernel is a process
 * here, and opens the files of the machine. Locks do not reach from one kernel to the other, so two servers would spoil the file.
 * @param {string} dataDirectory
 * @returns {number | null}
 */
export function serverOf(dataDirectory) {
  let database;
  try {
    database = realpathSync(join(dataDirectory, 'vethlab.db'));
  } catch {
    return null;
  }
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      for (const descriptor of readdirSync(`/proc/${pid}/fd`)) {
        if (readlinkSync(`/proc/${pid}/fd/${descriptor}`) === database) return Number(pid);
      }
    } catch {
      // It ended meanwhile, or belongs to somebody else.
    }
  }
  return null;
}
