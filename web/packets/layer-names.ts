/** What each layer of a packet is called in the two models, and its colour's name. */

/** Of the OSI model, with its number. */
export type OsiLayer = '2 Data link' | '3 Network' | '4 Transport' | '6 Presentation' | '7 Application';
/** Of the TCP/IP model (RFC 1122 §1.1.3). */
export type TcpipLayer = 'Application' | 'Transport' | 'Internet' | 'Link';

export interface LayerName {
  readonly title: string;
  /** Its place in both models; null for what belongs to none. */
  readonly models: { readonly osi: OsiLayer; readonly tcpip: TcpipLayer } | null;
}

const LINK = { models: { osi: '2 Data link', tcpip: 'Link' } } as const;
const INTERNET = { models: { osi: '3 Network', tcpip: 'Internet' } } as const;
const TRANSPORT = { models: { osi: '4 Transport', tcpip: 'Transport' } } as const;
const APPLICATION = { models: { osi: '7 Application', tcpip: 'Application' } } as const;

const NAMES: ReadonlyMap<string, LayerName> = new Map<string, LayerName>([
  ['eth', { title: 'Ethernet', ...LINK }],
  ['vlan', { title: 'VLAN tag', ...LINK }],
  ['ieee8021ad', { title: 'Provider VLAN tag', ...LINK }],
  ['llc', { title: 'LLC', ...LINK }],
  ['stp', { title: 'Spanning tree', ...LINK }],
  ['arp', { title: 'ARP', ...LINK }],
  ['ip', { title: 'IPv4', ...INTERNET }],
  ['ipv6', { title: 'IPv6', ...INTERNET }],
  ['icmp', { title: 'ICMP', ...INTERNET }],
  ['icmpv6', { title: 'ICMPv6', ...INTERNET }],
  ['gre', { title: 'GRE tunnel', ...INTERNET }],
  ['tcp', { title: 'TCP', ...TRANSPORT }],
  ['udp', { title: 'UDP', ...TRANSPORT }],
  ['vxlan', { title: 'VXLAN tunnel', ...APPLICATION }],
  ['tls', { title: 'TLS', models: { osi: '6 Presentation', tcpip: 'Application' } }],
  ['dns', { title: 'DNS', ...APPLICATION }],
  ['mdns', { title: 'Multicast DNS', ...APPLICATION }],
  ['dhcp', { title: 'DHCP', ...APPLICATION }],
  ['http', { title: 'HTTP', ...APPLICATION }],
  ['data', { title: 'Data', models: null }],
]);

export function layerName(protocol: string): LayerName {
  const known = NAMES.get(protocol);
  if (known) return known;
  if (protocol.startsWith('ipv6.')) return { title: `IPv6 extension (${protocol.slice(5)})`, ...INTERNET };
  return { title: protocol.toUpperCase(), ...APPLICATION };
}
