import { describe, expect, it } from 'vitest';
import { printDiagnostic } from '../../../server/course/print-diagnostics.ts';

describe('printing a diagnostic', () => {
  const base = {
    code: 'x',
    file: 'labs/a/index.md',
    line: 7,
    column: 10,
    length: 4,
    message: '`imag` is not a key here.',
  };

  it('gives place, message, hint, the line and a caret under the span', () => {
    expect(printDiagnostic({ ...base, hint: 'Did you mean `image`?' }, '    h2: {imag: 3}')).toBe(
      'labs/a/index.md:7:10: `imag` is not a key here. Did you mean `image`?\n  7 |     h2: {imag: 3}\n               ^^^^\n',
    );
  });

  it('cuts long lines around the caret', () => {
    const [, line = '', caret = ''] = printDiagnostic(
      { ...base, column: 301 },
      `${'a'.repeat(300)}imag${'b'.repeat(300)}`,
    ).split('\n');
    expect(line.length).toBeLessThan(115);
    expect(line.slice(caret.indexOf('^'), caret.indexOf('^') + 4)).toBe('imag');
  });

  it('keeps tabs, and never draws beyond the line', () => {
    expect(printDiagnostic({ ...base, column: 2, length: 900 }, '\tab')).toBe(
      'labs/a/index.md:7:10: `imag` is not a key here.\n  7 | \tab\n      \t^^\n'.replace(':10:', ':2:'),
    );
    expect(printDiagnostic(base, null)).toBe('labs/a/index.md:7:10: `imag` is not a key here.\n');
  });
});
