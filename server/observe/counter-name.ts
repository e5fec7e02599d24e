/** Names of counters, as authors write them. Pure. */

/** Groups of /proc/net/snmp, snmp6, netstat and mptcp's lines; everything else before the last dot is an interface. */
const GROUPS: ReadonlySet<string> = new Set([
  'Ip',
  'Icmp',
  'IcmpMsg',
  'Tcp',
  'Udp',
  'UdpLite',
  'TcpExt',
  'IpExt',
  'MPTcpExt',
  'Ip6',
  'Icmp6',
  'Udp6',
  'UdpLite6',
  'conntrack',
]);

/** The interface that a counter belongs to (`eth0.rx_packets`, `qdisc.eth0.drops`); null for counters of the whole node. */
export function counterInterface(name: string): string | null {
  const owner = name.slice(0, name.lastIndexOf('.'));
  if (GROUPS.has(owner)) return null;
  return owner.startsWith('qdisc.') ? owner.slice('qdisc.'.length) : owner;
}

/** Which reading a counter needs besides the plain files of /proc. */
export type CounterSource = 'proc' | 'conntrack' | 'qdisc' | 'link';
