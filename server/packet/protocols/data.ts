/** Bytes that no dissector reads. */
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';

const DATA = fieldId('data');
const DATA_DATA = fieldId('data.data');
const DATA_LEN = fieldId('data.len');

export function data(walk: Walk, offset: number): void {
  const length = walk.end - offset;
  if (length <= 0) return;
  walk.layer(DATA, offset, length);
  walk.raw(DATA_DATA, offset, length);
  walk.number(DATA_LEN, offset, 0, walk.reportedEnd - offset);
}
