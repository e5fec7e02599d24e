/** Gathers the faults of one file. */
import type { Diagnostic } from './lab.ts';
import type { SourceText, Span } from './source-text.ts';

export class DiagnosticList {
  readonly #source: SourceText;
  readonly #found = new Map<string, { readonly offset: number; readonly diagnostic: Diagnostic }>();
  readonly #silenced: Span[] = [];

  constructor(source: SourceText) {
    this.#source = source;
  }

  /** Adds a fault; one that says the same at the same place, or lies in a silenced span, is left out. */
  add(code: string, span: Span, message: string, hint?: string): void {
    if (this.#silenced.some((quiet) => span.offset >= quiet.offset && span.offset < quiet.offset + quiet.length))
      return;
    const { offset, length } = this.#source.underlinable(span);
    const mayRepeat = ['missing_key', 'translation_incomplete', 'translation_old'].includes(code);
    const key = mayRepeat ? `${code} ${offset} ${message}` : `${code} ${offset}`;
    if (this.#found.has(key)) return;
    const position = this.#source.positionAt(offset);
    const diagnostic = { code, file: this.#source.file, ...position, length, message };
    this.#found.set(key, { offset, diagnostic: hint === undefined ? diagnostic : { ...diagnostic, hint } });
  }

  /** Later faults inside the span are consequences of one that is known already. */
  silence(span: Span): void {
    this.#silenced.push(span);
  }

  /** In the order of the file. */
  toArray(): Diagnostic[] {
    return [...this.#found.values()]
      .toSorted((one, other) => one.offset - other.offset)
      .map(({ diagnostic }) => diagnostic);
  }
}
