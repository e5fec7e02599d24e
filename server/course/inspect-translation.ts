/** Reads `index.<language>.md` beside the original: what it translates, and what it lacks. */
import { DiagnosticList } from './diagnostic-list.ts';
import { parseWith } from './explain-issue.ts';
import { tasksNotShown } from './inspect-lesson.ts';
import type { AuthorTask } from './interpret.ts';
import { splitLabSource, type Path } from './lab-source.ts';
import type { Diagnostic } from './lab.ts';
import { readLesson } from './lesson.ts';
import { didYouMean } from './nearest.ts';
import { translationSchema, type AuthorTranslation } from './schema/lab-schema.ts';
import type { SourceText } from './source-text.ts';

/** Keys of `index.md` that live there once. */
const ORIGINAL_ONLY = ['minutes', 'level', 'layers', 'requires', 'sources', 'optional', 'vars', 'topology'];
const ORIGINAL_ONLY_IN_TASKS = ['points', 'needs', 'mode', 'check', 'answer', 'solve', 'wrong'];

export interface ReadTranslation {
  /** Null where its front matter cannot be read. */
  readonly texts: AuthorTranslation | null;
  readonly body: string;
  readonly diagnostics: readonly Diagnostic[];
}

export function inspectTranslation(
  source: SourceText,
  tasks: readonly AuthorTask[],
  taskNames: readonly string[],
): ReadTranslation {
  const diagnostics = new DiagnosticList(source);
  const file = splitLabSource(source, diagnostics);
  if (!file.front.isReadable) return { texts: null, body: file.body, diagnostics: diagnostics.toArray() };
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
    return { texts: null, body: file.body, diagnostics: diagnostics.toArray() };
  }
  const texts = read.value;
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
  const lesson = readLesson(file.body);
  for (const name of tasksNotShown(lesson, taskNames)) {
    diagnostics.add(
      'task_not_shown',
      { offset: file.bodyOffset, length: 1 },
      `The lesson never shows the task \`${name}\`.`,
      `Write \`:::task{name=${name}}\`, its prose, and \`:::\`.`,
    );
  }
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
  return { texts, body: file.body, diagnostics: diagnostics.toArray() };
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
