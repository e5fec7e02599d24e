/** IPv4 options (RFC 791 section 3.1, RFC 2113). */
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';

const DST = fieldId('ip.dst');
const TYPE = fieldId('ip.opt.type');
const COPY = fieldId('ip.opt.type.copy');
const CLASS = fieldId('ip.opt.type.class');
const NUMBER = fieldId('ip.opt.type.number');
const LEN = fieldId('ip.opt.len');
const PTR = fieldId('ip.opt.ptr');
const OVERFLOW = fieldId('ip.opt.overflow');
const FLAG = fieldId('ip.opt.flag');
const RA = fieldId('ip.opt.ra');
const TIME_STAMP = fieldId('ip.opt.time_stamp');
const TIME_STAMP_ADDR = fieldId('ip.opt.time_stamp_addr');
const REC_RT = fieldId('ip.rec_rt');
const SRC_RT = fieldId('ip.src_rt');
const EMPTY_RT = fieldId('ip.empty_rt');
const ITEMS: ReadonlyMap<number, number> = new Map([
  [0, fieldId('ip.options.eol')],
  [1, fieldId('ip.options.nop')],
  [7, fieldId('ip.options.record_route')],
  [68, fieldId('ip.options.timestamp')],
  [131, fieldId('ip.options.route')],
  [137, fieldId('ip.options.source_route')],
  [148, fieldId('ip.options.routeralert')],
]);
const END_OF_LIST = 0;
const NO_OPERATION = 1;
const LOOSE_ROUTE = 131;
const STRICT_ROUTE = 137;

/**
 * Where the last stop of a source route that is still under way stands, else null: that is the packet's real destination,
 * the header names only the next stop.
 */
export function finalDestination(walk: Walk, start: number, end: number): number | null {
  for (let at = start; at + 3 <= end;) {
    const type = walk.u8(at);
    if (type === END_OF_LIST) return null;
    const length = type === NO_OPERATION ? 1 : walk.u8(at + 1);
    if (length === 0 || at + length > end) return null;
    if ((type === LOOSE_ROUTE || type === STRICT_ROUTE) && length >= 7) {
      return walk.u8(at + 2) <= length ? at + length - 4 : null;
    }
    at += length;
  }
  return null;
}

export function ipv4Options(walk: Walk, start: number, end: number): void {
  for (let at = start; at < end;) {
    const type = walk.u8(at);
    const item = ITEMS.get(type);
    const isSingle = type === END_OF_LIST || type === NO_OPERATION;
    const length = isSingle ? 1 : at + 1 < end ? walk.u8(at + 1) : 0;
    if (length === 0 || at + length > end || (!isSingle && length < 2)) {
      return walk.fault('optionLength', 'IPv4', at);
    }
    if (item !== undefined) walk.raw(item, at, length);
    walk.number(TYPE, at, 1, type);
    walk.number(COPY, at, 1, type >> 7);
    walk.number(CLASS, at, 1, (type >> 5) & 3);
    walk.number(NUMBER, at, 1, type & 31);
    if (!isSingle) walk.number(LEN, at + 1, 1, length);
    if (type === 7) recordRoute(walk, at, length);
    else if (type === LOOSE_ROUTE || type === STRICT_ROUTE) sourceRoute(walk, at, length);
    else if (type === 68) timestamps(walk, at, length);
    else if (type === 148 && length >= 4) walk.number(RA, at + 2, 2, walk.u16(at + 2));
    if (type === END_OF_LIST) return;
    at += length;
  }
}

function recordRoute(walk: Walk, at: number, length: number): void {
  if (length < 3) return;
  const pointer = walk.u8(at + 2);
  walk.number(PTR, at + 2, 1, pointer);
  for (let entry = 3; entry + 4 <= length; entry += 4) {
    walk.raw(entry + 1 < pointer ? REC_RT : EMPTY_RT, at + entry, 4);
  }
}

function sourceRoute(walk: Walk, at: number, length: number): void {
  if (length < 3) return;
  const pointer = walk.u8(at + 2);
  walk.number(PTR, at + 2, 1, pointer);
  const isUnderWay = pointer <= length;
  for (let entry = 3; entry + 4 <= length; entry += 4) {
    const isLast = entry + 8 > length;
    if (entry + 1 < pointer) walk.raw(REC_RT, at + entry, 4);
    else walk.raw(isUnderWay && isLast ? DST : SRC_RT, at + entry, 4);
  }
}

function timestamps(walk: Walk, at: number, length: number): void {
  if (length < 4) return;
  walk.number(PTR, at + 2, 1, walk.u8(at + 2));
  const flags = walk.u8(at + 3);
  walk.number(OVERFLOW, at + 3, 1, flags >> 4);
  walk.number(FLAG, at + 3, 1, flags & 15);
  const hasAddresses = (flags & 15) === 1 || (flags & 15) === 3;
  for (let entry = 4; entry + (hasAddresses ? 8 : 4) <= length;) {
    if (hasAddresses) {
      walk.raw(TIME_STAMP_ADDR, at + entry, 4);
      entry += 4;
    }
    walk.number(TIME_STAMP, at + entry, 4, walk.u32(at + entry));
    entry += 4;
  }
}
