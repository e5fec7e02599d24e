/** Bytes that no dissector reads. */
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';

const DATA = fieldId('data');
const DATA_DATA = fieldId('data.data');
const DATA_LEN = fieldId('data.len');

/** The rest, up to where the outer headers say it ends. */
export function data(walk: Walk, offset: number): void {
  const length = walk.end - offset;
  if (length > 0) dataLayer(walk, offset, length);
}

export function dataLayer(walk: Walk, offset: number, length: number): void {
  walk.layer(DATA, offset, length);
  walk.raw(DATA_DATA, offset, length);
  walk.number(DATA_LEN, offset, 0, length);
}
