/** Paths on the command line → labs. A path is a lab (or its index.md), a module, a course, or a folder of any of these. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { VethlabError } from '../base/errors.ts';
import { idOfFolder } from '../course/lab-address.ts';
import type { Diagnostic, Lab } from '../course/lab.ts';
import { foldersOf, loadCourse } from '../course/load-course.ts';
import type { LabMemory } from '../course/lab-memory.ts';
import { loadLab } from '../course/load-lab.ts';
import type { LabFilter } from '../course/lab-result.ts';
import type { SourceText } from '../course/source-text.ts';

export interface FoundLabs {
  readonly labs: readonly Lab[];
  /** Folders that were read as labs, with faults or without. */
  readonly count: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly filters: readonly LabFilter[];
  readonly sources: readonly SourceText[];
}

/** `memory` spares labs that did not change since the last time. */
export async function findLabs(paths: readonly string[], memory?: LabMemory): Promise<FoundLabs> {
  const found = {
    labs: [] as Lab[],
    count: 0,
    diagnostics: [] as Diagnostic[],
    filters: [] as LabFilter[],
    sources: [] as SourceText[],
  };
  for (const given of paths.length > 0 ? paths : ['labs']) {
    const place = path.basename(given) === 'index.md' ? path.dirname(given) : given;
    if (!existsSync(place) || !statSync(place).isDirectory()) {
      throw new VethlabError('not_found', `There is no folder ${given}.`, {
        hint: 'Give the path of a lab, a module or a course, such as labs/20-mtu/30-my-lab.',
      });
    }
    if (existsSync(path.join(place, 'course.yaml'))) {
      const loaded = await loadCourse(place, memory);
      found.labs.push(...loaded.course.modules.flatMap((module) => module.labs));
      add(found, loaded);
      found.count += loaded.sources.filter(({ file }) => path.basename(file) === 'index.md').length;
      continue;
    }
    const directories = await labFolders(place);
    if (directories.length === 0)
      throw new VethlabError('not_found', `No lab is in ${given}: none of its folders has an index.md.`);
    for (const directory of directories) {
      const loaded = await loadLab(directory, { id: idOf(directory), memory });
      if (loaded.lab) found.labs.push(loaded.lab);
      add(found, loaded);
      found.count += 1;
    }
  }
  return found;
}

function add(
  found: { diagnostics: Diagnostic[]; filters: LabFilter[]; sources: SourceText[] },
  loaded: Pick<FoundLabs, 'diagnostics' | 'filters' | 'sources'>,
): void {
  found.diagnostics.push(...loaded.diagnostics);
  found.filters.push(...loaded.filters);
  found.sources.push(...loaded.sources);
}

/** A lab in a module is called after both. */
function idOf(directory: string): string {
  const folder = path.resolve(directory);
  const lab = idOfFolder(path.basename(folder));
  return existsSync(path.join(folder, '..', 'module.yaml'))
    ? `${idOfFolder(path.basename(path.dirname(folder)))}/${lab}`
    : lab;
}

const MAX_DEPTH = 3;

async function labFolders(directory: string, depth = 0): Promise<string[]> {
  if (existsSync(path.join(directory, 'index.md'))) return [directory];
  if (depth === MAX_DEPTH) return [];
  const folders = await foldersOf(directory);
  const found: string[] = [];
  for (const folder of folders)
    if (folder !== 'assets') found.push(...(await labFolders(path.join(directory, folder), depth + 1)));
  return found;
}
