/** GRE (RFC 2784, RFC 2890). */
import { addWords, CHECKSUM_BAD, CHECKSUM_GOOD, CHECKSUM_UNVERIFIED, fold } from '../checksum.ts';
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';
import { data } from './data.ts';

const GRE = fieldId('gre');
const FLAGS_AND_VERSION = fieldId('gre.flags_and_version');
const FLAG_CHECKSUM = fieldId('gre.flags.checksum');
const FLAG_ROUTING = fieldId('gre.flags.routing');
const FLAG_KEY = fieldId('gre.flags.key');
const FLAG_SEQUENCE = fieldId('gre.flags.sequence_number');
const FLAG_STRICT = fieldId('gre.flags.strict_source_route');
const RECURSION = fieldId('gre.flags.recursion_control');
const FLAG_ACK = fieldId('gre.flags.ack');
const RESERVED = fieldId('gre.flags.reserved');
const VERSION = fieldId('gre.flags.version');
const PROTO = fieldId('gre.proto');
const CHECKSUM = fieldId('gre.checksum');
const CHECKSUM_STATUS = fieldId('gre.checksum.status');
const OFFSET = fieldId('gre.offset');
const KEY = fieldId('gre.key');
const SEQUENCE = fieldId('gre.sequence_number');
const ACK_NUMBER = fieldId('gre.ack_number');

export function gre(walk: Walk, offset: number): void {
  const layer = walk.layer(GRE, offset, Math.min(4, walk.end - offset));
  const flags = walk.u16(offset);
  walk.number(FLAGS_AND_VERSION, offset, 2, flags);
  const version = flags & 7;
  walk.number(FLAG_CHECKSUM, offset, 2, flags >> 15);
  walk.number(FLAG_ROUTING, offset, 2, (flags >> 14) & 1);
  walk.number(FLAG_KEY, offset, 2, (flags >> 13) & 1);
  walk.number(FLAG_SEQUENCE, offset, 2, (flags >> 12) & 1);
  walk.number(FLAG_STRICT, offset, 2, (flags >> 11) & 1);
  walk.number(RECURSION, offset, 2, (flags >> 8) & 7);
  if (version === 1) walk.number(FLAG_ACK, offset, 2, (flags >> 7) & 1);
  // Version 1 (PPTP) takes one bit of the reserved ones for its acknowledgements.
  walk.number(RESERVED, offset, 2, (flags >> 3) & 31);
  walk.number(VERSION, offset, 2, version);
  const protocol = walk.u16(offset + 2);
  walk.number(PROTO, offset + 2, 2, protocol);
  let at = offset + 4;
  const hasChecksum = (flags & 0x8000) !== 0;
  const hasRouting = (flags & 0x4000) !== 0;
  if (hasChecksum || hasRouting) {
    walk.number(CHECKSUM, at, 2, walk.u16(at));
    if (hasChecksum && walk.wants(CHECKSUM_STATUS)) walk.number(CHECKSUM_STATUS, at, 0, checksumStatus(walk, offset));
    walk.number(OFFSET, at + 2, 2, walk.u16(at + 2));
    at += 4;
  }
  if (flags & 0x2000) {
    walk.number(KEY, at, 4, walk.u32(at));
    at += 4;
  }
  if (flags & 0x1000) {
    walk.number(SEQUENCE, at, 4, walk.u32(at));
    at += 4;
  }
  if (version === 1 && flags & 0x80) {
    walk.number(ACK_NUMBER, at, 4, walk.u32(at));
    at += 4;
  }
  walk.resize(layer, at - offset);
  if (hasRouting) return data(walk, at);
  if (!walk.next.byEtherType(walk, protocol, at)) data(walk, at);
}

function checksumStatus(walk: Walk, offset: number): number {
  if (walk.end !== walk.reportedEnd || walk.isPartial) return CHECKSUM_UNVERIFIED;
  return fold(addWords(walk.bytes, offset, walk.end - offset)) === 0xffff ? CHECKSUM_GOOD : CHECKSUM_BAD;
}
