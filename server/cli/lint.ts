/** `lab lint`: every fault of every lab at its place. */
import { parseArgs } from 'node:util';
import type { Diagnostic } from '../course/lab.ts';
import { printDiagnostics } from '../course/print-diagnostics.ts';
import { compileFilters } from './compile-filters.ts';
import { findLabs, type FoundLabs } from './find-labs.ts';

export interface Output {
  write(text: string): unknown;
}

/** Exit status 1 when there is a fault. */
export async function lintCommand(args: string[], output: Output): Promise<number> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'no-filters': { type: 'boolean', default: false } },
  });
  const found = await findLabs(positionals);
  const filters = values['no-filters'] ? { diagnostics: [], skipped: [] } : await compileFilters(found.filters);
  const diagnostics = inOrder([...found.diagnostics, ...filters.diagnostics]);
  output.write(printFound(diagnostics, found));
  for (const note of filters.skipped) output.write(`${note}\n`);
  const labs = found.count === 1 ? '1 lab' : `${found.count} labs`;
  output.write(
    diagnostics.length === 0
      ? `${labs}: no faults.\n`
      : `${labs}: ${diagnostics.length === 1 ? '1 fault' : `${diagnostics.length} faults`}.\n`,
  );
  return diagnostics.length === 0 ? 0 : 1;
}

export function printFound(diagnostics: readonly Diagnostic[], found: Pick<FoundLabs, 'sources'>): string {
  const sources = new Map(found.sources.map((source) => [source.file, source]));
  return (
    printDiagnostics(diagnostics, (file, line) => sources.get(file)?.lineText(line) ?? null) +
    (diagnostics.length > 0 ? '\n' : '')
  );
}

function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const files = [...new Set(diagnostics.map(({ file }) => file))];
  return files.flatMap((file) =>
    diagnostics
      .filter((one) => one.file === file)
      .toSorted((one, other) => one.line - other.line || one.column - other.column),
  );
}
