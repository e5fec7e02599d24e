/** Ethernet II and 802.3 (IEEE 802.3, RFC 894), and Linux "cooked" captures of the `any` interface. */
import { data } from './data.ts';
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';

const ETH = fieldId('eth');
const DST = fieldId('eth.dst');
const DST_LG = fieldId('eth.dst.lg');
const DST_IG = fieldId('eth.dst.ig');
const SRC = fieldId('eth.src');
const SRC_LG = fieldId('eth.src.lg');
const SRC_IG = fieldId('eth.src.ig');
const TYPE = fieldId('eth.type');
const LEN = fieldId('eth.len');
const PADDING = fieldId('eth.padding');
const TRAILER = fieldId('eth.trailer');
const FCS = fieldId('eth.fcs');
const SLL = fieldId('sll');
const SLL_PKTTYPE = fieldId('sll.pkttype');
const SLL_HATYPE = fieldId('sll.hatype');
const SLL_HALEN = fieldId('sll.halen');
const SLL_SRC = fieldId('sll.src.eth');
const SLL_ETYPE = fieldId('sll.etype');

const HEADER_BYTES = 14;
const MAX_8023_LENGTH = 1500;
/** The shortest Ethernet frame without its frame check sequence. */
const MIN_FRAME_BYTES = 60;

export function ethernet(walk: Walk, offset: number): void {
  walk.need(offset, HEADER_BYTES);
  walk.layer(ETH, offset, HEADER_BYTES);
  walk.raw(DST, offset, 6);
  const dst = walk.u8(offset);
  walk.number(DST_LG, offset, 3, (dst >> 1) & 1);
  walk.number(DST_IG, offset, 3, dst & 1);
  walk.raw(SRC, offset + 6, 6);
  const src = walk.u8(offset + 6);
  walk.number(SRC_LG, offset + 6, 3, (src >> 1) & 1);
  walk.number(SRC_IG, offset + 6, 3, src & 1);
  const type = walk.u16(offset + 12);
  const { end, reportedEnd } = walk;
  const payload = offset + HEADER_BYTES;
  if (type <= MAX_8023_LENGTH) {
    walk.number(LEN, offset + 12, 2, type);
    walk.end = Math.min(end, payload + type);
    walk.reportedEnd = Math.min(reportedEnd, payload + type);
    data(walk, payload);
  } else {
    walk.number(TYPE, offset + 12, 2, type);
    if (!walk.next.byEtherType(walk, type, payload)) data(walk, payload);
  }
  // Dissectors leave `end` where their own header says the packet ends; what is behind it fills the frame.
  const contentEnd = walk.reportedEnd;
  walk.end = end;
  walk.reportedEnd = reportedEnd;
  if (contentEnd < end) trailer(walk, offset, contentEnd);
}

function trailer(walk: Walk, frameStart: number, offset: number): void {
  const { end, bytes } = walk;
  let at = offset;
  const minimumEnd = Math.min(end, frameStart + MIN_FRAME_BYTES);
  while (at < minimumEnd && bytes[at] === 0) at++;
  if (at > offset) walk.raw(PADDING, offset, at - offset);
  if (at >= end) return;
  // Wireshark's guess: four bytes behind a frame that is long enough without them are its check sequence.
  const hasFcs = end - at >= 4 && end - frameStart - 4 >= MIN_FRAME_BYTES;
  const trailerEnd = hasFcs ? end - 4 : end;
  if (trailerEnd > at) walk.raw(TRAILER, at, trailerEnd - at);
  if (hasFcs) walk.number(FCS, trailerEnd, 4, walk.u32(trailerEnd));
}

/** LINKTYPE_LINUX_SLL (pcap-linktype(7)). */
export function linuxCooked(walk: Walk, offset: number): void {
  walk.layer(SLL, offset, Math.min(16, walk.end - offset));
  walk.number(SLL_PKTTYPE, offset, 2, walk.u16(offset));
  walk.number(SLL_HATYPE, offset + 2, 2, walk.u16(offset + 2));
  const addressLength = walk.u16(offset + 4);
  walk.number(SLL_HALEN, offset + 4, 2, addressLength);
  if (addressLength === 6) walk.raw(SLL_SRC, offset + 6, 6);
  const type = walk.u16(offset + 14);
  walk.number(SLL_ETYPE, offset + 14, 2, type);
  if (!walk.next.byEtherType(walk, type, offset + 16)) data(walk, offset + 16);
}
