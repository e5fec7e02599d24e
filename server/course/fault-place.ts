/** Where a fault of a lab's file belongs on the page that is made of the file. */
import { Marked } from 'marked';
import { DiagnosticList } from './diagnostic-list.ts';
import { directiveExtensions, type TaskToken } from './directive-syntax.ts';
import { splitLabSource, type LabSource } from './lab-source.ts';
import type { SourceText } from './source-text.ts';

/** A task by its name, or one of the lesson's blocks (paragraphs, tables, pictures …), counted from 0 as they are rendered. */
export type FaultPlace = { readonly task: string } | { readonly block: number };

/** Null for what has no place of its own on the page: title, topology, variables. */
export function faultPlace(source: SourceText, line: number): FaultPlace | null {
  const lab = splitLabSource(source, new DiagnosticList(source));
  return line >= source.positionAt(lab.bodyOffset).line ? placeInLesson(source, lab, line) : placeInFront(lab, line);
}

function placeInLesson(source: SourceText, lab: LabSource, line: number): FaultPlace | null {
  const marked = new Marked({ gfm: true }, { extensions: directiveExtensions({ task: () => '', leaf: () => '' }) });
  let offset = lab.bodyOffset;
  let block = -1;
  for (const token of marked.lexer(lab.body)) {
    if (source.positionAt(offset).line > line) break;
    offset += token.raw.length;
    if (token.type === 'space' || token.type === 'def') continue;
    block += 1;
    // The last line of a block has no end yet.
    const isHere = line <= source.positionAt(offset - 1).line;
    if (isHere && token.type === 'task') {
      const task = (token as TaskToken).head.attributes.find(({ name }) => name === 'name')?.value;
      if (task !== undefined) return { task };
    }
    if (isHere) break;
  }
  return block === -1 ? null : { block };
}

function placeInFront(lab: LabSource, line: number): FaultPlace | null {
  if (!lab.front.isReadable) return null;
  const front = lab.front.value as Record<string, unknown>;
  if (lastBefore(lab, [], Object.keys(front), line) !== 'tasks') return null;
  const tasks = front['tasks'];
  if (typeof tasks !== 'object' || tasks === null) return null;
  const task = lastBefore(lab, ['tasks'], Object.keys(tasks), line);
  return task === null ? null : { task };
}

/** The key of a map whose part of the file holds the line. */
function lastBefore(lab: LabSource, path: readonly string[], keys: readonly string[], line: number): string | null {
  const lineOf = (key: string): number => lab.front.source.positionAt(lab.front.keySpan([...path, key]).offset).line;
  return keys.filter((key) => lineOf(key) <= line).toSorted((one, other) => lineOf(other) - lineOf(one))[0] ?? null;
}
