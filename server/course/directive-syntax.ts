/** Generic directives in markdown: `:::task{name=cut_it}` … `:::` and `::topology`. Finds them; knows no meaning but `task`. */
import type { TokenizerAndRendererExtension, TokenizerThis, Tokens } from 'marked';

export interface Attribute {
  readonly name: string;
  readonly value: string;
  /** Of the whole `name=value`, within the text of the directive. */
  readonly offset: number;
  readonly length: number;
}

export interface DirectiveHead {
  readonly name: string;
  readonly attributes: readonly Attribute[];
  /** What stands after the directive on its line, or in its brackets. */
  readonly caption: string;
  /** Parts that are no attribute, within the text of the directive. */
  readonly garbage: readonly { readonly offset: number; readonly length: number }[];
  readonly length: number;
}

export interface TaskToken extends Tokens.Generic {
  readonly type: 'task';
  readonly head: DirectiveHead;
  /** Where the prose begins within `raw`. */
  readonly innerOffset: number;
  readonly isClosed: boolean;
}

export interface LeafToken extends Tokens.Generic {
  readonly type: 'leaf';
  readonly head: DirectiveHead;
}

/** Reads `::name[caption]{a=1 b="two"}` at the start of a text; nothing where there is none. */
export function readDirective(text: string, colons: '::' | ':::'): DirectiveHead | undefined {
  const opening = new RegExp(`^${colons}([a-z][a-z-]*)`).exec(text);
  if (!opening) return undefined;
  let at = opening[0].length;
  let caption = '';
  const bracket = /^\[([^\]\n]*)\]/.exec(text.slice(at));
  if (bracket) {
    caption = bracket[1] ?? '';
    at += bracket[0].length;
  }
  const attributes: Attribute[] = [];
  const garbage: { offset: number; length: number }[] = [];
  if (text[at] === '{') {
    at += 1;
    for (;;) {
      at += /^[ \t]*/.exec(text.slice(at))?.[0].length ?? 0;
      if (text[at] === '}') {
        at += 1;
        break;
      }
      if (at >= text.length || text[at] === '\n') {
        garbage.push({ offset: opening[0].length, length: at - opening[0].length });
        break;
      }
      const rest = text.slice(at);
      const pair = /^([a-zA-Z][\w-]*)=(?:"([^"\n]*)"|'([^'\n]*)'|((?:\$\{[^}\n]*\}|[^\s}"'])+))/.exec(rest);
      const length = pair?.[0].length ?? /^(?:\$\{[^}\n]*\}|[^\s}])+/.exec(rest)?.[0].length ?? 1;
      if (pair)
        attributes.push({ name: pair[1] ?? '', value: pair[2] ?? pair[3] ?? pair[4] ?? '', offset: at, length });
      else garbage.push({ offset: at, length });
      at += length;
    }
  }
  const lineEnd = text.indexOf('\n', at);
  const tail = text.slice(at, lineEnd === -1 ? undefined : lineEnd);
  // Anything but white space right after the name means that this was no directive at all, as in `::1 is an address`.
  if (tail !== '' && !/^[ \t]/.test(tail)) return undefined;
  return {
    name: opening[1] ?? '',
    attributes,
    caption: caption || tail.trim(),
    garbage,
    length: lineEnd === -1 ? text.length : lineEnd + 1,
  };
}

/** Where the next directive may begin; marked ends a paragraph there. */
function startOfDirective(text: string): number | undefined {
  // The text begins in the middle of a line: only what follows a line break is at the start of one.
  const match = /\n::{1,2}[a-z]/.exec(text);
  return match ? match.index + 1 : undefined;
}

function tokenizeTask(this: TokenizerThis, text: string): TaskToken | undefined {
  if (!text.startsWith(':::') || !this.lexer.state.top) return undefined;
  const head = readDirective(text, ':::');
  if (!head || head.name !== 'task') return undefined;
  const { innerLength, length, isClosed } = findClosing(text, head.length);
  const inner = text.slice(head.length, head.length + innerLength);
  const token: TaskToken = {
    type: 'task',
    raw: text.slice(0, length),
    head,
    innerOffset: head.length,
    isClosed,
    tokens: [],
  };
  this.lexer.blockTokens(inner, token.tokens);
  return token;
}

/** The line `:::` that ends a container; one inside a fenced code block does not. */
function findClosing(text: string, from: number): { innerLength: number; length: number; isClosed: boolean } {
  let fence = '';
  let at = from;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const next = end === -1 ? text.length : end + 1;
    const line = text.slice(at, end === -1 ? undefined : end);
    const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (mark?.[1] && fence === '') fence = mark[1];
    else if (mark?.[1] && mark[1].startsWith(fence) && mark[2]?.trim() === '') fence = '';
    else if (fence === '' && /^:::[ \t]*$/.test(line)) return { innerLength: at - from, length: next, isClosed: true };
    // A second task inside means that the first one was never closed.
    else if (fence === '' && /^:::task\b/.test(line)) return { innerLength: at - from, length: at, isClosed: false };
    at = next;
  }
  return { innerLength: text.length - from, length: text.length, isClosed: false };
}

function tokenizeLeaf(this: TokenizerThis, text: string): LeafToken | undefined {
  if (!text.startsWith('::') || text.startsWith(':::')) return undefined;
  const head = readDirective(text, '::');
  return head && { type: 'leaf', raw: text.slice(0, head.length), head };
}

/** marked extensions that give `task` and `leaf` tokens; `render` turns them into HTML. */
export function directiveExtensions(render: {
  task(token: TaskToken, prose: string): string;
  leaf(token: LeafToken): string;
}): TokenizerAndRendererExtension[] {
  return [
    {
      name: 'task',
      level: 'block',
      start: startOfDirective,
      tokenizer: tokenizeTask,
      childTokens: ['tokens'],
      renderer(token) {
        return render.task(token as TaskToken, this.parser.parse(token.tokens ?? []));
      },
    },
    {
      name: 'leaf',
      level: 'block',
      start: startOfDirective,
      tokenizer: tokenizeLeaf,
      renderer(token) {
        return render.leaf(token as LeafToken);
      },
    },
  ];
}
