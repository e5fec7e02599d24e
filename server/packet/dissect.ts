/** From one layer to the next: which dissector reads what a header says comes after it. */
import { arp } from './protocols/arp.ts';
import { ethernet, linuxCooked } from './protocols/ethernet.ts';
import { data } from './protocols/data.ts';
import { icmp } from './protocols/icmp.ts';
import { icmpv6 } from './protocols/icmpv6.ts';
import { gre } from './protocols/gre.ts';
import { ipv4 } from './protocols/ipv4.ts';
import { ipv6 } from './protocols/ipv6.ts';
import { tcp } from './protocols/tcp.ts';
import { udp } from './protocols/udp.ts';
import { vlan } from './protocols/vlan.ts';
import { CutError } from './walk.ts';
import type { Dispatch, IpAddresses, Walk } from './walk.ts';

/** Nesting deeper than this is an attack, not a network. */
const MAX_DEPTH = 24;

export const LINKTYPE_ETHERNET = 1;
const LINKTYPES_RAW_IP: readonly number[] = [12, 14, 101, 228, 229];
const LINKTYPE_LINUX_SLL = 113;

/** Reads a whole frame. Faults end in `walk.problem`; nothing is thrown. */
export function dissectFrame(walk: Walk, linkType: number): void {
  try {
    if (linkType === LINKTYPE_ETHERNET) ethernet(walk, 0);
    else if (linkType === LINKTYPE_LINUX_SLL) linuxCooked(walk, 0);
    else if (LINKTYPES_RAW_IP.includes(linkType)) rawIp(walk, 0);
    else {
      walk.fault('unknownLinkType', linkType);
      data(walk, 0);
    }
  } catch (thrown) {
    if (!(thrown instanceof CutError)) throw thrown;
    if (walk.bytes.length < walk.reportedEnd && walk.end >= walk.bytes.length) walk.fault('cut', walk.bytes.length);
    else walk.fault('missing');
  }
}

function rawIp(walk: Walk, offset: number): void {
  const version = walk.u8(offset) >> 4;
  if (version === 4) ipv4(walk, offset);
  else if (version === 6) ipv6(walk, offset);
  else data(walk, offset);
}

function byEtherType(walk: Walk, type: number, offset: number): boolean {
  if (offset >= walk.end && offset >= walk.reportedEnd) return false;
  if (++walk.depth > MAX_DEPTH) return tooDeep(walk);
  switch (type) {
    case 0x0800:
      ipv4(walk, offset);
      return true;
    case 0x86dd:
      ipv6(walk, offset);
      return true;
    case 0x0806:
      arp(walk, offset);
      return true;
    case 0x8100:
    case 0x9100:
      vlan(walk, offset, false);
      return true;
    case 0x88a8:
      vlan(walk, offset, true);
      return true;
    case 0x6558:
      ethernet(walk, offset);
      return true;
    default:
      return false;
  }
}

function byIpProtocol(walk: Walk, protocol: number, offset: number, addresses: IpAddresses): boolean {
  if (++walk.depth > MAX_DEPTH) return tooDeep(walk);
  switch (protocol) {
    case 1:
      icmp(walk, offset);
      return true;
    case 6:
      if (walk.groups.tcp) tcp(walk, offset, addresses);
      return true;
    case 17:
      udp(walk, offset, addresses);
      return true;
    case 58:
      icmpv6(walk, offset, addresses);
      return true;
    case 4:
      ipv4(walk, offset);
      return true;
    case 41:
      ipv6(walk, offset);
      return true;
    case 47:
      gre(walk, offset);
      return true;
    default:
      return false;
  }
}

function tooDeep(walk: Walk): true {
  walk.fault('tooDeep');
  return true;
}

export const DISPATCH: Dispatch = { byEtherType, byIpProtocol };
