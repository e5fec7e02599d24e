/** Foreign names → names that a lab can have. */
import { NODE_NAME } from '../../course/schema/quantity.ts';

const MAX_NODE_NAME = 31;
/** IFNAMSIZ - 1. */
const MAX_INTERFACE_BYTES = 15;

/** Gives every foreign name one of its own, the same each time it is asked for. */
export class NodeNames {
  readonly #names = new Map<string, string>();

  get(foreign: string): string {
    const known = this.#names.get(foreign);
    if (known !== undefined) return known;
    const taken = new Set(this.#names.values());
    let base = foreign.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^[^A-Za-z]+/, '');
    if (base === '') base = `node-${foreign.replace(/[^A-Za-z0-9]+/g, '')}`;
    base = base.slice(0, MAX_NODE_NAME);
    let name = base;
    for (let number = 2; taken.has(name) || name === 'answer' || !NODE_NAME.test(name); number++) {
      name = `${base.slice(0, MAX_NODE_NAME - String(number).length - 1)}-${number}`;
    }
    this.#names.set(foreign, name);
    return name;
  }
}

/** Without the characters that no interface can have, and no longer than the kernel takes. */
export function interfaceName(foreign: string): string {
  const name = foreign.replace(/[/:\s]+/g, '-');
  return (
    Buffer.from(name)
      .subarray(0, MAX_INTERFACE_BYTES)
      .toString('utf8')
      .replace(/\uFFFD+$/, '') || 'eth0'
  );
}

/** A folder name from a title. */
export function slugOf(title: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return words.slice(0, 60) || 'imported-lab';
}
