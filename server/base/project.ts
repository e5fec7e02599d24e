/** The folder that Vethlab lies in. The sources run from below it, and so does the program that is built from them (dist/server). */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const PROJECT = folderWith('package.json', import.meta.dirname);

function folderWith(file: string, folder: string): string {
  if (existsSync(join(folder, file)) || folder === dirname(folder)) return folder;
  return folderWith(file, dirname(folder));
}
