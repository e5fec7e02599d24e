/** The left or right side of a comparison as something to read from a walked frame. */
import { FilterError } from './filter-lex.ts';
import type { Token } from './filter-lex.ts';
import { parseBytes, parseInteger, stringBytes } from './filter-literal.ts';
import type { Operand } from './filter-parse.ts';
import { fieldsNamed } from './fields.ts';
import type { FieldDefinition, FieldType } from './fields.ts';
import type { Walk } from './walk.ts';

/** How values compare: as numbers, as addresses with a prefix, as bytes, as text; `none` only exists. */
export type ValueKind = 'integer' | 'boolean' | 'time' | 'ipv4' | 'ipv6' | 'ether' | 'bytes' | 'text' | 'none';

export interface Source {
  readonly name: string;
  readonly position: number;
  readonly ids: readonly number[];
  readonly kind: ValueKind;
  /** Largest integer the field can hold. */
  readonly maximum: number;
  number(walk: Walk, entry: number): number;
  text(walk: Walk, entry: number): string;
  /** Null when a slice lies outside of the value. Of a protocol: its header, for `isSearch` its content too. */
  bytes(walk: Walk, entry: number, isSearch?: boolean): Uint8Array | null;
  start(walk: Walk, entry: number): number;
}

const KINDS: Readonly<Record<FieldType, ValueKind>> = {
  protocol: 'bytes',
  item: 'bytes',
  none: 'none',
  bool: 'boolean',
  u8: 'integer',
  u16: 'integer',
  u24: 'integer',
  u32: 'integer',
  u64: 'integer',
  i32: 'integer',
  x8: 'integer',
  x16: 'integer',
  x24: 'integer',
  x32: 'integer',
  ipv4: 'ipv4',
  ipv6: 'ipv6',
  ether: 'ether',
  bytes: 'bytes',
  time: 'time',
  string: 'text',
};

/** The field an operand names; null when the word is no name the decoder knows. */
export function sourceOf(operand: Operand): Source | null {
  const { token } = operand;
  if (token.kind !== 'word') return null;
  const fields = fieldsNamed(token.text);
  const first = fields[0];
  if (!first) return null;
  if (!fields.every((field) => field.isExact)) throw unknownField(token);
  const plain = plainSource(token, fields, first);
  return applied(operand, plain);
}

export function unknownField(token: Token): FilterError {
  return new FilterError(
    'unknown_field',
    `"${token.text}" is not a field that this decoder knows exactly.`,
    token.position,
  );
}

function plainSource(token: Token, fields: readonly FieldDefinition[], first: FieldDefinition): Source {
  const digits = /^[ux](\d+)$/.exec(first.type)?.[1];
  const isProtocol = first.type === 'protocol';
  const kind = KINDS[first.type];
  return {
    name: token.text,
    position: token.position,
    ids: fields.map((field) => field.id),
    kind,
    maximum: digits === undefined || digits === '64' ? Number.MAX_SAFE_INTEGER : 2 ** Number(digits) - 1,
    number: (walk, entry) => walk.numbers[entry] as number,
    text: (walk, entry) => walk.texts[entry] ?? '',
    bytes: (walk, entry, isSearch) => {
      if (kind === 'text') return new TextEncoder().encode(walk.texts[entry] ?? '');
      const start = walk.offsets[entry] as number;
      // `tcp contains` searches header and content; `tcp[…]` and `len(tcp)` know the header alone: so does Wireshark.
      const isWhole = isProtocol && isSearch === true;
      const end = isWhole ? (walk.numbers[entry] as number) : start + (walk.lengths[entry] as number);
      return walk.bytes.subarray(start, end);
    },
    start: (walk, entry) => walk.offsets[entry] as number,
  };
}

function applied(operand: Operand, source: Source): Source {
  let result = source;
  if (operand.slice) result = sliced(operand.slice, result);
  if (operand.mask) result = masked(operand.mask, result);
  if (operand.call !== null) result = called(operand, result);
  return result;
}

function masked(mask: Token, source: Source): Source {
  // One byte of a slice counts as a number: `tcp[13] & 2`.
  const isByte = source.kind === 'bytes' && source.maximum === 0xff;
  if (source.kind !== 'integer' && !isByte) {
    throw new FilterError('unknown_field', `"&" on ${source.name} is left to tshark.`, mask.position);
  }
  const bits = isByte ? maskByte(mask) : parseInteger(mask, source.maximum);
  return {
    ...source,
    kind: 'integer',
    number: isByte
      ? (walk, entry) => ((source.bytes(walk, entry)?.[0] ?? 0) & bits) >>> 0
      : (walk, entry) => (source.number(walk, entry) & bits) >>> 0,
  };
}

function maskByte(mask: Token): number {
  const bytes = parseBytes(mask);
  if (bytes.length !== 1) throw new FilterError('unknown_field', `"& ${mask.text}" is left to tshark.`, mask.position);
  return bytes[0] ?? 0;
}

function called(operand: Operand, source: Source): Source {
  const { call, token } = operand;
  if (call === 'len' && (source.kind === 'text' || source.kind === 'bytes')) {
    const number = (walk: Walk, entry: number): number => source.bytes(walk, entry)?.length ?? 0;
    return { ...source, kind: 'integer', maximum: 2 ** 32 - 1, number };
  }
  if ((call === 'upper' || call === 'lower') && source.kind === 'text') {
    const change = call === 'upper' ? /[a-z]/g : /[A-Z]/g;
    const turn = (letter: string): string => (call === 'upper' ? letter.toUpperCase() : letter.toLowerCase());
    return { ...source, text: (walk, entry) => source.text(walk, entry).replace(change, turn) };
  }
  throw new FilterError('unknown_field', `"${call}(${token.text})" is left to tshark.`, token.position);
}

interface Range {
  readonly start: number;
  /** Undefined reaches to the end. */
  readonly length: number | undefined;
}

function sliced(slice: Token, source: Source): Source {
  switch (source.kind) {
    case 'integer':
    case 'boolean':
    case 'time':
    case 'none':
      throw new FilterError('syntax', `"${source.name}" cannot be sliced into a sequence of bytes.`, source.position);
    case 'bytes':
    case 'ether':
    case 'ipv4':
    case 'ipv6':
    case 'text':
      break;
  }
  const ranges = slice.text.split(',').map((part) => parseRange(part.trim(), slice));
  const isOneByte = ranges.length === 1 && ranges[0]?.length === 1;
  return {
    ...source,
    kind: 'bytes',
    maximum: isOneByte ? 0xff : 0,
    bytes: (walk, entry) => {
      const whole = source.bytes(walk, entry);
      if (!whole) return null;
      const parts: number[] = [];
      for (const range of ranges) {
        const start = range.start < 0 ? whole.length + range.start : range.start;
        const length = range.length ?? whole.length - start;
        if (start < 0 || length <= 0 || start + length > whole.length) return null;
        if (ranges.length === 1) return whole.subarray(start, start + length);
        parts.push(...whole.subarray(start, start + length));
      }
      return Uint8Array.from(parts);
    },
  };
}

/** `i`, `i:length`, `i-j`, `:length`, `i:`; negative numbers count from the end. */
function parseRange(text: string, slice: Token): Range {
  const number = '-?(?:0[xX][0-9A-Fa-f]+|\\d+)';
  const match = new RegExp(`^(${number})?(?:(:)(${number})?|(-)(${number}))?$`).exec(text);
  const [, first, colon, length, dash, last] = match ?? [];
  if (!match || text === '' || (first === undefined && length === undefined)) {
    throw new FilterError('syntax', `"${text}" was unexpected in this context.`, slice.position);
  }
  const start = Number(first ?? '0');
  if (dash !== undefined) {
    const end = Number(last);
    if (start < 0 || end < start)
      throw new FilterError('unknown_field', `[${text}] is left to tshark.`, slice.position);
    return { start, length: end - start + 1 };
  }
  if (colon === undefined) return { start, length: 1 };
  if (length === undefined) return { start, length: undefined };
  if (Number(length) <= 0) throw new FilterError('unknown_field', `[${text}] is left to tshark.`, slice.position);
  return { start, length: Number(length) };
}

/** How a text stands in the bytes that a regular expression of tshark sees: UTF-8, one character per byte. */
export function byteText(source: Source, walk: Walk, entry: number): string {
  if (source.kind === 'text') {
    const text = source.text(walk, entry);
    return /^[\0-\x7f]*$/.test(text) ? text : latin1(new TextEncoder().encode(text));
  }
  return latin1(source.bytes(walk, entry, true) ?? stringBytes(''));
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}
