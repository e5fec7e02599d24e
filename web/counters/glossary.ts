/**
 * What each counter of the kernel counts, in a sentence, and where the kernel counts it. Loaded when somebody asks.
 * The sentences stand by group in glossary/; this file finds the one for a name.
 */
import type { Group } from './glossary/group.ts';
import { ICMP, ICMP6, IP, IP6, IP_EXT } from './glossary/internet.ts';
import { CONNTRACK, INTERFACE, QDISC } from './glossary/link.ts';
import { MPTCP_EXT } from './glossary/mptcp.ts';
import { TCP, TCP_EXT, UDP } from './glossary/transport.ts';

export interface Meaning {
  readonly words: string;
  /** The place in the kernel's source. */
  readonly source: string;
}

const GROUPS: Readonly<Record<string, Group>> = {
  Ip: IP,
  IpExt: IP_EXT,
  Icmp: ICMP,
  Ip6: IP6,
  Icmp6: ICMP6,
  Tcp: TCP,
  TcpExt: TCP_EXT,
  MPTcpExt: MPTCP_EXT,
  Udp: UDP,
  UdpLite: UDP,
  Udp6: UDP,
  UdpLite6: UDP,
  conntrack: CONNTRACK,
};

/** The counter is named as authors write it: `Ip.FragCreates`, `eth0.rx_packets`, `qdisc.eth0.drops`. */
export function meaningOf(name: string): Meaning {
  const found = wordsFrom<Group>(name, GROUPS, INTERFACE, QDISC, (group, field) => {
    const sentence = group.sentences[field] ?? typeSentence(field);
    if (sentence === undefined) return undefined;
    const [words = '', source = group.source] = sentence.split(' @ ');
    return { words, source };
  });
  return found ?? { words: 'The kernel counts this; the course has no words for it yet.', source: '' };
}

/** Finds the group and the field of a counter by its name; what has no group of its own is an interface's or a queue's. */
export function wordsFrom<G, Found = G extends Readonly<Record<string, string>> ? string : Meaning>(
  name: string,
  groups: Readonly<Record<string, G>>,
  ofInterface: G,
  ofQueue: G,
  find: (group: G, field: string) => Found | undefined,
): Found | undefined {
  const dot = name.lastIndexOf('.');
  const owner = name.slice(0, Math.max(0, dot));
  return find(groups[owner] ?? (owner.startsWith('qdisc.') ? ofQueue : ofInterface), name.slice(dot + 1));
}

/** ICMP counts each type that was seen under a name of its own: `OutType8`. */
function typeSentence(field: string): string | undefined {
  const match = /^(In|Out)Type(\d{1,3})$/.exec(field);
  if (!match) return undefined;
  const verb = match[1] === 'In' ? 'received' : 'sent';
  return `ICMP messages of type ${match[2]} ${verb} (8 and 0 are echo request and reply, 3 unreachable, 11 time exceeded; ICMPv6 has types of its own). @ net/ipv4/icmp.c`;
}
