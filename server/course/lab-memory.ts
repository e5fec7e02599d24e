/** Labs as they were read last: what did not change on disk since is not read anew. For a course that is being written. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { LoadedLabResult } from './lab-result.ts';

export class LabMemory {
  readonly #known = new Map<string, { readonly state: string; readonly result: LoadedLabResult }>();

  /** `read` is called when a file of the folder came, went or changed, or the lab goes by another name. */
  async recall(directory: string, name: string, read: () => Promise<LoadedLabResult>): Promise<LoadedLabResult> {
    // Before reading: what changes meanwhile is read once more the next time.
    const state = `${name}\n${await stateOf(directory)}`;
    const known = this.#known.get(directory);
    if (known?.state === state) return known.result;
    const result = await read();
    this.#known.set(directory, { state, result });
    return result;
  }
}

/** Names, sizes and times of all files of a folder. */
async function stateOf(directory: string): Promise<string> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    const lines = await Promise.all(
      files.map(async (file) => {
        const { size, mtimeMs, ino } = await stat(file);
        return `${file} ${size} ${mtimeMs} ${ino}`;
      }),
    );
    return lines.toSorted().join('\n');
  } catch {
    return 'It cannot be read.';
  }
}
