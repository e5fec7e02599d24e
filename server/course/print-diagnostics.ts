/** The one place that turns diagnostics into text: `path:line:column: message`, the source line, a caret. */
import type { Diagnostic } from './lab.ts';

const MAX_LINE_CHARACTERS = 100;

/** `lineText` gives a line of a file, from 1; null leaves the source line out. */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  lineText: (file: string, line: number) => string | null,
): string {
  return diagnostics
    .map((diagnostic) => printDiagnostic(diagnostic, lineText(diagnostic.file, diagnostic.line)))
    .join('\n');
}

/** One diagnostic, ending with a line break. Long lines are cut around the caret. */
export function printDiagnostic(diagnostic: Diagnostic, source: string | null): string {
  const { file, line, column, length, message, hint } = diagnostic;
  const head = `${file}:${line}:${column}: ${message}${hint === undefined ? '' : ` ${hint}`}\n`;
  if (source === null) return head;
  const gutter = `${line} | `;
  const shown = window(source, column - 1);
  // Tabs keep their width in the line of the caret.
  const indent = shown.text.slice(0, shown.caret).replace(/[^\t]/g, ' ');
  const carets = '^'.repeat(Math.max(1, Math.min(length, shown.text.length - shown.caret)));
  return `${head}  ${gutter}${shown.text}\n  ${' '.repeat(gutter.length)}${indent}${carets}\n`;
}

function window(source: string, caret: number): { text: string; caret: number } {
  if (source.length <= MAX_LINE_CHARACTERS) return { text: source, caret };
  const start = Math.max(0, Math.min(caret - 40, source.length - MAX_LINE_CHARACTERS));
  const end = start + MAX_LINE_CHARACTERS;
  const before = start > 0 ? '…' : '';
  return {
    text: before + source.slice(start + before.length, end) + (end < source.length ? '…' : ''),
    caret: caret - start,
  };
}
