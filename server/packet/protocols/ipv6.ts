/** IPv6 (RFC 8200) and its extension headers. */
import { data } from './data.ts';
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';
import { ipv6Options } from './ipv6-options.ts';

const IPV6 = fieldId('ipv6');
const VERSION = fieldId('ipv6.version');
const TCLASS = fieldId('ipv6.tclass');
const DSCP = fieldId('ipv6.tclass.dscp');
const ECN = fieldId('ipv6.tclass.ecn');
const FLOW = fieldId('ipv6.flow');
const PLEN = fieldId('ipv6.plen');
const NXT = fieldId('ipv6.nxt');
const HLIM = fieldId('ipv6.hlim');
const SRC = fieldId('ipv6.src');
const DST = fieldId('ipv6.dst');

const OPTION_HEADERS: ReadonlyMap<number, { layer: number; nxt: number; len: number; lenOct: number }> = new Map(
  (
    [
      [0, 'hopopts'],
      [60, 'dstopts'],
      [43, 'routing'],
    ] as const
  ).map(([protocol, name]) => [
    protocol,
    {
      layer: fieldId(`ipv6.${name}`),
      nxt: fieldId(`ipv6.${name}.nxt`),
      len: fieldId(`ipv6.${name}.len`),
      lenOct: fieldId(`ipv6.${name}.len_oct`),
    },
  ]),
);
const ROUTING_TYPE = fieldId('ipv6.routing.type');
const ROUTING_SEGLEFT = fieldId('ipv6.routing.segleft');
const FRAGHDR = fieldId('ipv6.fraghdr');
const FRAG_NXT = fieldId('ipv6.fraghdr.nxt');
const FRAG_RESERVED_OCTET = fieldId('ipv6.fraghdr.reserved_octet');
const FRAG_OFFSET = fieldId('ipv6.fraghdr.offset');
const FRAG_RESERVED_BITS = fieldId('ipv6.fraghdr.reserved_bits');
const FRAG_MORE = fieldId('ipv6.fraghdr.more');
const FRAG_IDENT = fieldId('ipv6.fraghdr.ident');

const HEADER_BYTES = 40;
const PROTOCOL_ROUTING = 43;
const PROTOCOL_FRAGMENT = 44;
const NO_NEXT_HEADER = 59;

export function ipv6(walk: Walk, offset: number): void {
  const layer = walk.layer(IPV6, offset, Math.min(HEADER_BYTES, walk.end - offset));
  const version = walk.u8(offset) >> 4;
  walk.number(VERSION, offset, 1, version);
  if (version !== 6) {
    walk.fault('otherVersion', 'IPv6', version);
    return data(walk, offset);
  }
  const first = walk.u32(offset);
  const trafficClass = (first >>> 20) & 0xff;
  walk.number(TCLASS, offset, 4, trafficClass);
  walk.number(DSCP, offset, 4, trafficClass >> 2);
  walk.number(ECN, offset, 4, trafficClass & 3);
  walk.number(FLOW, offset + 1, 3, first & 0xfffff);
  const payloadLength = walk.u16(offset + 4);
  walk.number(PLEN, offset + 4, 2, payloadLength);
  let next = walk.u8(offset + 6);
  walk.number(NXT, offset + 6, 1, next);
  walk.number(HLIM, offset + 7, 1, walk.u8(offset + 7));
  walk.raw(SRC, offset + 8, 16);
  walk.raw(DST, offset + 24, 16);
  const packetEnd = offset + HEADER_BYTES + payloadLength;
  if (packetEnd > walk.reportedEnd && !walk.isQuoted) {
    const rest = walk.reportedEnd - offset - HEADER_BYTES;
    walk.fault('ipv6PayloadLength', payloadLength, rest);
  }
  walk.reportedEnd = Math.min(walk.reportedEnd, packetEnd);
  walk.end = Math.min(walk.end, packetEnd);
  walk.bound(layer);

  let at = offset + HEADER_BYTES;
  const wasPartial = walk.isPartial;
  for (;;) {
    const header = OPTION_HEADERS.get(next);
    if (header) {
      const length = (walk.u8(at + 1) + 1) * 8;
      walk.layer(header.layer, at, length);
      walk.number(header.nxt, at, 1, walk.u8(at));
      walk.number(header.len, at + 1, 1, length / 8 - 1);
      walk.number(header.lenOct, at + 1, 1, length);
      if (next === PROTOCOL_ROUTING) {
        walk.number(ROUTING_TYPE, at + 2, 1, walk.u8(at + 2));
        walk.number(ROUTING_SEGLEFT, at + 3, 1, walk.u8(at + 3));
      } else ipv6Options(walk, at + 2, at + length);
      walk.need(at, length);
      next = walk.u8(at);
      at += length;
    } else if (next === PROTOCOL_FRAGMENT) {
      walk.layer(FRAGHDR, at, 8);
      const fragment = walk.u16(at + 2);
      walk.number(FRAG_NXT, at, 1, walk.u8(at));
      walk.number(FRAG_RESERVED_OCTET, at + 1, 1, walk.u8(at + 1));
      walk.number(FRAG_OFFSET, at + 2, 2, fragment >> 3);
      walk.number(FRAG_RESERVED_BITS, at + 2, 2, (fragment >> 1) & 3);
      walk.number(FRAG_MORE, at + 2, 2, fragment & 1);
      walk.number(FRAG_IDENT, at + 4, 4, walk.u32(at + 4));
      next = walk.u8(at);
      at += 8;
      if (fragment >> 3 !== 0) {
        walk.resize(layer, at - offset);
        return data(walk, at);
      }
      walk.isPartial ||= (fragment & 1) === 1;
    } else break;
  }
  walk.resize(layer, at - offset);
  const { end, reportedEnd } = walk;
  const isKnown = next !== NO_NEXT_HEADER && walk.next.byIpProtocol(walk, next, at, { offset: offset + 8, length: 32 });
  if (!isKnown) data(walk, at);
  walk.isPartial = wasPartial;
  walk.end = end;
  walk.reportedEnd = reportedEnd;
}
