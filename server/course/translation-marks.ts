/**
 * Marks of an original's parts: a translation keeps those of the text it was made from (`original:`), so that what has
 * changed since is known without a version history. Reads texts alone.
 */
import { createHash } from 'node:crypto';
import { Marked } from 'marked';
import { directiveExtensions } from './directive-syntax.ts';
import type { LabSource } from './lab-source.ts';

export interface TranslationMarks {
  /** Of title, summary and objectives. */
  readonly header: string;
  /** By name of the task. */
  readonly tasks: Readonly<Record<string, string>>;
  /** Of the lesson's sections, in order: what stands before the first `##`, then one for each. */
  readonly lesson: readonly string[];
}

export interface StalePart {
  /** `header`, a task's name, or the heading of a section. */
  readonly what: string;
  readonly task: string | null;
  /** Which `##` of the lesson, from 0; null for what stands before the first, and for what is no section. */
  readonly section: number | null;
}

const HEADER_TEXTS = ['title', 'summary', 'objectives'];
const TASK_TEXTS = ['title', 'ask', 'choices', 'why', 'hints', 'pass', 'fail'];
const MARK_LENGTH = 8;

export function marksOf(original: LabSource): TranslationMarks {
  const front = asMap(original.front.value);
  const tasks = Object.entries(asMap(front['tasks']));
  return {
    header: markOf(textsOf(front, HEADER_TEXTS)),
    tasks: Object.fromEntries(tasks.map(([name, task]) => [name, markOf(textsOf(asMap(task), TASK_TEXTS))])),
    lesson: sectionsOf(original.body).map(({ text }) => markOf(text)),
  };
}

/** What the original says otherwise than when the marks were made. Tasks that came or went are other faults. */
export function staleParts(original: LabSource, kept: TranslationMarks): StalePart[] {
  const marks = marksOf(original);
  const stale: StalePart[] = [];
  if (marks.header !== kept.header) stale.push({ what: 'title, summary or objectives', task: null, section: null });
  for (const [name, mark] of Object.entries(marks.tasks))
    if (kept.tasks[name] !== mark) stale.push({ what: `the task \`${name}\``, task: name, section: null });
  // By content: a section that only moved is no other one.
  const sections = sectionsOf(original.body);
  const headed = sections.filter(({ heading }) => heading !== null);
  for (const section of sections) {
    if (kept.lesson.includes(markOf(section.text))) continue;
    const { heading } = section;
    if (heading === null) stale.push({ what: 'the beginning of the lesson', task: null, section: null });
    else stale.push({ what: `the section “${heading}”`, task: null, section: headed.indexOf(section) });
  }
  return stale;
}

/** Its `##` headings. */
export function sectionCount(body: string): number {
  return sectionsOf(body).filter(({ heading }) => heading !== null).length;
}

function sectionsOf(body: string): { heading: string | null; text: string }[] {
  // The bare grammar: footnotes and alerts would move tokens about.
  const marked = new Marked({ gfm: true }, { extensions: directiveExtensions({ task: () => '', leaf: () => '' }) });
  const sections: { heading: string | null; text: string }[] = [{ heading: null, text: '' }];
  for (const token of marked.lexer(body)) {
    if (token.type === 'heading' && token['depth'] <= 2) sections.push({ heading: String(token['text']), text: '' });
    const last = sections.at(-1);
    if (last) last.text += token.raw;
  }
  return sections.map(({ heading, text }) => ({ heading, text: text.trim() })).filter(({ text }) => text !== '');
}

/** Letters alone: YAML would take some runs of digits for numbers. */
function markOf(content: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(content)).digest();
  return [...hash.subarray(0, MARK_LENGTH)].map((byte) => String.fromCodePoint(0x61 + (byte % 16))).join('');
}

function textsOf(map: Record<string, unknown>, keys: readonly string[]): unknown {
  return keys.map((key) => map[key] ?? null);
}

function asMap(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
