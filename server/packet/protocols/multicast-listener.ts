/** Multicast listener discovery, version 1 (RFC 2710) and 2 (RFC 3810). */
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';

const RESERVED = fieldId('icmpv6.reserved');
const DELAY = fieldId('icmpv6.mld.maximum_response_delay');
const CODE = fieldId('icmpv6.mld.maximum_response_code');
const ADDRESS = fieldId('icmpv6.mld.multicast_address');
const FLAG = fieldId('icmpv6.mld.flag');
const FLAG_S = fieldId('icmpv6.mld.flag.s');
const FLAG_QRV = fieldId('icmpv6.mld.flag.qrv');
const FLAG_RESERVED = fieldId('icmpv6.mld.flag.reserved');
const QQI = fieldId('icmpv6.mld.qqi');
const NB_SOURCES = fieldId('icmpv6.mld.nb_sources');
const SOURCE = fieldId('icmpv6.mld.source_address');
const NB_RECORDS = fieldId('icmpv6.mldr.nb_mcast_records');
const RECORD = fieldId('icmpv6.mldr.mar');
const RECORD_TYPE = fieldId('icmpv6.mldr.mar.record_type');
const RECORD_AUX = fieldId('icmpv6.mldr.mar.aux_data_len');
const RECORD_NB_SOURCES = fieldId('icmpv6.mldr.mar.nb_sources');
const RECORD_ADDRESS = fieldId('icmpv6.mldr.mar.multicast_address');
const RECORD_SOURCE = fieldId('icmpv6.mldr.mar.source_address');

/** A query of version 2 is at least this long (RFC 3810 section 8.1). */
const VERSION_2_QUERY_BYTES = 28;

export function oldListenerMessage(walk: Walk, offset: number): void {
  walk.number(DELAY, offset + 4, 2, walk.u16(offset + 4));
  walk.raw(RESERVED, offset + 6, 2);
  walk.raw(ADDRESS, offset + 8, 16);
}

export function listenerQuery(walk: Walk, offset: number): void {
  if (walk.reportedEnd - offset < VERSION_2_QUERY_BYTES) return oldListenerMessage(walk, offset);
  walk.number(CODE, offset + 4, 2, walk.u16(offset + 4));
  walk.raw(RESERVED, offset + 6, 2);
  walk.raw(ADDRESS, offset + 8, 16);
  const flags = walk.u8(offset + 24);
  walk.number(FLAG, offset + 24, 1, flags);
  walk.number(FLAG_S, offset + 24, 1, (flags >> 3) & 1);
  walk.number(FLAG_QRV, offset + 24, 1, flags & 7);
  walk.number(FLAG_RESERVED, offset + 24, 1, flags >> 4);
  walk.number(QQI, offset + 25, 1, walk.u8(offset + 25));
  const sources = walk.u16(offset + 26);
  walk.number(NB_SOURCES, offset + 26, 2, sources);
  for (let index = 0; index < sources; index++) walk.raw(SOURCE, offset + 28 + index * 16, 16);
}

export function listenerReport(walk: Walk, offset: number): void {
  walk.raw(RESERVED, offset + 4, 2);
  const records = walk.u16(offset + 6);
  walk.number(NB_RECORDS, offset + 6, 2, records);
  let at = offset + 8;
  for (let index = 0; index < records; index++) {
    const type = walk.u8(at);
    const auxWords = walk.u8(at + 1);
    const sources = walk.u16(at + 2);
    const length = 20 + sources * 16 + auxWords * 4;
    walk.number(RECORD, at, length, Number.NaN);
    walk.number(RECORD_TYPE, at, 1, type);
    walk.number(RECORD_AUX, at + 1, 1, auxWords);
    walk.number(RECORD_NB_SOURCES, at + 2, 2, sources);
    walk.raw(RECORD_ADDRESS, at + 4, 16);
    for (let source = 0; source < sources; source++) walk.raw(RECORD_SOURCE, at + 20 + source * 16, 16);
    at += length;
  }
}
