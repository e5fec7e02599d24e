/** A YAML file that knows on which line each of its keys stands. */
import { readFile } from 'node:fs/promises';
import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { VethlabError } from '../../base/errors.ts';

export class ClabFile {
  readonly file: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly #document: Document;
  readonly #lines: LineCounter;

  private constructor(file: string, document: Document, lines: LineCounter, value: Record<string, unknown>) {
    this.file = file;
    this.#document = document;
    this.#lines = lines;
    this.value = value;
  }

  /** @throws VethlabError `lab_invalid` for what is no YAML map. */
  static async read(file: string): Promise<ClabFile> {
    const text = await readFile(file, 'utf8');
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, merge: true, logLevel: 'error' });
    const [fault] = document.errors;
    if (fault) {
      const isTemplate = /\{\{.*\}\}/.test(text);
      throw new VethlabError('lab_invalid', `${file} cannot be read as YAML: ${fault.message}`, {
        hint: isTemplate ? 'It is a template: import the file that containerlab makes of it.' : 'Mend it first.',
      });
    }
    let plain: unknown;
    try {
      plain = document.toJS({ maxAliasCount: 100 });
    } catch (cause) {
      throw new VethlabError('lab_invalid', `${file} cannot be read: its aliases grow too large.`, { cause });
    }
    const read = z.record(z.string(), z.unknown()).safeParse(plain);
    if (!read.success)
      throw new VethlabError('lab_invalid', `${file} is no containerlab file: it is not a map of keys.`);
    return new ClabFile(file, document, lines, read.data);
  }

  /** The line of a key, or of the nearest thing around it; from 1. */
  lineOf(at: readonly (string | number)[]): number | null {
    for (let length = at.length; length > 0; length--) {
      const parent: unknown =
        length === 1 ? this.#document.contents : this.#document.getIn(at.slice(0, length - 1), true);
      const key = at[length - 1];
      if (isMap(parent)) {
        const found = parent.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
        if (found && isNode(found.key) && found.key.range) return this.#lines.linePos(found.key.range[0]).line;
      }
      const node: unknown = this.#document.getIn(at.slice(0, length), true);
      if (isNode(node) && node.range) return this.#lines.linePos(node.range[0]).line;
    }
    return null;
  }
}
