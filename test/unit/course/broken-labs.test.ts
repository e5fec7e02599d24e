import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLab } from '../../../server/course/load-lab.ts';
import { printDiagnostics } from '../../../server/course/print-diagnostics.ts';
import { SourceText } from '../../../server/course/source-text.ts';
import { brokenLabs, type BrokenLab } from '../../labs/fixtures/broken-labs.ts';

const FIXTURES = path.join(import.meta.dirname, '../../labs/fixtures');
const sound = readFileSync(path.join(FIXTURES, 'sound-lab.md'), 'utf8');
const place = { id: 'm/sound', directory: FIXTURES, language: 'en' };

function textOf({ name, changes }: BrokenLab): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${name}: the sound lab has no ${from}`);
    return text.replace(from, () => to);
  }, sound);
}

describe('a sound lab', () => {
  it('has no faults and can be used', () => {
    const { lab, diagnostics } = readLab(new SourceText('index.md', sound), new Map(), place);
    expect(diagnostics).toEqual([]);
    expect(lab?.taskNames).toEqual(['cut_it', 'which_layer', 'how_many']);
  });
});

describe('broken labs', { timeout: 60_000 }, () => {
  it('are many, and each says what is wrong, where, and what to do', async () => {
    expect(brokenLabs.length).toBeGreaterThanOrEqual(40);
    const said = brokenLabs.map((broken) => {
      const source = new SourceText('index.md', textOf(broken));
      const { diagnostics, lab } = readLab(source, new Map(), place);
      return `## ${broken.name}${lab ? ' (can be used)' : ''}\n${printDiagnostics(diagnostics, (_, line) => source.lineText(line))}`;
    });
    await expect(said.join('\n')).toMatchFileSnapshot(path.join(FIXTURES, 'broken-labs.txt'));
  });

  it.each(brokenLabs.map((broken) => [broken.name, broken] as const))('%s is found', (_, broken) => {
    const { diagnostics } = readLab(new SourceText('index.md', textOf(broken)), new Map(), place);
    expect(diagnostics.length).toBeGreaterThan(0);
    for (const { message, line } of diagnostics) {
      expect(message).toMatch(/^\S.*[.!?]$/s);
      expect(line).toBeLessThanOrEqual(textOf(broken).split('\n').length);
    }
  });
});
