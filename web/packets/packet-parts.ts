/** The parts of an opened packet that can be pointed at: its layers and their fields, each with its bytes. */
import type { Decoded, Field, Layer } from '../../server/packet/decode.ts';

const MOST_LETTERS = 120;

/** A field, or a whole layer under its own name. */
export interface Part extends Pick<Field, 'name' | 'offset' | 'length'> {
  readonly value: Field['value'] | null;
}

export function partOf({ protocol, offset, length }: Layer): Part {
  return { name: protocol, value: null, offset, length };
}

/** The smallest part that holds the byte. */
export function partAt(layers: Decoded['layers'], at: number): Part | null {
  let best: Part | null = null;
  for (const layer of layers) {
    for (const part of [partOf(layer), ...layer.fields]) {
      const isInside = at >= part.offset && at < part.offset + part.length;
      if (isInside && (!best || part.length < best.length || best.value === null)) best = part;
    }
  }
  return best;
}

export function isSame(field: Field, lit: Part | null): boolean {
  return lit !== null && field.name === lit.name && field.offset === lit.offset && field.value === lit.value;
}

/** Contents can be thousands of bytes; the hex view has them all. */
export function valueWords(value: string | number): string {
  const text = String(value);
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text;
}
