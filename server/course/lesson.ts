/** A lesson's markdown with places: the tasks it shows, its pictures, run blocks, links. Renders nothing. */
import { Marked, type Token } from 'marked';
import { readCodeInfo, type CodeInfo } from './code-block.ts';
import { directiveExtensions, type DirectiveHead, type LeafToken, type TaskToken } from './directive-syntax.ts';
import type { Span } from './source-text.ts';

/** Offsets count from the start of the lesson. */
export interface Lesson {
  readonly tasks: readonly (PlacedDirective & { readonly isClosed: boolean })[];
  readonly leaves: readonly PlacedDirective[];
  readonly runBlocks: readonly { readonly info: CodeInfo; readonly span: Span }[];
  readonly links: readonly { readonly href: string; readonly isPicture: boolean; readonly span: Span }[];
  /** Prose without markup, and what was meant as markup and is none. */
  readonly texts: readonly { readonly raw: string; readonly span: Span }[];
}

export interface PlacedDirective {
  readonly head: DirectiveHead;
  readonly span: Span;
}

interface Found {
  tasks: (PlacedDirective & { isClosed: boolean })[];
  leaves: PlacedDirective[];
  runBlocks: { info: CodeInfo; span: Span }[];
  links: { href: string; isPicture: boolean; span: Span }[];
  texts: { raw: string; span: Span }[];
}

/**
 * marked has no positions, but the `raw` of its block tokens concatenates to the source: places of blocks are exact, of what
 * is nested in lists and quotes they are found by searching from the start of the block.
 */
export function readLesson(markdown: string): Lesson {
  // Footnotes and alerts would move tokens about; places are taken from the bare grammar with directives.
  const marked = new Marked({ gfm: true }, { extensions: directiveExtensions({ task: () => '', leaf: () => '' }) });
  const found: Found = { tasks: [], leaves: [], runBlocks: [], links: [], texts: [] };
  collectBlocks(marked.lexer(markdown), 0, markdown, found);
  return found;
}

function collectBlocks(tokens: readonly Token[], start: number, markdown: string, found: Found): void {
  let at = start;
  for (const token of tokens) {
    if (token.type === 'task') {
      const task = token as TaskToken;
      const line = task.raw.indexOf('\n');
      found.tasks.push({
        head: task.head,
        isClosed: task.isClosed,
        span: { offset: at, length: line === -1 ? task.raw.length : line },
      });
      collectBlocks(task.tokens ?? [], at + task.innerOffset, markdown, found);
    } else collectNested(token, { at, end: at + token.raw.length }, markdown, found);
    at += token.raw.length;
  }
}

/** `cursor.at` moves on as tokens are found, so that equal texts get their own places. */
function collectNested(token: Token, cursor: { at: number; end: number }, markdown: string, found: Found): void {
  const place = (text: string): Span => {
    const offset = markdown.indexOf(text, cursor.at);
    if (offset === -1 || offset >= cursor.end) return { offset: cursor.at, length: 1 };
    cursor.at = offset;
    return { offset, length: text.length };
  };
  switch (token.type) {
    case 'leaf': {
      const { head, raw } = token as LeafToken;
      found.leaves.push({ head, span: place(raw.trimEnd()) });
      return;
    }
    case 'code': {
      const info = readCodeInfo(typeof token['lang'] === 'string' ? token['lang'] : undefined);
      if (info.isRun) found.runBlocks.push({ info, span: place(String(token['lang'])) });
      return;
    }
    case 'link':
    case 'image': {
      const href = String(token['href']);
      const whole = place(token.raw);
      const inside = token.raw.lastIndexOf(href);
      const span = inside === -1 || whole.length === 1 ? whole : { offset: whole.offset + inside, length: href.length };
      found.links.push({ href, isPicture: token.type === 'image', span });
      break;
    }
    case 'text':
      if (childrenOf(token).length === 0) found.texts.push({ raw: token.raw, span: place(token.raw) });
      break;
    default:
      break;
  }
  for (const child of childrenOf(token)) collectNested(child, cursor, markdown, found);
}

function childrenOf(token: Token): Token[] {
  const children: Token[] = [];
  const add = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) add(item);
    else if (typeof value === 'object' && value !== null && 'type' in value && 'raw' in value)
      children.push(value as Token);
    else if (typeof value === 'object' && value !== null && 'tokens' in value) add(value.tokens);
  };
  const generic = token as { tokens?: unknown; items?: unknown; header?: unknown; rows?: unknown };
  add(generic.items ?? generic.header ?? generic.tokens);
  add(generic.rows);
  return children;
}
