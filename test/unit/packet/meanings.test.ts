import { expect, it } from 'vitest';
import { FIELDS } from '../../../server/packet/fields.ts';
import { meaningOf } from '../../../server/packet/meanings.ts';

it('every field has a meaning in one sentence', () => {
  const without = FIELDS.filter((field) => !/^[A-Z0-9"].+\.$/.test(meaningOf(field.name)?.meaning ?? '')).map(
    (field) => field.name,
  );
  expect(without).toEqual([]);
});

it('every field of a protocol names the document that defines it', () => {
  const without = FIELDS.filter(
    (field) => !/^(frame|data)\b/.test(field.name) && (meaningOf(field.name)?.source ?? '') === '',
  );
  expect(without.map((field) => field.name)).toEqual([]);
});
