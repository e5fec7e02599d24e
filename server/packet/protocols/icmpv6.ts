/** ICMPv6 (RFC 4443): errors and echo; neighbour discovery and multicast listeners are in files of their own. */
import { addWords, CHECKSUM_BAD, CHECKSUM_GOOD, CHECKSUM_UNVERIFIED, fold, pseudoHeaderSum } from '../checksum.ts';
import { fieldId } from '../fields.ts';
import type { IpAddresses, Walk } from '../walk.ts';
import { data } from './data.ts';
import { listenerQuery, listenerReport, oldListenerMessage } from './multicast-listener.ts';
import { neighborDiscovery } from './neighbor-discovery.ts';
import { quotation } from './quotation.ts';

const ICMPV6 = fieldId('icmpv6');
const TYPE = fieldId('icmpv6.type');
const CODE = fieldId('icmpv6.code');
const CHECKSUM = fieldId('icmpv6.checksum');
const CHECKSUM_STATUS = fieldId('icmpv6.checksum.status');
const RESERVED = fieldId('icmpv6.reserved');
const LENGTH = fieldId('icmpv6.length');
const MTU = fieldId('icmpv6.mtu');
const POINTER = fieldId('icmpv6.pointer');
const ECHO_IDENTIFIER = fieldId('icmpv6.echo.identifier');
const ECHO_SEQUENCE = fieldId('icmpv6.echo.sequence_number');

const ETHERTYPE_IPV6 = 0x86dd;
const PROTOCOL_ICMPV6 = 58;

export function icmpv6(walk: Walk, offset: number, addresses: IpAddresses): void {
  walk.layer(ICMPV6, offset, walk.end - offset);
  const type = walk.u8(offset);
  walk.number(TYPE, offset, 1, type);
  walk.number(CODE, offset + 1, 1, walk.u8(offset + 1));
  walk.number(CHECKSUM, offset + 2, 2, walk.u16(offset + 2));
  if (walk.wants(CHECKSUM_STATUS)) walk.number(CHECKSUM_STATUS, offset + 2, 0, checksumStatus(walk, offset, addresses));
  switch (type) {
    case 1:
    case 3: {
      const length = walk.u8(offset + 4);
      if (length > 0) {
        walk.number(LENGTH, offset + 4, 1, length);
        walk.raw(RESERVED, offset + 5, 3);
      } else walk.raw(RESERVED, offset + 4, 4);
      return quotation(walk, offset + 8, ETHERTYPE_IPV6);
    }
    case 2:
      walk.number(MTU, offset + 4, 4, walk.u32(offset + 4));
      return quotation(walk, offset + 8, ETHERTYPE_IPV6);
    case 4:
      walk.number(POINTER, offset + 4, 4, walk.u32(offset + 4));
      return quotation(walk, offset + 8, ETHERTYPE_IPV6);
    case 128:
    case 129:
      walk.number(ECHO_IDENTIFIER, offset + 4, 2, walk.u16(offset + 4));
      walk.number(ECHO_SEQUENCE, offset + 6, 2, walk.u16(offset + 6));
      return data(walk, offset + 8);
    case 130:
      return listenerQuery(walk, offset);
    case 131:
    case 132:
      return oldListenerMessage(walk, offset);
    case 133:
    case 134:
    case 135:
    case 136:
    case 137:
      return neighborDiscovery(walk, offset, type);
    case 143:
      return listenerReport(walk, offset);
    default:
      return data(walk, offset + 4);
  }
}

function checksumStatus(walk: Walk, offset: number, addresses: IpAddresses): number {
  if (walk.end !== walk.reportedEnd || walk.isPartial || walk.isQuoted) return CHECKSUM_UNVERIFIED;
  const length = walk.end - offset;
  const sum = pseudoHeaderSum(walk.bytes, addresses, PROTOCOL_ICMPV6, length);
  return fold(addWords(walk.bytes, offset, length, sum)) === 0xffff ? CHECKSUM_GOOD : CHECKSUM_BAD;
}
