/**
 * import/ makes labs of foreign ones: Killercoda and Katacoda scenarios, containerlab files, Kathará labs. It reads what an author
 * wrote for another program and says what it could not carry over; it runs nothing and knows no sandbox and no learner.
 */
import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { VethlabError } from '../../base/errors.ts';
import type { Output } from '../lint.ts';
import { importContainerlab } from './containerlab.ts';
import type { ImportedLab } from './imported-lab.ts';
import { importKathara } from './kathara.ts';
import { slugOf } from './names.ts';
import { printNotes } from './print-notes.ts';
import { saveLab } from './save-lab.ts';
import { importScenario } from './scenario.ts';

type Format = 'scenario' | 'containerlab' | 'kathara';

const FORMS = 'A scenario has an index.json, containerlab a *.clab.yml, Kathará a lab.conf.';

export async function importCommand(args: string[], output: Output): Promise<number> {
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { to: { type: 'string' } } });
  const [given, ...more] = positionals;
  if (given === undefined || more.length > 0)
    throw new VethlabError('bad_request', 'Say the one scenario, file or folder to import.', {
      hint: 'npm run lab -- import path/to/scenario --to labs/20-mtu/30-imported',
    });
  const { file, format } = await findForeign(given);
  const lab = await readForeign(file, format);
  const directory = path.normalize(values.to ?? slugOf(lab.title));
  await saveLab(lab, directory);
  const root = path.dirname(file);
  output.write(
    `${path.join(directory, 'index.md')} is written: ${count(lab.nodes.length, 'node')}, ${count(lab.links.length, 'link')}, ${count(lab.tasks.length, 'task')}.\n\n`,
  );
  output.write(printNotes(lab.notes, (name) => path.relative(root, name) || path.basename(name)));
  output.write(`\nNext:\n  npm run lab -- preview ${directory}\n  npm run lab -- test ${directory}\n`);
  return 0;
}

export function readForeign(file: string, format: Format): Promise<ImportedLab> {
  switch (format) {
    case 'scenario':
      return importScenario(file);
    case 'containerlab':
      return importContainerlab(file);
    case 'kathara':
      return importKathara(file);
  }
}

/** @throws VethlabError `not_found` where there is none, or more than one. */
export async function findForeign(given: string): Promise<{ file: string; format: Format }> {
  if (!existsSync(given)) throw new VethlabError('not_found', `There is no ${given}.`);
  if (!statSync(given).isDirectory()) {
    const format = formatOf(path.basename(given));
    if (format) return { file: given, format };
    throw new VethlabError('bad_request', `${given} is none of the files that can be imported.`, { hint: FORMS });
  }
  const found = (await readdir(given)).toSorted().flatMap((name) => {
    const format = formatOf(name);
    const isClear = format !== null && (format !== 'containerlab' || /\.clab\.ya?ml$/.test(name));
    return isClear ? [{ file: path.join(given, name), format }] : [];
  });
  const [first] = found;
  if (first && found.length === 1) return first;
  if (first)
    throw new VethlabError(
      'bad_request',
      `There are several in ${given}: ${found.map(({ file }) => path.basename(file)).join(', ')}.`,
      { hint: 'Say the one to import.' },
    );
  throw new VethlabError('not_found', `Nothing in ${given} can be imported.`, { hint: FORMS });
}

function formatOf(name: string): Format | null {
  if (name === 'index.json') return 'scenario';
  if (name === 'lab.conf') return 'kathara';
  return /\.ya?ml$/.test(name) ? 'containerlab' : null;
}

function count(number: number, what: string): string {
  return number === 1 ? `1 ${what}` : `${number} ${what}s`;
}
