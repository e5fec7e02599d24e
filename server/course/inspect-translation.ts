/** Reads `index.<language>.md` beside the original: what it translates, and what it lacks. */
import path from 'node:path';
import { DiagnosticList } from './diagnostic-list.ts';
import { parseWith } from './explain-issue.ts';
import { tasksNotShown } from './inspect-lesson.ts';
import type { AuthorTask } from './interpret.ts';
import { splitLabSource, type LabSource, type Path } from './lab-source.ts';
import type { Diagnostic } from './lab.ts';
import { EMPHASIS_FAULT, strayAsterisks, tasksWithStrayAsterisks } from './inspect-emphasis.ts';
import { readLesson } from './lesson.ts';
import { didYouMean } from './nearest.ts';
import { translationSchema, type AuthorTranslation, type AuthorVariable } from './schema/lab-schema.ts';
import type { SourceText } from './source-text.ts';
import { sectionCount, staleParts, type StalePart } from './translation-marks.ts';
import { referencesIn } from './variables.ts';
import { inspectTermLinks } from './inspect-terms.ts';

/** Keys of `index.md` that live there once. */
const ORIGINAL_ONLY = ['minutes', 'level', 'layers', 'requires', 'sources', 'optional', 'topology'];
const ORIGINAL_ONLY_IN_TASKS = ['points', 'needs', 'mode', 'check', 'answer', 'setup', 'solve', 'wrong'];

export interface ReadTranslation {
  /** Null where its front matter cannot be read. */
  readonly texts: AuthorTranslation | null;
  readonly body: string;
  /** Of the original, changed since this was made from it. */
  readonly stale: readonly StalePart[];
  readonly diagnostics: readonly Diagnostic[];
}

export function inspectTranslation(
  source: SourceText,
  original: LabSource,
  tasks: readonly AuthorTask[],
  taskNames: readonly string[],
  variables: Readonly<Record<string, AuthorVariable>>,
): ReadTranslation {
  const diagnostics = new DiagnosticList(source);
  const file = splitLabSource(source, diagnostics);
  if (!file.front.isReadable) return { texts: null, body: file.body, stale: [], diagnostics: diagnostics.toArray() };
  const read = parseWith(translationSchema, file.front.value);
  if ('faults' in read) {
    for (const fault of read.faults) {
      const isOriginals = fault.code === 'unknown_key' && isOriginalOnly(fault.path);
      const hint = isOriginals ? 'It lives once, in index.md; a translation holds texts alone.' : fault.hint;
      diagnostics.add(
        fault.code,
        fault.at === 'key' ? file.front.keySpan(fault.path) : file.front.valueSpan(fault.path),
        fault.message,
        hint,
      );
    }
    return { texts: null, body: file.body, stale: [], diagnostics: diagnostics.toArray() };
  }
  const texts = read.value;
  const stale = texts.original ? staleParts(original, texts.original) : [];
  for (const { what, task } of stale)
    diagnostics.add(
      'translation_old',
      file.front.keySpan(task !== null && texts.tasks[task] ? ['tasks', task] : ['original']),
      `index.md has changed since this was translated: ${what}.`,
      'Bring the translation up to date, then run `npm run lab -- translated` on this lab.',
    );
  for (const name of Object.keys(texts.tasks)) {
    if (!taskNames.includes(name))
      diagnostics.add(
        'unknown_task',
        file.front.keySpan(['tasks', name]),
        `index.md has no task \`${name}\`.`,
        didYouMean(name, taskNames),
      );
  }
  const lack = (path: Path, what: string): void =>
    diagnostics.add('translation_incomplete', file.front.valueSpan(path), `Not translated yet: ${what}.`);
  for (const key of ['title', 'summary'] as const) if (texts[key] === undefined) lack([], `\`${key}\``);
  for (const task of tasks)
    inspectTask(task, texts.tasks[task.name], lack, (path, message) =>
      diagnostics.add('translation_mismatch', file.front.valueSpan(path), message),
    );
  for (const fault of inspectRecords(texts, file.body, variables))
    diagnostics.add(fault.code, file.front.valueSpan(fault.path), fault.message);
  const lesson = readLesson(file.body);
  for (const name of tasksNotShown(lesson, taskNames)) {
    diagnostics.add(
      'task_not_shown',
      { offset: file.bodyOffset, length: 1 },
      `The lesson never shows the task \`${name}\`.`,
      `Write \`:::task{name=${name}}\`, its prose, and \`:::\`.`,
    );
  }
  for (const { span, message, hint } of inspectTermLinks(lesson, path.dirname(source.file)))
    diagnostics.add('unknown_term', { offset: file.bodyOffset + span.offset, length: span.length }, message, hint);
  const stray = [
    ...tasksWithStrayAsterisks(texts.tasks).map((at) => file.front.valueSpan(at)),
    ...strayAsterisks(lesson).map(({ offset, length }) => ({ offset: file.bodyOffset + offset, length })),
  ];
  for (const span of stray) diagnostics.add('stray_emphasis', span, EMPHASIS_FAULT.message, EMPHASIS_FAULT.hint);
  for (const { head, span } of lesson.tasks) {
    const name = head.attributes.find((attribute) => attribute.name === 'name')?.value ?? '';
    if (!taskNames.includes(name))
      diagnostics.add(
        'unknown_task',
        { offset: file.bodyOffset + span.offset, length: span.length },
        `index.md has no task \`${name}\`.`,
        didYouMean(name, taskNames),
      );
  }
  // With other sections than the original's, which of them is meant is not known.
  const isAligned = stale.length === 0 || sectionCount(file.body) === sectionCount(original.body);
  const placed = isAligned ? stale : stale.map((part) => ({ ...part, section: null }));
  return { texts, body: file.body, stale: placed, diagnostics: diagnostics.toArray() };
}

interface RecordFault {
  readonly code: 'translation_incomplete' | 'translation_mismatch' | 'unknown_variable';
  readonly path: Path;
  readonly message: string;
}

/** Entries of `pick` that are maps: each text of them that the translation shows is translated, entry by entry. */
function inspectRecords(
  texts: AuthorTranslation,
  body: string,
  variables: Readonly<Record<string, AuthorVariable>>,
): RecordFault[] {
  const entriesOf = (name: string): Record<string, unknown>[] =>
    (variables[name]?.pick ?? []).filter((entry): entry is Record<string, unknown> => typeof entry === 'object');
  const faults = Object.entries(texts.vars).flatMap(([name, { pick }]): RecordFault[] => {
    const path = ['vars', name];
    const entries = entriesOf(name);
    if (entries.length === 0)
      return [{ code: 'unknown_variable', path, message: `index.md picks \`${name}\` from no list of maps.` }];
    if (entries.length !== pick.length)
      return [
        {
          code: 'translation_mismatch',
          path,
          message: `index.md has ${entries.length} entries here, this translation ${pick.length}.`,
        },
      ];
    return pick.flatMap((entry, index) =>
      Object.keys(entry)
        .filter((key) => typeof entries[index]?.[key] !== 'string')
        .map((key) => ({
          code: 'translation_mismatch' as const,
          path: [...path, 'pick', index, key],
          message: `index.md has no text \`${key}\` here.`,
        })),
    );
  });
  const shown = referencesIn(`${JSON.stringify(texts.tasks)}${body}`);
  const needed = new Set(shown.flatMap(({ name, member }) => (member === undefined ? [] : [`${name}.${member}`])));
  for (const reference of needed) {
    const [name = '', member = ''] = reference.split('.');
    const lacking = entriesOf(name).findIndex(
      (entry, index) =>
        /[A-Za-z]{2} [A-Za-z]/.test(String(entry[member])) && texts.vars[name]?.pick[index]?.[member] === undefined,
    );
    if (lacking === -1) continue;
    const message = `Not translated yet: \`${reference}\` of entry ${lacking + 1}.`;
    faults.push({ code: 'translation_incomplete', path: ['vars', name], message });
  }
  return faults;
}

function isOriginalOnly(path: Path): boolean {
  const key = String(path.at(-1));
  return path.length === 1
    ? ORIGINAL_ONLY.includes(key)
    : path[0] === 'tasks' && path.length === 3 && ORIGINAL_ONLY_IN_TASKS.includes(key);
}

function inspectTask(
  task: AuthorTask,
  texts: AuthorTranslation['tasks'][string] | undefined,
  lack: (path: Path, what: string) => void,
  mismatch: (path: Path, message: string) => void,
): void {
  const { author } = task;
  const path = ['tasks', task.name];
  const written: Record<string, unknown> = { title: author.title, pass: author.pass, fail: author.fail };
  if (task.type === 'question')
    Object.assign(written, { ask: task.author.ask, why: task.author.why, choices: task.author.choices });
  const missing = Object.entries(written)
    .filter(([key, value]) => value !== undefined && texts?.[key as keyof typeof texts] === undefined)
    .map(([key]) => key);
  if (author.hints.length > 0 && texts?.hints === undefined) missing.push('hints');
  if (missing.length > 0) lack(texts ? path : [], missing.map((key) => `\`${task.name}.${key}\``).join(', '));
  if (texts?.hints && texts.hints.length !== author.hints.length)
    mismatch(
      [...path, 'hints'],
      `index.md has ${author.hints.length} hints here, this translation ${texts.hints.length}.`,
    );
  const choices = task.type === 'question' ? task.author.choices : undefined;
  if (texts?.choices && texts.choices.length !== choices?.length)
    mismatch(
      [...path, 'choices'],
      `index.md has ${choices?.length ?? 0} choices here, this translation ${texts.choices.length}.`,
    );
}
