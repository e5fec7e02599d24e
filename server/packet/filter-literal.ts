/** Values as people write them in display filters → numbers and bytes, by the type of the field beside them. */
import { FilterError } from './filter-lex.ts';
import type { Token } from './filter-lex.ts';

/** An address or bytes to compare with; `bits` of them count (a CIDR prefix). */
export interface BytesValue {
  readonly bytes: Uint8Array;
  readonly bits: number;
}

export function parseInteger(token: Token, maximum: number): number {
  const { text, position } = token;
  if (token.kind === 'char') {
    if (text.length !== 1) throw new FilterError('unknown_field', `'${text}' is left to tshark.`, position);
    return text.charCodeAt(0);
  }
  const isNumber = token.kind === 'word' && /^(?:0[xX][0-9A-Fa-f]+|0[0-7]*|[1-9][0-9]*)$/.test(text);
  if (!isNumber) {
    // `ip.proto == ICMP`: tshark knows the names of values.
    if (token.kind === 'string' || /^[A-Za-z]/.test(text)) {
      throw new FilterError('unknown_field', `The name of a value ("${text}") is left to tshark.`, position);
    }
    if (/^[-+]/.test(text) || /^0[bB]/.test(text)) {
      throw new FilterError('unknown_field', `"${text}" is left to tshark.`, position);
    }
    throw new FilterError('syntax', `"${text}" is not a valid number.`, position);
  }
  const value = /^0[xX]/.test(text) ? parseInt(text, 16) : /^0./.test(text) ? parseInt(text, 8) : Number(text);
  if (value > maximum)
    throw new FilterError('syntax', `"${text}" too big for this field, maximum ${maximum}.`, position);
  return value;
}

export function parseBoolean(token: Token): number {
  if (token.text === 'True') return 1;
  if (token.text === 'False') return 0;
  return parseInteger(token, Number.MAX_SAFE_INTEGER) === 0 ? 0 : 1;
}

export function parseIpv4(token: Token): BytesValue {
  const { text, position } = token;
  const refuse = (): FilterError =>
    token.kind === 'string'
      ? new FilterError('syntax', `IPv4 address cannot be converted from a string ("${text}").`, position)
      : /[g-zG-Z]/.test(text)
        ? new FilterError('unknown_field', `The host name "${text}" is left to tshark.`, position)
        : new FilterError('syntax', `"${text}" is not a valid hostname or IPv4 address.`, position);
  if (token.kind !== 'word') throw refuse();
  const [address = '', prefix] = text.split('/');
  const bytes = ipv4Bytes(address);
  if (!bytes) throw refuse();
  return { bytes, bits: prefixBits(prefix, 32, position) };
}

export function parseIpv6(token: Token): BytesValue {
  const { text, position } = token;
  const [address = '', prefix] = text.split('/');
  const bytes = token.kind === 'word' ? ipv6Bytes(address) : null;
  if (!bytes) {
    throw /[g-zG-Z]/.test(text) && token.kind === 'word'
      ? new FilterError('unknown_field', `The host name "${text}" is left to tshark.`, position)
      : new FilterError('syntax', `"${text}" is not a valid hostname or IPv6 address.`, position);
  }
  return { bytes, bits: prefixBits(prefix, 128, position) };
}

/** Bytes of a string (latin 1, as escapes give them) or of hexadecimal digits in pairs: `47:45`, `47-45`, `47.45`, `4745`, `0x47`. */
export function parseBytes(token: Token): Uint8Array {
  const { text, position } = token;
  if (token.kind !== 'word') return stringBytes(text);
  if (/^0[xX](?:[0-9A-Fa-f]{2})+$/.test(text)) return hexBytes(text.slice(2));
  if (/^[0-9A-Fa-f]$/.test(text)) return hexBytes(`0${text}`);
  const isHex = [':', '-', '.', ''].some((mark) =>
    new RegExp(`^[0-9A-Fa-f]{2}(?:${mark === '.' ? '\\.' : mark}[0-9A-Fa-f]{2})*$`).test(text),
  );
  if (isHex) return hexBytes(text.replace(/[:.-]/g, ''));
  // Other ways of writing bytes (0123.4567, single digits between colons) exist; tshark knows them all.
  if (/^[0-9A-Fa-f:.-]+$/.test(text)) throw new FilterError('unknown_field', `"${text}" is left to tshark.`, position);
  throw new FilterError('syntax', `"${text}" is not a valid byte string.`, position);
}

export function parseEther(token: Token): Uint8Array {
  if (token.kind === 'word' && /^[0-9A-Fa-f]{2}([:.-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}$/.test(token.text)) {
    return hexBytes(token.text.replace(/[:.-]/g, ''));
  }
  throw new FilterError('unknown_field', `"${token.text}" as a hardware address is left to tshark.`, token.position);
}

/** The text of a value for a string field. */
export function parseText(token: Token): string {
  // A bare lower-case word may be a field or a protocol that only tshark knows.
  if (token.kind === 'word' && /^[a-z][a-z0-9_.-]*$/.test(token.text)) {
    throw new FilterError('unknown_field', `"${token.text}" without quotes is left to tshark.`, token.position);
  }
  return token.text;
}

export function stringBytes(text: string): Uint8Array {
  if (!/^[\0-\xff]*$/.test(text)) return new TextEncoder().encode(text);
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

function prefixBits(prefix: string | undefined, most: number, position: number): number {
  if (prefix === undefined) return most;
  const bits = Number(prefix);
  if (bits > most) throw new FilterError('syntax', `"${prefix}" is too long a prefix, maximum ${most}.`, position);
  return bits;
}

function hexBytes(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function ipv4Bytes(text: string): Uint8Array | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return null;
  return Uint8Array.from(parts, Number);
}

export function ipv6Bytes(text: string): Uint8Array | null {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const tail = dotted ? ipv4Bytes(dotted[2] ?? '') : new Uint8Array(0);
  if (!tail) return null;
  const body = dotted ? (dotted[1] ?? '').replace(/([^:]):$/, '$1') : text;
  const halves = body.split('::');
  if (halves.length > 2) return null;
  const [head = [], rest = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const groups = [...head, ...rest];
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return null;
  const missing = 8 - tail.length / 2 - groups.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const words = [...head, ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...rest].map((group) =>
    parseInt(group, 16),
  );
  return Uint8Array.from([...words.flatMap((word) => [word >> 8, word & 0xff]), ...tail]);
}
