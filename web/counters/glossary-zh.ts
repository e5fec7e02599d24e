/** What each counter counts in Simplified Chinese; loaded when somebody asks in a Chinese page. */
import { meaningOf as inEnglish, wordsFrom, type Meaning } from './glossary.ts';
import { ICMP6_ZH, ICMP_ZH, IP6_ZH, IP_EXT_ZH, IP_ZH } from './glossary/internet-zh.ts';
import { CONNTRACK_ZH, INTERFACE_ZH, QDISC_ZH } from './glossary/link-zh.ts';
import { MPTCP_EXT_ZH } from './glossary/mptcp-zh.ts';
import { TCP_EXT_ZH, TCP_ZH, UDP_ZH } from './glossary/transport-zh.ts';

type Sentences = Readonly<Record<string, string>>;

const GROUPS: Readonly<Record<string, Sentences>> = {
  Ip: IP_ZH,
  IpExt: IP_EXT_ZH,
  Icmp: ICMP_ZH,
  Ip6: IP6_ZH,
  Icmp6: ICMP6_ZH,
  Tcp: TCP_ZH,
  TcpExt: TCP_EXT_ZH,
  MPTcpExt: MPTCP_EXT_ZH,
  Udp: UDP_ZH,
  UdpLite: UDP_ZH,
  Udp6: UDP_ZH,
  UdpLite6: UDP_ZH,
  conntrack: CONNTRACK_ZH,
};

const UNKNOWN = '内核统计它；课程里还没有对它的说明。';

export function meaningOf(name: string): Meaning {
  const { source } = inEnglish(name);
  const sentence = wordsFrom<Sentences>(name, GROUPS, INTERFACE_ZH, QDISC_ZH, (group, field) => group[field]);
  return { words: sentence ?? typeSentence(name) ?? UNKNOWN, source };
}

/** ICMP counts each type that was seen under a name of its own: `OutType8`. */
function typeSentence(name: string): string | undefined {
  const match = /\.(In|Out)Type(\d{1,3})$/.exec(name);
  if (!match) return undefined;
  const verb = match[1] === 'In' ? '收到' : '发出';
  return `${verb}的类型 ${match[2]} 的 ICMP 报文（8 和 0 是回显请求与应答，3 不可达，11 超时；ICMPv6 有自己的类型）。`;
}
