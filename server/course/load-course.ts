/** Turns `labs/**` on disk into a Course and everything that is wrong with it. One bad lab hides no other. */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { DiagnosticList } from './diagnostic-list.ts';
import { parseWith } from './explain-issue.ts';
import { idOfFolder, orderOfFolder } from './lab-address.ts';
import type { LabMemory } from './lab-memory.ts';
import { YamlSource, type Path } from './lab-source.ts';
import type { Course, Diagnostic, Heading, Lab, Module } from './lab.ts';
import { loadLab } from './load-lab.ts';
import type { LabFilter } from './lab-result.ts';
import { didYouMean } from './nearest.ts';
import { courseSchema, headingSchema, moduleSchema } from './schema/lab-schema.ts';
import { SourceText } from './source-text.ts';
import { loadGlossary } from './load-glossary.ts';

export interface LoadedCourse {
  /** Holds the labs that can be used; those with faults that keep them from it are left out. */
  readonly course: Course;
  readonly diagnostics: readonly Diagnostic[];
  readonly filters: readonly LabFilter[];
  readonly sources: readonly SourceText[];
}

/** `root` is the folder that holds `course.yaml`; `memory` spares what did not change since the last time. */
export async function loadCourse(root: string, memory?: LabMemory): Promise<LoadedCourse> {
  const collected = { diagnostics: [] as Diagnostic[], filters: [] as LabFilter[], sources: [] as SourceText[] };
  const file = await readYaml(path.join(root, 'course.yaml'), courseSchema, collected);
  const course = file.value ?? { title: 'Course', summary: '', languages: ['en'], modules: undefined };
  const folders = (await foldersOf(root)).filter((folder) => /^\d+-/.test(folder));
  const modules: Module[] = [];
  for (const folder of folders) {
    const module = await loadModule(path.join(root, folder), course.languages, collected, memory);
    const same = modules.find((other) => other.id === module.id);
    if (same)
      collected.diagnostics.push(
        atStart(
          path.join(root, folder, 'module.yaml'),
          'duplicate_name',
          `Another folder is the module \`${module.id}\` already.`,
          'Without their numbers, folder names must differ.',
        ),
      );
    else modules.push(module);
  }
  const order = course.modules;
  if (order) {
    const ids = modules.map(({ id }) => id);
    for (const [index, id] of order.entries()) {
      if (!ids.includes(id))
        file.report(
          'unknown_module',
          ['modules', index],
          `There is no module \`${id}\`.`,
          didYouMean(id, ids) ?? 'A module goes by its folder without the number.',
        );
      else if (order.indexOf(id) !== index)
        file.report('duplicate_name', ['modules', index], `The module \`${id}\` is listed twice.`);
    }
    for (const id of ids)
      if (!order.includes(id))
        file.report('module_not_listed', ['modules'], `The module \`${id}\` is not listed, so nobody finds it.`);
    modules.sort((one, other) => place(order, one.id) - place(order, other.id));
  }
  const { title, summary, languages } = course;
  const heading = await loadHeadings(root, 'course', { title, summary }, languages, collected);
  const { glossary, diagnostics, sources } = await loadGlossary(root, languages);
  collected.diagnostics.push(...diagnostics);
  collected.sources.push(...sources);
  return { course: { title, summary, languages, modules, glossary, heading }, ...collected };
}

function place(order: readonly string[], id: string): number {
  const index = order.indexOf(id);
  return index === -1 ? order.length : index;
}

interface Collected {
  readonly diagnostics: Diagnostic[];
  readonly filters: LabFilter[];
  readonly sources: SourceText[];
}

async function loadModule(
  directory: string,
  languages: readonly string[],
  collected: Collected,
  memory: LabMemory | undefined,
): Promise<Module> {
  const id = idOfFolder(path.basename(directory));
  const { value } = await readYaml(path.join(directory, 'module.yaml'), moduleSchema, collected);
  const [language = 'en', ...translations] = languages;
  const labs: Lab[] = [];
  const ids = new Set<string>();
  for (const folder of await foldersOf(directory)) {
    if (!/^\d+-/.test(folder)) continue;
    const labId = `${id}/${idOfFolder(folder)}`;
    const loaded = await loadLab(path.join(directory, folder), { id: labId, language, memory });
    collected.diagnostics.push(...loaded.diagnostics);
    collected.filters.push(...loaded.filters);
    collected.sources.push(...loaded.sources);
    if (ids.has(labId))
      collected.diagnostics.push(
        atStart(
          path.join(directory, folder, 'index.md'),
          'duplicate_name',
          `Another folder is the lab \`${labId}\` already.`,
          'Without their numbers, folder names must differ.',
        ),
      );
    else if (loaded.lab) labs.push(loaded.lab);
    ids.add(labId);
    for (const missing of translations.filter((one) => loaded.lab?.languages.includes(one) === false))
      collected.diagnostics.push(notTranslated(path.join(directory, folder, 'index.md'), `index.${missing}.md`));
  }
  const written = { title: value?.title ?? id, summary: value?.summary ?? '' };
  return { id, ...written, labs, heading: await loadHeadings(directory, 'module', written, languages, collected) };
}

/** Reads `<name>.<language>.yaml` for each further language of the course; one that is missing is a fault. */
async function loadHeadings(
  directory: string,
  name: 'course' | 'module',
  written: Heading,
  languages: readonly string[],
  collected: Collected,
): Promise<(language: string) => Heading> {
  const headings = new Map<string, Heading>();
  const files = await readdir(directory);
  for (const language of languages.slice(1)) {
    const file = `${name}.${language}.yaml`;
    if (!files.includes(file)) {
      collected.diagnostics.push(notTranslated(path.join(directory, `${name}.yaml`), file));
      continue;
    }
    const { value } = await readYaml(path.join(directory, file), headingSchema, collected);
    if (value) headings.set(language, value);
  }
  return (language) => headings.get(language) ?? written;
}

function notTranslated(file: string, wanted: string): Diagnostic {
  return atStart(
    file,
    'translation_missing',
    'This is not translated to every language of the course.',
    `Write ${wanted} beside it, or take the language out of course.yaml.`,
  );
}

/** Folders by their numbers, then by name. */
export async function foldersOf(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return names.toSorted((one, other) => orderOfFolder(one) - orderOfFolder(other) || one.localeCompare(other, 'en'));
}

async function readYaml<T>(
  file: string,
  schema: z.ZodType<T>,
  collected: Collected,
): Promise<{ value: T | null; report(code: string, at: Path, message: string, hint?: string): void }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    collected.diagnostics.push(
      atStart(
        file,
        'no_file',
        `There is no ${path.basename(file)}, or it cannot be read.`,
        'Write one with at least `title` and `summary`.',
      ),
    );
    return { value: null, report: () => undefined };
  }
  const source = new SourceText(file, text);
  collected.sources.push(source);
  const diagnostics = new DiagnosticList(source);
  const yaml = new YamlSource(source, 0, source.text, diagnostics);
  const read = parseWith(schema, yaml.value);
  if (yaml.isReadable && 'faults' in read) {
    for (const fault of read.faults)
      diagnostics.add(
        fault.code,
        fault.at === 'key' ? yaml.keySpan(fault.path) : yaml.valueSpan(fault.path),
        fault.message,
        fault.hint,
      );
  }
  collected.diagnostics.push(...diagnostics.toArray());
  return {
    value: 'value' in read ? read.value : null,
    report(code, at, message, hint) {
      const one = new DiagnosticList(source);
      one.add(code, yaml.valueSpan(at), message, hint);
      collected.diagnostics.push(...one.toArray());
    },
  };
}

function atStart(file: string, code: string, message: string, hint: string): Diagnostic {
  return { code, file, line: 1, column: 1, length: 1, message, hint };
}
