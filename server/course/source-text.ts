/** One file as text, and where its offsets are. Line endings become `\n`, so that lines and columns stay true. */

/** A stretch of a file, in UTF-16 code units from its start. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

export class SourceText {
  readonly file: string;
  readonly text: string;
  readonly #lineStarts: readonly number[];

  constructor(file: string, raw: string) {
    this.file = file;
    this.text = raw.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
    const starts = [0];
    for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#lineStarts = starts;
  }

  /** Line and column, both from 1. Offsets outside the file are brought to its nearer end. */
  positionAt(offset: number): { line: number; column: number } {
    const inside = Math.min(Math.max(offset, 0), this.text.length);
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= inside) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: inside - (this.#lineStarts[low] ?? 0) + 1 };
  }

  /** The text of a line (from 1) without its end; empty when there is no such line. */
  lineText(line: number): string {
    const start = this.#lineStarts[line - 1];
    if (start === undefined) return '';
    const end = this.text.indexOf('\n', start);
    return this.text.slice(start, end === -1 ? undefined : end);
  }

  /** The span cut to this file and to its first line, at least one character long: what a caret can underline. */
  underlinable(span: Span): Span {
    const offset = Math.min(Math.max(span.offset, 0), this.text.length);
    const lineEnd = this.text.indexOf('\n', offset);
    const end = lineEnd === -1 ? this.text.length : lineEnd;
    const covered = this.text.slice(offset, Math.min(offset + span.length, end)).trimEnd();
    return { offset, length: Math.max(1, covered.length) };
  }
}
