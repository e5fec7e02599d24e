/** Gathers the faults of one file. */
import type { Diagnostic } from './lab.ts';
import type { SourceText, Span } from './source-text.ts';

export class DiagnosticList {
  readonly #source: SourceText;
  readonly #found = new Map<string, Diagnostic & { readonly offset: number }>();
  readonly #silenced: Span[] = [];

  constructor(source: SourceText) {
    this.#source = source;
  }

  /** Adds a fault; one that says the same at the same place, or lies in a silenced span, is left out. */
  add(code: string, span: Span, message: string, hint?: string): void {
    if (this.#silenced.some((quiet) => span.offset >= quiet.offset && span.offset < quiet.offset + quiet.length))
      return;
    const { offset, length } = this.#source.underlinable(span);
    const key = `${code} ${offset}`;
    if (this.#found.has(key) && code !== 'missing_key' && code !== 'translation_incomplete') return;
    this.#found.set(code === 'missing_key' || code === 'translation_incomplete' ? `${key} ${message}` : key, {
      code,
      file: this.#source.file,
      ...this.#source.positionAt(offset),
      offset,
      length,
      message,
      ...(hint === undefined ? {} : { hint }),
    });
  }

  /** Later faults inside the span are consequences of one that is known already. */
  silence(span: Span): void {
    this.#silenced.push(span);
  }

  get isEmpty(): boolean {
    return this.#found.size === 0;
  }

  /** In the order of the file. */
  toArray(): Diagnostic[] {
    return [...this.#found.values()]
      .toSorted((one, other) => one.offset - other.offset)
      .map(({ offset: _, ...diagnostic }) => diagnostic);
  }
}
