/** TCP options (RFC 9293 section 3.2, RFC 7323, RFC 2018). */
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';

const OPTIONS = fieldId('tcp.options');
const KIND = fieldId('tcp.option_kind');
const LEN = fieldId('tcp.option_len');
const MSS_VAL = fieldId('tcp.options.mss_val');
const WSCALE_SHIFT = fieldId('tcp.options.wscale.shift');
const WSCALE_MULTIPLIER = fieldId('tcp.options.wscale.multiplier');
const SACK_COUNT = fieldId('tcp.options.sack.count');
const SACK_LE = fieldId('tcp.options.sack_le');
const SACK_RE = fieldId('tcp.options.sack_re');
const TSVAL = fieldId('tcp.options.timestamp.tsval');
const TSECR = fieldId('tcp.options.timestamp.tsecr');
const ITEMS: ReadonlyMap<number, number> = new Map([
  [0, fieldId('tcp.options.eol')],
  [1, fieldId('tcp.options.nop')],
  [2, fieldId('tcp.options.mss')],
  [3, fieldId('tcp.options.wscale')],
  [4, fieldId('tcp.options.sack_perm')],
  [5, fieldId('tcp.options.sack')],
  [8, fieldId('tcp.options.timestamp')],
]);
const END_OF_LIST = 0;
const NO_OPERATION = 1;

export function tcpOptions(walk: Walk, start: number, end: number): void {
  walk.rawUpTo(OPTIONS, start, end - start);
  for (let at = start; at < end;) {
    const kind = walk.u8(at);
    const item = ITEMS.get(kind);
    const isSingle = kind === END_OF_LIST || kind === NO_OPERATION;
    const length = isSingle ? 1 : at + 1 < end ? walk.u8(at + 1) : 0;
    if (length === 0 || at + length > end || (!isSingle && length < 2)) {
      return walk.fault('optionLength', 'TCP', at);
    }
    if (item !== undefined) walk.rawUpTo(item, at, length);
    walk.number(KIND, at, 1, kind);
    if (!isSingle) walk.number(LEN, at + 1, 1, length);
    // tshark reads on behind the end of the list, and so shows the padding.
    option(walk, at, kind, length);
    at += length;
  }
}

function option(walk: Walk, at: number, kind: number, length: number): void {
  if (kind === 2 && length === 4) walk.number(MSS_VAL, at + 2, 2, walk.u16(at + 2));
  else if (kind === 3 && length === 3) {
    const shift = walk.u8(at + 2);
    walk.number(WSCALE_SHIFT, at + 2, 1, shift);
    // RFC 7323 section 2.3 allows at most 14.
    walk.number(WSCALE_MULTIPLIER, at + 2, 1, 2 ** Math.min(shift, 14));
  } else if (kind === 5) {
    const count = Math.floor((length - 2) / 8);
    for (let block = 0; block < count; block++) {
      walk.number(SACK_LE, at + 2 + block * 8, 4, walk.u32(at + 2 + block * 8));
      walk.number(SACK_RE, at + 6 + block * 8, 4, walk.u32(at + 6 + block * 8));
    }
    walk.number(SACK_COUNT, at, 0, count);
  } else if (kind === 8 && length === 10) {
    walk.number(TSVAL, at + 2, 4, walk.u32(at + 2));
    walk.number(TSECR, at + 6, 4, walk.u32(at + 6));
  }
}
