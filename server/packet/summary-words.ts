/** What a summary says in words; names and tokens of protocols are the same in every language. Here: tshark's English. */

export interface SummaryWords {
  /** `text` gives the value of a field of the message. */
  arp(opcode: number | string | undefined, text: (name: string) => string): string;
  icmp(type: number, code: number): string;
  icmpv6(type: number, code: number): string;
  /** Of a neighbour solicitation: who is asked for, and who asks. */
  solicits(target: string): string;
  from(mac: string): string;
  isAt(mac: string): string;
  ipProtocol(number: string): string;
  ipFragment(facts: string): string;
  nextHeader(number: string): string;
  ipv6Fragment(facts: string): string;
  dns(isResponse: boolean, id: string): string;
  dnsFailure(code: number): string;
  etherType(type: string): string;
  length(bytes: string): string;
  readonly continuation: string;
}

function describeArp(opcode: number | string | undefined, text: (name: string) => string): string {
  const source = text('arp.src.proto_ipv4');
  const target = text('arp.dst.proto_ipv4');
  if (opcode === 1) {
    if (text('arp.isannouncement') === '1') return `ARP Announcement for ${source}`;
    if (text('arp.isgratuitous') === '1') return `Gratuitous ARP for ${source} (Request)`;
    if (text('arp.isprobe') === '1') return `Who has ${target}? (ARP Probe)`;
    return `Who has ${target}? Tell ${source}`;
  }
  if (opcode === 2) {
    if (text('arp.isgratuitous') === '1') return `Gratuitous ARP for ${source} (Reply)`;
    return `${source} is at ${text('arp.src.hw_mac')}`;
  }
  return `ARP opcode ${opcode ?? '?'}`;
}

const UNREACHABLE: readonly string[] = [
  'Network unreachable',
  'Host unreachable',
  'Protocol unreachable',
  'Port unreachable',
  'Fragmentation needed',
  'Source route failed',
  'Destination network unknown',
  'Destination host unknown',
  'Source host isolated',
  'Network administratively prohibited',
  'Host administratively prohibited',
  'Network unreachable for TOS',
  'Host unreachable for TOS',
  'Communication administratively filtered',
];

function describeIcmp(type: number, code: number): string {
  switch (type) {
    case 0:
      return 'Echo (ping) reply';
    case 3:
      return `Destination unreachable (${UNREACHABLE[code] ?? `code ${code}`})`;
    case 4:
      return 'Source quench (flow control)';
    case 5:
      return `Redirect             (Redirect for ${code === 0 ? 'network' : 'host'})`;
    case 8:
      return 'Echo (ping) request';
    case 11:
      return `Time-to-live exceeded (${code === 0 ? 'Time to live exceeded in transit' : 'Fragment reassembly time exceeded'})`;
    case 12:
      return 'Parameter problem';
    case 13:
      return 'Timestamp request';
    case 14:
      return 'Timestamp reply';
    default:
      return `ICMP type ${type} code ${code}`;
  }
}

const UNREACHABLE_6: readonly string[] = [
  'no route to destination',
  'Administratively prohibited',
  'Beyond scope of source address',
  'Address unreachable',
  'Port unreachable',
];

function describeIcmpv6(type: number, code: number): string {
  switch (type) {
    case 1:
      return `Destination Unreachable (${UNREACHABLE_6[code] ?? `code ${code}`})`;
    case 2:
      return 'Packet Too Big';
    case 3:
      return `Time Exceeded (${code === 0 ? 'hop limit exceeded in transit' : 'fragment reassembly time exceeded'})`;
    case 4:
      return 'Parameter Problem';
    case 128:
      return 'Echo (ping) request';
    case 129:
      return 'Echo (ping) reply';
    case 130:
      return 'Multicast Listener Query';
    case 131:
      return 'Multicast Listener Report';
    case 132:
      return 'Multicast Listener Done';
    case 133:
      return 'Router Solicitation';
    case 134:
      return 'Router Advertisement';
    case 135:
      return 'Neighbor Solicitation';
    case 136:
      return 'Neighbor Advertisement';
    case 137:
      return 'Redirect';
    case 143:
      return 'Multicast Listener Report Message v2';
    default:
      return `ICMPv6 type ${type} code ${code}`;
  }
}

export const SUMMARY_WORDS: SummaryWords = {
  arp: describeArp,
  icmp: describeIcmp,
  icmpv6: describeIcmpv6,
  solicits: (target) => ` for ${target}`,
  from: (mac) => ` from ${mac}`,
  isAt: (mac) => ` is at ${mac}`,
  ipProtocol: (number) => `IP protocol ${number}`,
  ipFragment: (facts) => `Fragmented IP protocol (${facts})`,
  nextHeader: (number) => `IPv6 next header ${number}`,
  ipv6Fragment: (facts) => `IPv6 fragment (${facts})`,
  dns: (isResponse, id) => `Standard query${isResponse ? ' response' : ''} ${id}`,
  dnsFailure: (code) => (code === 3 ? ' No such name' : ` Error ${code}`),
  etherType: (type) => `Ethernet type ${type}`,
  length: (bytes) => `802.3, ${bytes} bytes`,
  continuation: 'Continuation',
};

export const DNS_TYPES: ReadonlyMap<number, string> = new Map([
  [1, 'A'],
  [2, 'NS'],
  [5, 'CNAME'],
  [6, 'SOA'],
  [12, 'PTR'],
  [15, 'MX'],
  [16, 'TXT'],
  [28, 'AAAA'],
  [33, 'SRV'],
  [255, 'ANY'],
]);

export const DHCP_MESSAGES: ReadonlyMap<number, string> = new Map([
  [1, 'Discover'],
  [2, 'Offer   '],
  [3, 'Request '],
  [4, 'Decline '],
  [5, 'ACK     '],
  [6, 'NAK     '],
  [7, 'Release '],
  [8, 'Inform  '],
]);

export const TLS_RECORDS: ReadonlyMap<number, string> = new Map([
  [20, 'Change Cipher Spec'],
  [21, 'Alert'],
  [23, 'Application Data'],
]);

export const TLS_HANDSHAKES: ReadonlyMap<number, string> = new Map([
  [1, 'Client Hello'],
  [2, 'Server Hello'],
  [4, 'New Session Ticket'],
  [8, 'Encrypted Extensions'],
  [11, 'Certificate'],
  [12, 'Server Key Exchange'],
  [14, 'Server Hello Done'],
  [16, 'Client Key Exchange'],
  [20, 'Finished'],
]);
