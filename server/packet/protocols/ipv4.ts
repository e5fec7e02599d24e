/** IPv4 (RFC 791) with its options. */
import { addWords, CHECKSUM_BAD, CHECKSUM_GOOD, CHECKSUM_UNVERIFIED, expectedChecksum } from '../checksum.ts';
import { data } from './data.ts';
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';
import { finalDestination, ipv4Options } from './ipv4-options.ts';

const IP = fieldId('ip');
const VERSION = fieldId('ip.version');
const HDR_LEN = fieldId('ip.hdr_len');
const DSFIELD = fieldId('ip.dsfield');
const DSCP = fieldId('ip.dsfield.dscp');
const ECN = fieldId('ip.dsfield.ecn');
const LEN = fieldId('ip.len');
const ID = fieldId('ip.id');
const FLAGS = fieldId('ip.flags');
const FLAG_RB = fieldId('ip.flags.rb');
const FLAG_DF = fieldId('ip.flags.df');
const FLAG_MF = fieldId('ip.flags.mf');
const FRAG_OFFSET = fieldId('ip.frag_offset');
const TTL = fieldId('ip.ttl');
const PROTO = fieldId('ip.proto');
const CHECKSUM = fieldId('ip.checksum');
const CHECKSUM_STATUS = fieldId('ip.checksum.status');
const CHECKSUM_CALCULATED = fieldId('ip.checksum_calculated');
const SRC = fieldId('ip.src');
const DST = fieldId('ip.dst');
const CUR_RT = fieldId('ip.cur_rt');

const MIN_HEADER_BYTES = 20;
const ETHERTYPE_IPV6 = 0x86dd;

export function ipv4(walk: Walk, offset: number): void {
  const layer = walk.layer(IP, offset, Math.min(MIN_HEADER_BYTES, walk.end - offset));
  const first = walk.u8(offset);
  const headerLength = (first & 15) * 4;
  walk.number(VERSION, offset, 1, first >> 4);
  if (first >> 4 !== 4) {
    walk.resize(layer, Math.min(headerLength, walk.end - offset));
    walk.fault('otherVersion', 'IPv4', first >> 4);
    if (first >> 4 === 6) walk.next.byEtherType(walk, ETHERTYPE_IPV6, offset);
    return;
  }
  walk.number(HDR_LEN, offset, 1, headerLength);
  if (headerLength < MIN_HEADER_BYTES) {
    return walk.fault('headerLength', 'IPv4', headerLength, MIN_HEADER_BYTES);
  }
  walk.resize(layer, Math.min(headerLength, walk.end - offset));
  const tos = walk.u8(offset + 1);
  walk.number(DSFIELD, offset + 1, 1, tos);
  walk.number(DSCP, offset + 1, 1, tos >> 2);
  walk.number(ECN, offset + 1, 1, tos & 3);
  const totalLength = walk.u16(offset + 2);
  // Zero is what a sender with segmentation offload leaves to its hardware.
  walk.number(LEN, offset + 2, 2, totalLength || walk.reportedEnd - offset);
  if (totalLength !== 0 && totalLength < headerLength) {
    return walk.fault('ipv4LengthBelowHeader', totalLength, headerLength);
  }
  const packetEnd = totalLength === 0 ? walk.reportedEnd : offset + totalLength;
  if (packetEnd > walk.reportedEnd && !walk.isQuoted) {
    walk.fault('ipv4Length', totalLength, walk.reportedEnd - offset);
  }
  walk.reportedEnd = Math.min(walk.reportedEnd, packetEnd);
  walk.end = Math.min(walk.end, packetEnd);
  walk.bound(layer);
  walk.number(ID, offset + 4, 2, walk.u16(offset + 4));
  const fragment = walk.u16(offset + 6);
  walk.number(FLAGS, offset + 6, 1, fragment >> 13);
  walk.number(FLAG_RB, offset + 6, 1, fragment >> 15);
  walk.number(FLAG_DF, offset + 6, 1, (fragment >> 14) & 1);
  walk.number(FLAG_MF, offset + 6, 1, (fragment >> 13) & 1);
  // In units of eight bytes, as it stands in the header and as tshark 4.0 shows it.
  const fragmentOffset = fragment & 0x1fff;
  walk.number(FRAG_OFFSET, offset + 6, 2, fragmentOffset);
  walk.number(TTL, offset + 8, 1, walk.u8(offset + 8));
  const protocol = walk.u8(offset + 9);
  walk.number(PROTO, offset + 9, 1, protocol);
  checksum(walk, offset, headerLength);
  walk.raw(SRC, offset + 12, 4);
  const hasRoute =
    headerLength > MIN_HEADER_BYTES &&
    finalDestination(walk, offset + MIN_HEADER_BYTES, offset + headerLength) !== null;
  walk.raw(hasRoute ? CUR_RT : DST, offset + 16, 4);
  if (headerLength > MIN_HEADER_BYTES) ipv4Options(walk, offset + MIN_HEADER_BYTES, offset + headerLength);
  const payload = offset + headerLength;
  if (fragmentOffset !== 0) return data(walk, payload);
  const wasPartial = walk.isPartial;
  walk.isPartial ||= (fragment & 0x2000) !== 0;
  const { end, reportedEnd } = walk;
  if (!walk.next.byIpProtocol(walk, protocol, payload, { offset: offset + 12, length: 8 })) data(walk, payload);
  walk.isPartial = wasPartial;
  // What is behind the packet belongs to the frame, whatever the content said of its own length.
  walk.end = end;
  walk.reportedEnd = reportedEnd;
}

function checksum(walk: Walk, offset: number, headerLength: number): void {
  const found = walk.u16(offset + 10);
  walk.number(CHECKSUM, offset + 10, 2, found);
  const canVerify = walk.verifyChecksums && offset + headerLength <= walk.end;
  if (!walk.wants(CHECKSUM_STATUS) && !walk.wants(CHECKSUM_CALCULATED)) return;
  if (!canVerify) {
    walk.number(CHECKSUM_STATUS, offset + 10, 0, CHECKSUM_UNVERIFIED);
    return;
  }
  const expected = expectedChecksum(addWords(walk.bytes, offset, headerLength), found);
  walk.number(CHECKSUM_STATUS, offset + 10, 0, expected === found ? CHECKSUM_GOOD : CHECKSUM_BAD);
  walk.number(CHECKSUM_CALCULATED, offset + 10, 2, expected);
}
