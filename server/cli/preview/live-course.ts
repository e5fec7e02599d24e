/** A lab, module or course on disk, read again whenever a file of it is saved. What cannot be used stays as it was last. */
import { watch } from 'node:fs';
import path from 'node:path';
import { Emitter } from '../../base/disposable.ts';
import type { CourseFault, CourseSource } from '../../course/course-source.ts';
import { faultPlace } from '../../course/fault-place.ts';
import type { Course, Heading, Lab } from '../../course/lab.ts';
import { LabMemory } from '../../course/lab-memory.ts';
import { compileFilters } from '../compile-filters.ts';
import { findLabs, type FoundLabs } from '../find-labs.ts';
import { EMPTY_GLOSSARY } from '../../course/glossary.ts';
import { loadGlossary } from '../../course/load-glossary.ts';
import { glossaryFolder } from './glossary-above.ts';

/** Editors write a file in several steps. */
const SETTLE_MS = 60;

export class LiveCourse implements CourseSource, AsyncDisposable {
  readonly #path: string;
  readonly #changes = new Emitter<void>();
  readonly #memory = new LabMemory();
  readonly #onError: (error: unknown) => void;
  #texts = '';
  #course: Course = { ...headed('Preview', ''), languages: ['en'], modules: [], glossary: EMPTY_GLOSSARY };
  #faults: readonly CourseFault[] = [];
  #watchers: ReturnType<typeof watch>[] = [];
  #timer: NodeJS.Timeout | null = null;
  #reading: Promise<void> = Promise.resolve();

  private constructor(place: string, onError: (error: unknown) => void) {
    this.#path = place;
    this.#onError = onError;
  }

  /** Reads it once and begins to watch. @throws VethlabError `not_found` where no lab is. */
  static async open(place: string, onError: (error: unknown) => void): Promise<LiveCourse> {
    const live = new LiveCourse(path.basename(place) === 'index.md' ? path.dirname(place) : place, onError);
    await live.#read();
    live.#watch(live.#path, true);
    const glossary = glossaryFolder(live.#path);
    if (glossary !== null && glossary !== path.resolve(live.#path)) live.#watch(glossary, false);
    // Saved between reading and watching.
    live.#noteChange();
    return live;
  }

  get course(): Course {
    return this.#course;
  }

  get faults(): readonly CourseFault[] {
    return this.#faults;
  }

  listen(listener: () => void): Disposable {
    return this.#changes.listen(listener);
  }

  #watch(folder: string, recursive: boolean): void {
    const watcher = watch(folder, { recursive, persistent: false }, () => this.#noteChange());
    watcher.on('error', this.#onError);
    this.#watchers.push(watcher);
  }

  #noteChange(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#reading = this.#reading.then(() => this.#read()).catch((error: unknown) => this.#onError(error));
    }, SETTLE_MS);
  }

  async #read(): Promise<void> {
    const found = await findLabs([this.#path], this.#memory);
    const folder = glossaryFolder(this.#path);
    const languages = languagesOf(found.labs);
    const { glossary, sources } = folder === null ? NO_GLOSSARY : await loadGlossary(folder, languages);
    const texts = textsOf({ ...found, sources: [...found.sources, ...sources] });
    if (texts === this.#texts) return;
    const filters = await compileFilters(found.filters);
    this.#course = { ...courseOf(found, this.#course), glossary };
    this.#faults = faultsOf(found, filters.diagnostics, this.#course);
    this.#texts = texts;
    this.#changes.emit();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const watcher of this.#watchers) watcher.close();
    if (this.#timer) clearTimeout(this.#timer);
    await this.#reading;
  }
}

const NO_GLOSSARY = { glossary: EMPTY_GLOSSARY, sources: [] };

function languagesOf(labs: readonly Lab[]): string[] {
  return [...new Set(['en', ...labs.flatMap((lab) => lab.languages)])];
}

/** Two readings that are equal here are the same course; also for faults that come from files beside the lesson. */
function textsOf({ sources, diagnostics }: FoundLabs): string {
  return JSON.stringify([sources.map(({ file, text }) => [file, text]), diagnostics]);
}

function faultsOf(found: FoundLabs, others: FoundLabs['diagnostics'], course: Course): CourseFault[] {
  const sources = new Map(found.sources.map((source) => [source.file, source]));
  const labs = new Map(course.modules.flatMap((module) => module.labs.map((lab) => [lab.directory, lab.id])));
  return [...found.diagnostics, ...others].map((diagnostic) => {
    const { file, line } = diagnostic;
    const source = sources.get(file);
    const labId = /^index(?:\.[A-Za-z-]+)?\.md$/.test(path.basename(file)) ? labs.get(path.dirname(file)) : undefined;
    return {
      ...diagnostic,
      sourceLine: source?.lineText(line) ?? null,
      labId: labId ?? null,
      place: source && labId !== undefined ? faultPlace(source, line) : null,
    };
  });
}

/** Labs that did not change keep their values, so that only what was saved is renewed. */
function courseOf(found: FoundLabs, before: Course): Omit<Course, 'glossary'> {
  const known = before.modules.flatMap((module) => module.labs);
  const folders = new Set(found.sources.map(({ file }) => path.dirname(file)));
  // A lab with faults is served as it was while its folder is there.
  const lost = known.filter((lab) => folders.has(lab.directory) && !found.labs.some(({ id }) => id === lab.id));
  const labs = [...found.labs, ...lost];
  const modules = Map.groupBy(labs, ({ id }) => (id.includes('/') ? (id.split('/')[0] ?? '') : ''));
  return {
    ...headed('Preview', 'Labs as they are being written.'),
    languages: languagesOf(labs),
    modules: [...modules].map(([id, own]: [string, Lab[]]) => ({
      id: id || 'preview',
      ...headed(id || 'Labs', ''),
      labs: own,
    })),
  };
}

/** A heading that is the same in every language. */
function headed(title: string, summary: string): Heading & Pick<Course, 'heading'> {
  return { title, summary, heading: () => ({ title, summary }) };
}
