/** Puts an imported lab where it shall be: whole and without faults, or not at all. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { VethlabError } from '../../base/errors.ts';
import { loadLab } from '../../course/load-lab.ts';
import { printFound } from '../lint.ts';
import type { ImportedLab } from './imported-lab.ts';
import { labText } from './lab-text.ts';

/** @throws VethlabError `conflict` where something is already, `lab_invalid` for a lab that would have faults. */
export async function saveLab(lab: ImportedLab, directory: string): Promise<void> {
  assertFree(directory);
  const parent = path.dirname(path.resolve(directory));
  await mkdir(parent, { recursive: true });
  // Beside its place, so that the last step is a rename.
  const draft = await mkdtemp(path.join(parent, '.import-'));
  try {
    if (lab.assets.length > 0) await mkdir(path.join(draft, 'assets'));
    for (const { from, name } of lab.assets) await copyFile(from, path.join(draft, 'assets', name));
    await writeFile(path.join(draft, 'index.md'), labText(lab));
    const loaded = await loadLab(draft, { id: path.basename(directory) });
    if (loaded.diagnostics.length > 0) {
      const faults = printFound(loaded.diagnostics, loaded).replaceAll(`${draft}/`, '');
      throw new VethlabError(
        'lab_invalid',
        `The lab that this would give has faults, so nothing was written:\n\n${faults.trimEnd()}\n`,
        {
          hint: 'Mend what they come from in the files to import.',
        },
      );
    }
    assertFree(directory);
    await rename(draft, directory);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

function assertFree(directory: string): void {
  if (!existsSync(directory)) return;
  throw new VethlabError('conflict', `${directory} is there already.`, {
    hint: 'Say another folder with --to, or remove that one.',
  });
}
