/** The glossary that labs under a path link to: it lies in the folder of their course, which a preview of one lab does not read. */
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Lab, module, course. */
const MOST_LEVELS = 3;

/** The folder that holds it; null where there is none. */
export function glossaryFolder(place: string): string | null {
  let folder = path.resolve(place);
  for (let level = 0; level < MOST_LEVELS; level++) {
    if (existsSync(path.join(folder, 'glossary.md'))) return folder;
    folder = path.dirname(folder);
  }
  return null;
}
