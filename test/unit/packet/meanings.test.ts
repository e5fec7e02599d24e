import { expect, it } from 'vitest';
import { FIELDS } from '../../../server/packet/fields.ts';
import { meaningOf } from '../../../server/packet/meanings.ts';
import { meaningOf as inChinese, namesInChinese } from '../../../server/packet/meanings-zh.ts';

it('every field has a meaning in one sentence', () => {
  const without = FIELDS.filter((field) => !/^[A-Z0-9"].+\.$/.test(meaningOf(field.name)?.meaning ?? '')).map(
    (field) => field.name,
  );
  expect(without).toEqual([]);
});

it('every field has a meaning in Chinese too, and nothing else has', () => {
  const names = new Set(FIELDS.map((field) => field.name));
  const without = [...names].filter((name) => !/[\u4e00-\u9fff].*。$/.test(inChinese(name)?.meaning ?? ''));
  expect(without).toEqual([]);
  expect(namesInChinese().filter((name) => meaningOf(name) === undefined)).toEqual([]);
  expect(inChinese('ip.ttl')?.source).toBe(meaningOf('ip.ttl')?.source);
});

it('every field of a protocol names the document that defines it', () => {
  const without = FIELDS.filter(
    (field) => !/^(frame|data)\b/.test(field.name) && (meaningOf(field.name)?.source ?? '') === '',
  );
  expect(without.map((field) => field.name)).toEqual([]);
});
