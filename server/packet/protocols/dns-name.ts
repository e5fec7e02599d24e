/** Names in DNS messages, with compression (RFC 1035 section 4.1.4). */
import type { Walk } from '../walk.ts';

export interface DnsName {
  /** `www.example.org`; the root is `<Root>`. */
  readonly text: string;
  /** Characters of the name; the root has none beyond what Wireshark counts. */
  readonly textLength: number;
  readonly labels: number;
  /** Bytes in the place it was read from. */
  readonly length: number;
}

const MAX_NAME_BYTES = 255;

export function readName(walk: Walk, start: number, message: number): DnsName {
  let at = start;
  let length = 0;
  let labels = 0;
  let text = '';
  let jumps = 0;
  for (;;) {
    const size = walk.u8(at);
    if (size === 0) {
      if (length === 0) length = at + 1 - start;
      break;
    }
    if (size >= 0xc0) {
      const target = message + (walk.u16(at) & 0x3fff);
      if (length === 0) length = at + 2 - start;
      // A pointer forward, or one of too many, can only be a loop.
      if (target >= at || ++jumps > MAX_NAME_BYTES) {
        walk.fault('dnsPointer');
        const text = '<Name contains a pointer that loops>';
        return { text, textLength: text.length, labels: 1, length };
      }
      at = target;
      continue;
    }
    if (size >= 0x40) {
      walk.fault('dnsLabel');
      return { text, textLength: text.length, labels, length: Math.max(length, at + 1 - start) };
    }
    walk.need(at + 1, size);
    text += (text === '' ? '' : '.') + labelText(walk.bytes, at + 1, at + 1 + size);
    labels++;
    at += 1 + size;
    if (text.length > MAX_NAME_BYTES) {
      walk.fault('dnsNameLength');
      return { text: '<Name too long>', textLength: 0, labels, length: Math.max(length, at - start) };
    }
  }
  return text === ''
    ? { text: '<Root>', textLength: '<Root>'.length, labels: 1, length }
    : { text, textLength: text.length, labels, length };
}

/** What is not printable, and what would read as a dot between labels, is escaped (RFC 4343 section 2.1). */
function labelText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x2e || byte === 0x5c) text += `\\${String.fromCharCode(byte)}`;
    else if (byte > 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
    else text += `\\${String(byte).padStart(3, '0')}`;
  }
  return text;
}
