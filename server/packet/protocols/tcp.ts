/** TCP (RFC 9293) and its options; what carries over from segment to segment (streams, relative numbers) is not here. */
import {
  addWords,
  CHECKSUM_BAD,
  CHECKSUM_GOOD,
  CHECKSUM_UNVERIFIED,
  expectedChecksum,
  pseudoHeaderSum,
} from '../checksum.ts';
import { fieldId } from '../fields.ts';
import type { IpAddresses, Walk } from '../walk.ts';
import { tcpApplication } from './tcp-application.ts';
import { tcpOptions } from './tcp-options.ts';

const TCP = fieldId('tcp');
const SRCPORT = fieldId('tcp.srcport');
const DSTPORT = fieldId('tcp.dstport');
const LEN = fieldId('tcp.len');
const SEQ_RAW = fieldId('tcp.seq_raw');
const ACK_RAW = fieldId('tcp.ack_raw');
const HDR_LEN = fieldId('tcp.hdr_len');
const FLAGS = fieldId('tcp.flags');
const RES = fieldId('tcp.flags.res');
const AE = fieldId('tcp.flags.ae');
const CWR = fieldId('tcp.flags.cwr');
const ECE = fieldId('tcp.flags.ece');
const URG = fieldId('tcp.flags.urg');
const ACK = fieldId('tcp.flags.ack');
const PUSH = fieldId('tcp.flags.push');
const RESET = fieldId('tcp.flags.reset');
const SYN = fieldId('tcp.flags.syn');
const FIN = fieldId('tcp.flags.fin');
const WINDOW = fieldId('tcp.window_size_value');
const CHECKSUM = fieldId('tcp.checksum');
const CHECKSUM_STATUS = fieldId('tcp.checksum.status');
const CHECKSUM_CALCULATED = fieldId('tcp.checksum_calculated');
const URGENT_POINTER = fieldId('tcp.urgent_pointer');
const PAYLOAD = fieldId('tcp.payload');

const MIN_HEADER_BYTES = 20;
const PROTOCOL_TCP = 6;
const IPV4_ADDRESSES_BYTES = 8;

export function tcp(walk: Walk, offset: number, addresses: IpAddresses): void {
  const layer = walk.layer(TCP, offset, Math.min(MIN_HEADER_BYTES, walk.end - offset));
  const srcPort = walk.u16(offset);
  walk.number(SRCPORT, offset, 2, srcPort);
  const dstPort = walk.u16(offset + 2);
  walk.number(DSTPORT, offset + 2, 2, dstPort);
  const seq = walk.u32(offset + 4);
  const ack = walk.u32(offset + 8);
  const headerLength = (walk.u8(offset + 12) >> 4) * 4;
  const payload = offset + headerLength;
  if (!walk.isQuoted) {
    if (walk.reportedEnd >= payload) walk.number(LEN, offset, 0, walk.reportedEnd - payload);
  }
  if (!walk.isQuoted || addresses.length > IPV4_ADDRESSES_BYTES) walk.number(SEQ_RAW, offset + 4, 4, seq);
  if (headerLength >= MIN_HEADER_BYTES) walk.number(ACK_RAW, offset + 8, 4, ack);
  walk.number(HDR_LEN, offset + 12, 1, headerLength);
  if (headerLength < MIN_HEADER_BYTES) {
    return walk.fault('headerLength', 'TCP', headerLength, MIN_HEADER_BYTES);
  }
  walk.resize(layer, Math.min(headerLength, walk.end - offset));
  flags(walk, offset);
  walk.number(WINDOW, offset + 14, 2, walk.u16(offset + 14));
  checksum(walk, offset, addresses);
  walk.number(URGENT_POINTER, offset + 18, 2, walk.u16(offset + 18));
  if (headerLength > MIN_HEADER_BYTES && walk.groups.tcpOptions) tcpOptions(walk, offset + MIN_HEADER_BYTES, payload);
  const length = walk.end - payload;
  if (length <= 0) return;
  walk.raw(PAYLOAD, payload, length);
  tcpApplication(walk, payload, { srcPort, dstPort, addresses });
}

function flags(walk: Walk, offset: number): void {
  const bits = walk.u16(offset + 12) & 0xfff;
  walk.number(FLAGS, offset + 12, 2, bits);
  walk.number(RES, offset + 12, 1, bits & 0xe00 ? 1 : 0);
  walk.number(AE, offset + 12, 1, (bits >> 8) & 1);
  walk.number(CWR, offset + 13, 1, (bits >> 7) & 1);
  walk.number(ECE, offset + 13, 1, (bits >> 6) & 1);
  walk.number(URG, offset + 13, 1, (bits >> 5) & 1);
  walk.number(ACK, offset + 13, 1, (bits >> 4) & 1);
  walk.number(PUSH, offset + 13, 1, (bits >> 3) & 1);
  walk.number(RESET, offset + 13, 1, (bits >> 2) & 1);
  walk.number(SYN, offset + 13, 1, (bits >> 1) & 1);
  walk.number(FIN, offset + 13, 1, bits & 1);
}

function checksum(walk: Walk, offset: number, addresses: IpAddresses): void {
  const found = walk.u16(offset + 16);
  walk.number(CHECKSUM, offset + 16, 2, found);
  if (!walk.wants(CHECKSUM_STATUS) && !walk.wants(CHECKSUM_CALCULATED)) return;
  const canVerify = walk.verifyChecksums && walk.end === walk.reportedEnd && !walk.isPartial;
  if (!canVerify) {
    walk.number(CHECKSUM_STATUS, offset + 16, 0, CHECKSUM_UNVERIFIED);
    return;
  }
  const length = walk.end - offset;
  const sum = addWords(walk.bytes, offset, length, pseudoHeaderSum(walk.bytes, addresses, PROTOCOL_TCP, length));
  const expected = expectedChecksum(sum, found);
  walk.number(CHECKSUM_STATUS, offset + 16, 0, expected === found ? CHECKSUM_GOOD : CHECKSUM_BAD);
  walk.number(CHECKSUM_CALCULATED, offset + 16, 2, expected);
}
