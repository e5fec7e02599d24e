/** Names of counters, as authors write them. Pure. */

/** Groups of /proc/net/snmp, netstat and snmp6; whatever else stands before the last dot is an interface. */
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

/** Fields that /proc/net/dev has; the others of an interface are asked of the kernel by `ip -s -s link`. */
const DEV_FIELDS: ReadonlySet<string> = new Set([
  'rx_bytes',
  'rx_packets',
  'rx_errors',
  'rx_dropped',
  'multicast',
  'tx_bytes',
  'tx_packets',
  'tx_errors',
  'tx_dropped',
  'collisions',
]);

/** The interface that a counter belongs to (`eth0.rx_packets`, `qdisc.eth0.drops`); null for counters of the whole node. */
export function counterInterface(name: string): string | null {
  const owner = ownerOf(name);
  if (GROUPS.has(owner)) return null;
  return owner.startsWith('qdisc.') ? owner.slice('qdisc.'.length) : owner;
}

/** Where a counter is read: plain files of /proc, or a tool. */
export type CounterSource = 'proc' | 'conntrack' | 'qdisc' | 'link';

export function counterSource(name: string): CounterSource {
  const owner = ownerOf(name);
  if (owner === 'conntrack') return 'conntrack';
  if (GROUPS.has(owner)) return 'proc';
  if (owner.startsWith('qdisc.')) return 'qdisc';
  return DEV_FIELDS.has(name.slice(owner.length + 1)) ? 'proc' : 'link';
}

// Interface names may hold dots (eth0.100), fields do not.
function ownerOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}
