/** ICMP (RFC 792, RFC 1191, RFC 4884 for the length of a quotation). */
import { addWords, CHECKSUM_BAD, CHECKSUM_GOOD, CHECKSUM_UNVERIFIED, fold } from '../checksum.ts';
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';
import { data } from './data.ts';
import { quotation } from './quotation.ts';

const ICMP = fieldId('icmp');
const TYPE = fieldId('icmp.type');
const CODE = fieldId('icmp.code');
const CHECKSUM = fieldId('icmp.checksum');
const CHECKSUM_STATUS = fieldId('icmp.checksum.status');
const IDENT = fieldId('icmp.ident');
const IDENT_LE = fieldId('icmp.ident_le');
const SEQ = fieldId('icmp.seq');
const SEQ_LE = fieldId('icmp.seq_le');
const DATA_TIME = fieldId('icmp.data_time');
const DATA_TIME_RELATIVE = fieldId('icmp.data_time_relative');
const UNUSED = fieldId('icmp.unused');
const LENGTH = fieldId('icmp.length');
const MTU = fieldId('icmp.mtu');
const POINTER = fieldId('icmp.pointer');
const REDIR_GW = fieldId('icmp.redir_gw');
const ORIGINATE = fieldId('icmp.originate_timestamp');
const RECEIVE = fieldId('icmp.receive_timestamp');
const TRANSMIT = fieldId('icmp.transmit_timestamp');
const ADDRESS_MASK = fieldId('icmp.address_mask');

const FRAGMENTATION_NEEDED = 4;
/** What RFC 792 asks to quote of a packet's content. */
const SHORT_QUOTATION_BYTES = 8;
const DAY_SECONDS = 86_400;

export function icmp(walk: Walk, offset: number): void {
  walk.layer(ICMP, offset, walk.end - offset);
  const type = walk.u8(offset);
  walk.number(TYPE, offset, 1, type);
  const code = walk.u8(offset + 1);
  walk.number(CODE, offset + 1, 1, code);
  walk.number(CHECKSUM, offset + 2, 2, walk.u16(offset + 2));
  if (walk.wants(CHECKSUM_STATUS)) walk.number(CHECKSUM_STATUS, offset + 2, 0, checksumStatus(walk, offset));
  switch (type) {
    case 0:
    case 8:
      echoHeader(walk, offset);
      return data(walk, offset + 8 + dataTime(walk, offset + 8));
    case 3:
      unused(walk, offset, code === FRAGMENTATION_NEEDED ? 2 : 0);
      if (code === FRAGMENTATION_NEEDED) walk.number(MTU, offset + 6, 2, walk.u16(offset + 6));
      return quotation(walk, offset + 8, 0x0800);
    case 11:
      unused(walk, offset, 0);
      return quotation(walk, offset + 8, 0x0800);
    case 4:
      return quotation(walk, offset + 8, 0x0800, SHORT_QUOTATION_BYTES);
    case 5:
      walk.raw(REDIR_GW, offset + 4, 4);
      return quotation(walk, offset + 8, 0x0800, SHORT_QUOTATION_BYTES);
    case 12:
      walk.number(POINTER, offset + 4, 1, walk.u8(offset + 4));
      if (walk.u8(offset + 5) === 0) walk.raw(UNUSED, offset + 5, 3);
      else {
        walk.number(LENGTH, offset + 5, 1, walk.u8(offset + 5));
        walk.raw(UNUSED, offset + 6, 2);
      }
      return quotation(walk, offset + 8, 0x0800);
    case 13:
    case 14:
      echoHeader(walk, offset);
      walk.number(ORIGINATE, offset + 8, 4, walk.u32(offset + 8));
      walk.number(RECEIVE, offset + 12, 4, walk.u32(offset + 12));
      walk.number(TRANSMIT, offset + 16, 4, walk.u32(offset + 16));
      return;
    case 17:
    case 18:
      echoHeader(walk, offset);
      return walk.raw(ADDRESS_MASK, offset + 8, 4);
    default:
      return;
  }
}

/** Four bytes that only carry the length of an extended quotation (RFC 4884), and in two of them perhaps the MTU. */
function unused(walk: Walk, offset: number, mtuBytes: number): void {
  const length = walk.u8(offset + 5);
  if (length === 0) return walk.raw(UNUSED, offset + 4, 4 - mtuBytes);
  walk.raw(UNUSED, offset + 4, 1);
  walk.number(LENGTH, offset + 5, 1, length);
  if (mtuBytes === 0) walk.raw(UNUSED, offset + 6, 2);
}

function echoHeader(walk: Walk, offset: number): void {
  const ident = walk.u16(offset + 4);
  walk.number(IDENT, offset + 4, 2, ident);
  walk.number(IDENT_LE, offset + 4, 2, swap(ident));
  const seq = walk.u16(offset + 6);
  walk.number(SEQ, offset + 6, 2, seq);
  walk.number(SEQ_LE, offset + 6, 2, swap(seq));
}

/** ping puts the time of sending first into its data; whether it did can only be guessed. Returns the bytes it takes. */
function dataTime(walk: Walk, at: number): number {
  if (!walk.wants(DATA_TIME) || walk.end - at < 8) return 0;
  const bigEndian = walk.u32(at) + walk.u32(at + 4) / 1e6;
  const littleEndian = swap32(walk.u32(at)) + swap32(walk.u32(at + 4)) / 1e6;
  const now = walk.timeMs / 1000;
  const sent = Math.abs(bigEndian - now) < Math.abs(littleEndian - now) ? bigEndian : littleEndian;
  if (!(Math.abs(sent - now) < DAY_SECONDS)) return 0;
  walk.number(DATA_TIME, at, 8, sent);
  walk.text(DATA_TIME_RELATIVE, at, 8, (now - sent).toFixed(6).padEnd(11, '0'));
  return 8;
}

function swap32(word: number): number {
  return (((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}

function swap(word: number): number {
  return ((word & 0xff) << 8) | (word >> 8);
}

function checksumStatus(walk: Walk, offset: number): number {
  const isWhole = walk.end === walk.reportedEnd && !walk.isPartial && !walk.isQuoted;
  if (!isWhole) return CHECKSUM_UNVERIFIED;
  return fold(addWords(walk.bytes, offset, walk.end - offset)) === 0xffff ? CHECKSUM_GOOD : CHECKSUM_BAD;
}
