/** `lab translated`: notes in translations which text of the original they were made from. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { VethlabError } from '../base/errors.ts';
import { DiagnosticList } from '../course/diagnostic-list.ts';
import { splitLabSource } from '../course/lab-source.ts';
import { SourceText } from '../course/source-text.ts';
import { marksOf, type TranslationMarks } from '../course/translation-marks.ts';
import { findLabs } from './find-labs.ts';
import type { Output } from './lint.ts';

export async function translatedCommand(args: string[], output: Output): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  if (positionals.length === 0)
    throw new VethlabError('bad_request', 'Nothing was named.', {
      hint: 'Name what is translated: npm run lab -- translated labs/20-mtu/30-my-lab',
    });
  const { sources } = await findLabs(positionals);
  const translations = sources.filter(({ file }) => /^index\.[A-Za-z-]+\.md$/.test(path.basename(file)));
  for (const { file } of translations) {
    const original = path.join(path.dirname(file), 'index.md');
    const marks = marksOf(splitLabSource(await sourceOf(original), new DiagnosticList(await sourceOf(original))));
    await writeFile(file, withMarks(await readFile(file, 'utf8'), marks));
    output.write(`${file}: noted as a translation of what index.md says now.\n`);
  }
  if (translations.length === 0) output.write('There is no translation (index.<language>.md) here.\n');
  return 0;
}

async function sourceOf(file: string): Promise<SourceText> {
  return new SourceText(file, await readFile(file, 'utf8'));
}

/** The file with other marks; the rest of its front matter stays as it was written. */
export function withMarks(text: string, { header, tasks, lesson }: TranslationMarks): string {
  const names = Object.entries(tasks).map(([name, mark]) => `${name}: ${mark}`);
  const line = `original: { header: ${header}, tasks: { ${names.join(', ')} }, lesson: [${lesson.join(', ')}] }\n`;
  const end = text.indexOf('\n---', 3) + 1;
  const front = text.slice(0, end).replace(/^original:.*\n(?:[ \t]+.*\n)*/m, '');
  return front + line + text.slice(end);
}
