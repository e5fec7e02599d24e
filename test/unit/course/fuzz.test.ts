import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLab } from '../../../server/course/load-lab.ts';
import { printDiagnostics } from '../../../server/course/print-diagnostics.ts';
import { SourceText } from '../../../server/course/source-text.ts';

const FIXTURES = path.join(import.meta.dirname, '../../labs/fixtures');
const sound = readFileSync(path.join(FIXTURES, 'sound-lab.md'), 'utf8');
const place = { id: 'm/sound', directory: FIXTURES, language: 'en' };

/** Pieces that mean something to YAML, markdown or our own syntax. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '---\n',
    ':::',
    '::',
    '${',
    '}',
    '${lan.1}',
    '$${',
    '{',
    '[',
    ']',
    '"',
    "'",
    '\t',
    '\n',
    '\r\n',
    ': ',
    '- ',
    '&a ',
    '*a',
    '<<: ',
    '!!js ',
    '|',
    '>',
    '#',
    '```',
    '<script>',
    '[^1]',
    '[^1]: ',
    '> [!NOTE]',
    '__proto__: ',
    'constructor: ',
    'null',
    '~',
    '1e999',
    '.inf',
    '0x',
    '\u0000',
    '\uFEFF',
    '😀',
  ),
);

/** Cuts, doubles, moves and inserts. */
const mutation = fc.record({
  at: fc.nat(sound.length),
  length: fc.nat(40),
  insert: piece,
  copy: fc.boolean(),
  to: fc.nat(sound.length),
});

function mutate(
  text: string,
  { at, length, insert, copy, to }: { at: number; length: number; insert: string; copy: boolean; to: number },
): string {
  const cut = text.slice(at, at + length);
  const rest = copy ? text : text.slice(0, at) + text.slice(at + length);
  return rest.slice(0, to) + insert + (copy ? cut : '') + rest.slice(to);
}

function readAndCheck(text: string): void {
  const source = new SourceText('index.md', text);
  const startedAt = performance.now();
  const { diagnostics, filters } = readLab(source, new Map(), place);
  // The loader's share; a machine that is busy with other tests must not decide.
  expect(performance.now() - startedAt).toBeLessThan(2000);
  const lines = source.text.split('\n');
  for (const { line, column, length, message } of [
    ...diagnostics,
    ...filters.map((filter) => ({ ...filter, message: 'x' })),
  ]) {
    expect(message).not.toBe('');
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
    expect(length).toBeGreaterThanOrEqual(1);
  }
  printDiagnostics(diagnostics, (_, line) => source.lineText(line));
}

describe('the loader', { timeout: 60_000 }, () => {
  it('never crashes on mutated labs, and never points outside the file', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) =>
        readAndCheck(mutations.reduce(mutate, sound)),
      ),
      { numRuns: 120 },
    );
  });

  it('never crashes on any text', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) =>
        readAndCheck(`---\n${pieces.join('')}\n---\n${pieces.toReversed().join('')}`),
      ),
      { numRuns: 120 },
    );
  });

  it('can use a mutated lab that it calls usable', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), fc.string(), (mutations, seed) => {
        const { lab } = readLab(new SourceText('index.md', mutations.reduce(mutate, sound)), new Map(), place);
        if (lab) expect(lab.resolve(seed).topology.nodes.length).toBeGreaterThan(0);
      }),
      { numRuns: 50 },
    );
  });
});
