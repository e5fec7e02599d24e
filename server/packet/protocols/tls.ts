/** TLS record headers and the clear part of handshakes (RFC 8446, RFC 5246). What is encrypted stays closed. */
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';
import { textAt } from './text.ts';

const TLS = fieldId('tls');
const RECORD = fieldId('tls.record');
const CONTENT_TYPE = fieldId('tls.record.content_type');
const RECORD_VERSION = fieldId('tls.record.version');
const RECORD_LENGTH = fieldId('tls.record.length');
const APP_DATA = fieldId('tls.app_data');
const CHANGE_CIPHER_SPEC = fieldId('tls.change_cipher_spec');
const ALERT = fieldId('tls.alert_message');
const ALERT_LEVEL = fieldId('tls.alert_message.level');
const ALERT_DESC = fieldId('tls.alert_message.desc');
const HANDSHAKE = fieldId('tls.handshake');
const HANDSHAKE_TYPE = fieldId('tls.handshake.type');
const HANDSHAKE_LENGTH = fieldId('tls.handshake.length');
const HANDSHAKE_VERSION = fieldId('tls.handshake.version');
const SERVER_NAME = fieldId('tls.handshake.extensions_server_name');

const RECORD_HEADER_BYTES = 5;
const TYPE_CHANGE_CIPHER_SPEC = 20;
const TYPE_ALERT = 21;
const TYPE_HANDSHAKE = 22;
const TYPE_APPLICATION_DATA = 23;
const CLIENT_HELLO = 1;
const SERVER_HELLO = 2;
const HANDSHAKE_TYPES: ReadonlySet<number> = new Set([
  0, 1, 2, 3, 4, 5, 6, 8, 11, 12, 13, 14, 15, 16, 20, 21, 22, 23, 24, 25,
]);

export function looksLikeTls(walk: Walk, offset: number): boolean {
  if (walk.end - offset < RECORD_HEADER_BYTES) return false;
  const type = walk.u8(offset);
  const version = walk.u16(offset + 1);
  return type >= TYPE_CHANGE_CIPHER_SPEC && type <= TYPE_APPLICATION_DATA && version >= 0x0300 && version <= 0x0304;
}

export function tls(walk: Walk, offset: number): void {
  walk.layer(TLS, offset, walk.end - offset);
  let isEncrypted = false;
  for (let at = offset; at + RECORD_HEADER_BYTES <= walk.end;) {
    // The middle of a record that began in an earlier segment has no header to read.
    if (!looksLikeTls(walk, at)) return;
    const type = walk.u8(at);
    const length = walk.u16(at + 3);
    const body = at + RECORD_HEADER_BYTES;
    const here = Math.min(length, walk.end - body);
    walk.number(RECORD, at, RECORD_HEADER_BYTES + here, Number.NaN);
    walk.number(CONTENT_TYPE, at, 1, type);
    walk.number(RECORD_VERSION, at + 1, 2, walk.u16(at + 1));
    walk.number(RECORD_LENGTH, at + 3, 2, length);
    if (type === TYPE_CHANGE_CIPHER_SPEC) {
      walk.number(CHANGE_CIPHER_SPEC, body, here, Number.NaN);
      isEncrypted = true;
    } else if (type === TYPE_HANDSHAKE && !isEncrypted) handshakes(walk, body, length);
    else if (type === TYPE_ALERT) alert(walk, body, length, here);
    else if (type === TYPE_APPLICATION_DATA) walk.raw(APP_DATA, body, here);
    at = body + length;
  }
}

function alert(walk: Walk, body: number, length: number, here: number): void {
  walk.number(ALERT, body, here, Number.NaN);
  if (length !== 2 || here < 2) return;
  walk.number(ALERT_LEVEL, body, 1, walk.u8(body));
  walk.number(ALERT_DESC, body + 1, 1, walk.u8(body + 1));
}

function handshakes(walk: Walk, start: number, recordLength: number): void {
  const recordEnd = start + recordLength;
  for (let at = start; at + 4 <= recordEnd && at + 4 <= walk.end;) {
    const type = walk.u8(at);
    const length = walk.u24(at + 1);
    const end = at + 4 + length;
    // An encrypted handshake looks like noise: no known type, or a length that its record cannot hold.
    if (!HANDSHAKE_TYPES.has(type) || end > recordEnd) {
      walk.number(HANDSHAKE, at, Math.min(recordEnd, walk.end) - at, Number.NaN);
      return;
    }
    walk.number(HANDSHAKE, at, Math.min(end, walk.end) - at, Number.NaN);
    walk.number(HANDSHAKE_TYPE, at, 1, type);
    walk.number(HANDSHAKE_LENGTH, at + 1, 3, length);
    if (type === CLIENT_HELLO || type === SERVER_HELLO)
      hello(walk, at + 4, Math.min(end, walk.end), type === CLIENT_HELLO);
    at = end;
  }
}

function hello(walk: Walk, start: number, end: number, isClient: boolean): void {
  if (start + 2 > end) return;
  walk.number(HANDSHAKE_VERSION, start, 2, walk.u16(start));
  if (!isClient || !walk.wants(SERVER_NAME)) return;
  // version, random, session id, cipher suites, compression methods, then the extensions
  let at = start + 34;
  if (at >= end) return;
  at += 1 + walk.u8(at);
  if (at + 2 > end) return;
  at += 2 + walk.u16(at);
  if (at >= end) return;
  at += 1 + walk.u8(at);
  if (at + 2 > end) return;
  for (at += 2; at + 4 <= end;) {
    const type = walk.u16(at);
    const length = walk.u16(at + 2);
    if (type === 0 && at + 4 + length <= end && length > 5) {
      const nameLength = walk.u16(at + 7);
      if (9 + nameLength <= 4 + length) {
        walk.text(SERVER_NAME, at + 9, nameLength, textAt(walk.bytes, at + 9, at + 9 + nameLength));
      }
    }
    at += 4 + length;
  }
}
