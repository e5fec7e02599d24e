/** Neighbour discovery: solicitations, advertisements, redirects and their options (RFC 4861, RFC 8106). */
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';

const RESERVED = fieldId('icmpv6.reserved');
const RA_CUR_HOP_LIMIT = fieldId('icmpv6.nd.ra.cur_hop_limit');
const RA_FLAG = fieldId('icmpv6.nd.ra.flag');
const RA_M = fieldId('icmpv6.nd.ra.flag.m');
const RA_O = fieldId('icmpv6.nd.ra.flag.o');
const RA_H = fieldId('icmpv6.nd.ra.flag.h');
const RA_PRF = fieldId('icmpv6.nd.ra.flag.prf');
const RA_P = fieldId('icmpv6.nd.ra.flag.p');
const RA_RSV = fieldId('icmpv6.nd.ra.flag.rsv');
const RA_LIFETIME = fieldId('icmpv6.nd.ra.router_lifetime');
const RA_REACHABLE = fieldId('icmpv6.nd.ra.reachable_time');
const RA_RETRANS = fieldId('icmpv6.nd.ra.retrans_timer');
const NS_TARGET = fieldId('icmpv6.nd.ns.target_address');
const NA_FLAG = fieldId('icmpv6.nd.na.flag');
const NA_R = fieldId('icmpv6.nd.na.flag.r');
const NA_S = fieldId('icmpv6.nd.na.flag.s');
const NA_O = fieldId('icmpv6.nd.na.flag.o');
const NA_RSV = fieldId('icmpv6.nd.na.flag.rsv');
const NA_TARGET = fieldId('icmpv6.nd.na.target_address');
const RD_TARGET = fieldId('icmpv6.nd.rd.target_address');
const RD_DESTINATION = fieldId('icmpv6.rd.na.destination_address');
const OPT = fieldId('icmpv6.opt');
const OPT_TYPE = fieldId('icmpv6.opt.type');
const OPT_LENGTH = fieldId('icmpv6.opt.length');
const OPT_LINKADDR = fieldId('icmpv6.opt.linkaddr');
const OPT_SRC_LINKADDR = fieldId('icmpv6.opt.src_linkaddr');
const OPT_TARGET_LINKADDR = fieldId('icmpv6.opt.target_linkaddr');
const PREFIX_LENGTH = fieldId('icmpv6.opt.prefix.length');
const PREFIX_FLAG = fieldId('icmpv6.opt.prefix.flag');
const PREFIX_L = fieldId('icmpv6.opt.prefix.flag.l');
const PREFIX_A = fieldId('icmpv6.opt.prefix.flag.a');
const PREFIX_R = fieldId('icmpv6.opt.prefix.flag.r');
const PREFIX_RESERVED = fieldId('icmpv6.opt.prefix.flag.reserved');
const PREFIX_VALID = fieldId('icmpv6.opt.prefix.valid_lifetime');
const PREFIX_PREFERRED = fieldId('icmpv6.opt.prefix.preferred_lifetime');
const PREFIX = fieldId('icmpv6.opt.prefix');
const OPT_MTU = fieldId('icmpv6.opt.mtu');
const OPT_NONCE = fieldId('icmpv6.opt.nonce');
const RDNSS_LIFETIME = fieldId('icmpv6.opt.rdnss.lifetime');
const RDNSS = fieldId('icmpv6.opt.rdnss');

export function neighborDiscovery(walk: Walk, offset: number, type: number): void {
  switch (type) {
    case 133:
      walk.raw(RESERVED, offset + 4, 4);
      return options(walk, offset + 8);
    case 134:
      routerAdvertisement(walk, offset);
      return options(walk, offset + 16);
    case 135:
      walk.raw(RESERVED, offset + 4, 4);
      walk.raw(NS_TARGET, offset + 8, 16);
      return options(walk, offset + 24);
    case 136: {
      const flags = walk.u32(offset + 4);
      walk.number(NA_FLAG, offset + 4, 4, flags);
      walk.number(NA_R, offset + 4, 4, flags >>> 31);
      walk.number(NA_S, offset + 4, 4, (flags >>> 30) & 1);
      walk.number(NA_O, offset + 4, 4, (flags >>> 29) & 1);
      walk.number(NA_RSV, offset + 4, 4, flags & 0x1fffffff);
      walk.raw(NA_TARGET, offset + 8, 16);
      return options(walk, offset + 24);
    }
    default:
      walk.raw(RESERVED, offset + 4, 4);
      walk.raw(RD_TARGET, offset + 8, 16);
      walk.raw(RD_DESTINATION, offset + 24, 16);
      return options(walk, offset + 40);
  }
}

function routerAdvertisement(walk: Walk, offset: number): void {
  walk.number(RA_CUR_HOP_LIMIT, offset + 4, 1, walk.u8(offset + 4));
  const flags = walk.u8(offset + 5);
  walk.number(RA_FLAG, offset + 5, 1, flags);
  walk.number(RA_M, offset + 5, 1, flags >> 7);
  walk.number(RA_O, offset + 5, 1, (flags >> 6) & 1);
  walk.number(RA_H, offset + 5, 1, (flags >> 5) & 1);
  walk.number(RA_PRF, offset + 5, 1, (flags >> 3) & 3);
  walk.number(RA_P, offset + 5, 1, (flags >> 2) & 1);
  walk.number(RA_RSV, offset + 5, 1, flags & 3);
  walk.number(RA_LIFETIME, offset + 6, 2, walk.u16(offset + 6));
  walk.number(RA_REACHABLE, offset + 8, 4, walk.u32(offset + 8));
  walk.number(RA_RETRANS, offset + 12, 4, walk.u32(offset + 12));
}

function options(walk: Walk, start: number): void {
  for (let at = start; at < walk.reportedEnd;) {
    const type = walk.u8(at);
    const units = walk.u8(at + 1);
    const length = units * 8;
    walk.number(OPT, at, length, Number.NaN);
    walk.number(OPT_TYPE, at, 1, type);
    walk.number(OPT_LENGTH, at + 1, 1, units);
    if (units === 0) return walk.fault('neighborOptionLength', at);
    option(walk, at, type, length);
    at += length;
  }
}

function option(walk: Walk, at: number, type: number, length: number): void {
  switch (type) {
    case 1:
    case 2:
      // Six bytes of a MAC; longer options hold longer addresses with padding.
      walk.raw(OPT_LINKADDR, at + 2, length === 8 ? 6 : length - 2);
      return walk.raw(type === 1 ? OPT_SRC_LINKADDR : OPT_TARGET_LINKADDR, at + 2, length === 8 ? 6 : length - 2);
    case 3: {
      if (length !== 32) return;
      walk.number(PREFIX_LENGTH, at + 2, 1, walk.u8(at + 2));
      const flags = walk.u8(at + 3);
      walk.number(PREFIX_FLAG, at + 3, 1, flags);
      walk.number(PREFIX_L, at + 3, 1, flags >> 7);
      walk.number(PREFIX_A, at + 3, 1, (flags >> 6) & 1);
      walk.number(PREFIX_R, at + 3, 1, (flags >> 5) & 1);
      walk.number(PREFIX_RESERVED, at + 3, 1, flags & 31);
      walk.number(PREFIX_VALID, at + 4, 4, walk.u32(at + 4));
      walk.number(PREFIX_PREFERRED, at + 8, 4, walk.u32(at + 8));
      return walk.raw(PREFIX, at + 16, 16);
    }
    case 5:
      walk.number(OPT_MTU, at + 4, 4, walk.u32(at + 4));
      return;
    case 14:
      return walk.raw(OPT_NONCE, at + 2, length - 2);
    case 25:
      walk.number(RDNSS_LIFETIME, at + 4, 4, walk.u32(at + 4));
      for (let server = at + 8; server + 16 <= at + length; server += 16) walk.raw(RDNSS, server, 16);
      return;
  }
}
