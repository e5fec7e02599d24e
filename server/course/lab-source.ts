/** A markdown file with YAML front matter, taken apart so that every value still knows its place. */
import {
  LineCounter,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Node,
  type ParsedNode,
} from 'yaml';
import type { DiagnosticList } from './diagnostic-list.ts';
import type { SourceText, Span } from './source-text.ts';

export type Path = readonly PropertyKey[];

/** YAML at `offset` of a file: its value as plain data, and the way back from a path to a place. */
export class YamlSource {
  readonly source: SourceText;
  readonly offset: number;
  readonly #document: Document.Parsed;
  /** Plain data; an empty map where the YAML cannot be read. */
  readonly value: unknown;
  readonly isReadable: boolean;

  /** `isThere` is false where the file has no YAML at this place: nothing in it is missing then. */
  constructor(source: SourceText, offset: number, text: string, diagnostics: DiagnosticList, isThere = true) {
    this.source = source;
    this.offset = offset;
    this.#document = parseDocument(text, {
      lineCounter: new LineCounter(),
      prettyErrors: false,
      logLevel: 'error',
      version: '1.2',
    });
    const faults = [...this.#document.errors, ...this.#document.warnings];
    for (const fault of faults) {
      const isDuplicate = fault.code === 'DUPLICATE_KEY';
      const key = isDuplicate ? (/^[^\s:]+/.exec(text.slice(fault.pos[0]))?.[0].length ?? 1) : 0;
      const span = { offset: offset + fault.pos[0], length: Math.max(key, fault.pos[1] - fault.pos[0]) };
      diagnostics.add(
        isDuplicate ? 'duplicate_key' : 'yaml_syntax',
        span,
        isDuplicate ? 'This key is written twice in the same map.' : yamlMessage(fault.message),
        isDuplicate ? 'The later one would win silently; keep one of them.' : this.#hintAt(span),
      );
    }
    // A document with a broken structure gives values at wrong places: its own faults are all that can be said.
    this.isReadable = isThere && faults.every((fault) => fault.code === 'DUPLICATE_KEY');
    this.value = this.isReadable ? this.#plainData(diagnostics) : {};
  }

  /** The commonest slip: YAML takes the brace of an unquoted `${…}` for one of its own. */
  #hintAt(span: Span): string | undefined {
    const line = this.source.lineText(this.source.positionAt(span.offset).line);
    return /(?:^|[^"'])\$\{/.test(line) ? 'Put quotes around values that hold `${…}`.' : undefined;
  }

  #plainData(diagnostics: DiagnosticList): unknown {
    try {
      return this.#document.toJS({ maxAliasCount: 100 }) ?? {};
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      diagnostics.add('yaml_syntax', { offset: this.offset, length: 1 }, yamlMessage(reason));
      return {};
    }
  }

  /** Where the value of the path is; where it is missing, the key of the nearest map around it. */
  valueSpan(path: Path): Span {
    const found = this.#follow(path);
    if (found.isWhole && found.node && found.node.range) return this.#spanOf(found.node);
    if (found.key?.range) return this.#spanOf(found.key);
    return found.depth > 0 && found.node?.range ? this.#spanOf(found.node) : { offset: 0, length: 3 };
  }

  /** Where the last key of the path is. For an entry of a list: the entry. */
  keySpan(path: Path): Span {
    const found = this.#follow(path);
    return found.isWhole && found.key?.range ? this.#spanOf(found.key) : this.valueSpan(path);
  }

  /** Whether the file itself says something at this path. */
  has(path: Path): boolean {
    return this.#follow(path).isWhole;
  }

  /**
   * The first text within the value of a path, or of one around it, that equals one of the wanted; the place of the path
   * otherwise. `read` is what becomes of a text before it is compared: variables are put in.
   */
  findText(path: Path, wanted: readonly string[], read: (text: string) => string): Span {
    for (let depth = path.length; depth > 1; depth--) {
      const { node, isWhole } = this.#follow(path.slice(0, depth));
      if (!isWhole || !node) continue;
      for (const text of wanted) {
        const scalar = findScalar(node, text, read);
        if (scalar?.range) return this.#spanOf(scalar);
      }
    }
    return this.valueSpan(path);
  }

  /** Every text of the document with its path and the place of its source, quotes included. */
  *texts(): Generator<{ path: string[]; isKey: boolean; span: Span; written: string }> {
    const root = this.#document.contents;
    if (this.isReadable && root) yield* this.#textsOf(root, []);
  }

  *#textsOf(
    node: ParsedNode | Node,
    path: string[],
  ): Generator<{ path: string[]; isKey: boolean; span: Span; written: string }> {
    if (isScalar(node)) {
      if (typeof node.value === 'string' && node.range) {
        const span = { offset: this.offset + node.range[0], length: node.range[1] - node.range[0] };
        yield { path, isKey: false, span, written: this.source.text.slice(span.offset, span.offset + span.length) };
      }
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) yield* this.#textsOf(item as Node, [...path, String(index)]);
    } else if (isMap(node)) {
      for (const pair of node.items) {
        const key = pair.key as Node | null;
        const name = isScalar(key) ? String(key.value) : '';
        if (isScalar(key) && typeof key.value === 'string' && key.range) {
          const span = { offset: this.offset + key.range[0], length: key.range[1] - key.range[0] };
          yield { path: [...path, name], isKey: true, span, written: key.value };
        }
        if (pair.value) yield* this.#textsOf(pair.value as Node, [...path, name]);
      }
    }
  }

  #follow(path: Path): { node: Node | null; key: Node | null; isWhole: boolean; depth: number } {
    let node: Node | null = this.#document.contents;
    let key: Node | null = null;
    let depth = 0;
    for (const segment of path) {
      const next = this.#step(node, String(segment));
      if (!next) return { node, key, isWhole: false, depth };
      key = next.key ?? null;
      node = next.value;
      depth += 1;
    }
    if (isAlias(node)) node = node.resolve(this.#document) ?? node;
    return { node, key, isWhole: true, depth };
  }

  #step(from: Node | null, segment: string): { key?: Node; value: Node | null } | undefined {
    const node = isAlias(from) ? from.resolve(this.#document) : from;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === segment);
      return pair && { key: pair.key as Node, value: (pair.value ?? null) as Node | null };
    }
    if (isSeq(node) && /^\d+$/.test(segment)) {
      const item = node.items[Number(segment)];
      return item === undefined ? undefined : { value: item as Node };
    }
    return undefined;
  }

  #spanOf(node: Node): Span {
    const [start, end] = node.range ?? [0, 1];
    return { offset: this.offset + start, length: end - start };
  }
}

function findScalar(node: Node, text: string, read: (text: string) => string): Node | undefined {
  if (isScalar(node)) return read(String(node.value)) === text ? node : undefined;
  if (isSeq(node)) return firstOf(node.items, (item) => findScalar(item as Node, text, read));
  if (isMap(node))
    return firstOf(node.items, (pair) => (pair.value ? findScalar(pair.value as Node, text, read) : undefined));
  return undefined;
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function yamlMessage(message: string): string {
  const first = (message.split('\n')[0] ?? message).trim();
  return `The YAML cannot be read: ${first.replace(/[.:]$/, '')}.`;
}

/** Front matter and lesson of one markdown file. */
export interface LabSource {
  readonly source: SourceText;
  readonly front: YamlSource;
  /** Where the lesson begins. */
  readonly bodyOffset: number;
  readonly body: string;
}

/** Splits at the `---` fences. A file without front matter has an empty one, and a diagnostic. */
export function splitLabSource(source: SourceText, diagnostics: DiagnosticList): LabSource {
  const { text } = source;
  const opening = /^---[ \t]*\n/.exec(text);
  if (!opening) {
    diagnostics.add(
      'no_front_matter',
      { offset: 0, length: 3 },
      'The file does not begin with front matter.',
      'Write `---`, the keys of the lab, and `---` before the lesson.',
    );
    return { source, front: new YamlSource(source, 0, '', diagnostics, false), bodyOffset: 0, body: text };
  }
  const start = opening[0].length;
  const closing = /^---[ \t]*(?:\n|$)/m.exec(text.slice(start));
  if (!closing) {
    diagnostics.add(
      'no_front_matter',
      { offset: 0, length: 3 },
      'The front matter is opened here and never closed.',
      'Write a line `---` after its last key.',
    );
    return { source, front: new YamlSource(source, start, '', diagnostics, false), bodyOffset: text.length, body: '' };
  }
  const bodyOffset = start + closing.index + closing[0].length;
  const front = new YamlSource(source, start, text.slice(start, start + closing.index), diagnostics);
  return { source, front, bodyOffset, body: text.slice(bodyOffset) };
}
