/** UDP (RFC 768). */
import {
  addWords,
  CHECKSUM_BAD,
  CHECKSUM_GOOD,
  CHECKSUM_ILLEGAL,
  CHECKSUM_NOT_PRESENT,
  CHECKSUM_UNVERIFIED,
  expectedChecksum,
  pseudoHeaderSum,
} from '../checksum.ts';
import { fieldId } from '../fields.ts';
import type { IpAddresses, Walk } from '../walk.ts';
import { data } from './data.ts';
import { dhcp } from './dhcp.ts';
import { dns } from './dns.ts';
import { vxlan } from './vxlan.ts';

const UDP = fieldId('udp');
const SRCPORT = fieldId('udp.srcport');
const DSTPORT = fieldId('udp.dstport');
const LENGTH = fieldId('udp.length');
const CHECKSUM = fieldId('udp.checksum');
const CHECKSUM_STATUS = fieldId('udp.checksum.status');
const CHECKSUM_CALCULATED = fieldId('udp.checksum_calculated');
const PAYLOAD = fieldId('udp.payload');

const HEADER_BYTES = 8;
const PROTOCOL_UDP = 17;
const IPV6_ADDRESSES_BYTES = 32;

export function udp(walk: Walk, offset: number, addresses: IpAddresses): void {
  const layer = walk.layer(UDP, offset, Math.min(HEADER_BYTES, walk.end - offset));
  const srcPort = walk.u16(offset);
  walk.number(SRCPORT, offset, 2, srcPort);
  const dstPort = walk.u16(offset + 2);
  walk.number(DSTPORT, offset + 2, 2, dstPort);
  const length = walk.u16(offset + 4);
  walk.number(LENGTH, offset + 4, 2, length);
  if (length !== 0 && length < HEADER_BYTES) {
    return walk.fault('udpLengthBelowHeader', length, HEADER_BYTES);
  }
  const rest = walk.reportedEnd - offset;
  if (length > rest && !walk.isPartial && !walk.isQuoted) {
    walk.fault('udpLength', length, rest);
  }
  const packetEnd = walk.end;
  // A length of zero is a jumbogram's (RFC 2675).
  const end = length === 0 ? walk.reportedEnd : offset + length;
  walk.reportedEnd = Math.min(walk.reportedEnd, end);
  walk.end = Math.min(walk.end, end);
  walk.bound(layer);
  checksum(walk, offset, length, addresses);
  const payload = offset + HEADER_BYTES;
  if (walk.end <= payload) return;
  // tshark counts bytes behind the datagram to its payload.
  walk.number(PAYLOAD, payload, packetEnd - payload, Number.NaN);
  const low = Math.min(srcPort, dstPort);
  if (!byPort(walk, low, payload) && !byPort(walk, Math.max(srcPort, dstPort), payload)) data(walk, payload);
}

function byPort(walk: Walk, port: number, offset: number): boolean {
  switch (port) {
    case 53:
      dns(walk, offset, 'dns');
      return true;
    case 5353:
      dns(walk, offset, 'mdns');
      return true;
    case 5355:
      dns(walk, offset, 'llmnr');
      return true;
    case 67:
    case 68:
      return dhcp(walk, offset);
    case 4789:
      vxlan(walk, offset);
      return true;
    default:
      return false;
  }
}

function checksum(walk: Walk, offset: number, length: number, addresses: IpAddresses): void {
  const found = walk.u16(offset + 6);
  walk.number(CHECKSUM, offset + 6, 2, found);
  if (!walk.wants(CHECKSUM_STATUS) && !walk.wants(CHECKSUM_CALCULATED)) return;
  if (found === 0) {
    // RFC 8200 section 8.1: IPv6 has no header checksum, so UDP over it must have its own.
    const status = addresses.length === IPV6_ADDRESSES_BYTES ? CHECKSUM_ILLEGAL : CHECKSUM_NOT_PRESENT;
    walk.number(CHECKSUM_STATUS, offset + 6, 2, status);
    return;
  }
  const isWhole = walk.end === walk.reportedEnd && walk.end - offset === length;
  if (!walk.verifyChecksums || !isWhole || walk.isPartial) {
    walk.number(CHECKSUM_STATUS, offset + 6, 0, CHECKSUM_UNVERIFIED);
    return;
  }
  const sum = addWords(walk.bytes, offset, length, pseudoHeaderSum(walk.bytes, addresses, PROTOCOL_UDP, length));
  const computed = expectedChecksum(sum, found);
  // Zero means "none", so a sum of zero is sent as its other name.
  const expected = computed === 0 ? 0xffff : computed;
  walk.number(CHECKSUM_STATUS, offset + 6, 0, expected === found ? CHECKSUM_GOOD : CHECKSUM_BAD);
  walk.number(CHECKSUM_CALCULATED, offset + 6, 2, expected);
}
