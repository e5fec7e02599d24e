/** One line about a frame in the manner of tshark's summary, for lists and evidence. */
import type { Decoded, Layer } from './decode.ts';
import {
  DHCP_MESSAGES,
  DNS_TYPES,
  SUMMARY_WORDS,
  TLS_HANDSHAKES,
  TLS_RECORDS,
  type SummaryWords,
} from './summary-words.ts';

export interface Summary {
  readonly source: string;
  readonly destination: string;
  /** As tshark's Protocol column: `ICMP`, `TCP`, `HTTP`. */
  readonly protocol: string;
  readonly info: string;
}

/** In tshark's words, unless others are given. */
export function summarize(decoded: Decoded, words: SummaryWords = SUMMARY_WORDS): Summary {
  const layers = decoded.layers.filter((layer) => layer.protocol !== 'data');
  // What an ICMP error quotes, and what only travels inside, is not who speaks; a tunnel's content is.
  const cut = layers.findIndex((layer) => layer.protocol === 'icmp' || layer.protocol === 'icmpv6');
  const own = cut < 0 ? layers : layers.slice(0, cut + 1);
  const addressed = own.findLast(
    (layer) => layer.protocol === 'ip' || layer.protocol === 'ipv6' || layer.protocol === 'eth',
  );
  const top = own.findLast((layer) => !HIDDEN.has(layer.protocol)) ?? own.at(-1);
  const suffix = decoded.error === undefined ? '' : ` [${decoded.error}]`;
  const holdsJson = own.some((layer) => layer.protocol === 'json');
  return {
    source: addressed ? text(addressed, `${addressed.protocol}.src`) : '',
    destination: addressed ? text(addressed, `${addressed.protocol}.dst`) : '',
    protocol: (top ? (NAMES.get(top.protocol) ?? top.protocol.toUpperCase()) : '') + (holdsJson ? '/JSON' : ''),
    info: (top ? info(top, own, words) : '') + (holdsJson ? JSON_INFO : '') + suffix,
  };
}

/** `10.0.0.1 → 10.0.0.2 ICMP Echo (ping) request …`. */
export function summaryLine(summary: Summary): string {
  return `${summary.source} → ${summary.destination} ${summary.protocol} ${summary.info}`;
}

const JSON_INFO = ' , JavaScript Object Notation (application/json)';

/** Layers that qualify the one before them. */
const HIDDEN: ReadonlySet<string> = new Set(['ipv6.hopopts', 'ipv6.dstopts', 'ipv6.routing', 'ipv6.fraghdr', 'json']);

const NAMES: ReadonlyMap<string, string> = new Map([
  ['eth', 'Ethernet'],
  ['ip', 'IPv4'],
  ['ipv6', 'IPv6'],
  ['icmpv6', 'ICMPv6'],
  ['vlan', 'VLAN'],
  ['ieee8021ad', '802.1ad'],
]);

function info(top: Layer, layers: readonly Layer[], words: SummaryWords): string {
  switch (top.protocol) {
    case 'arp':
      return words.arp(read(top, 'arp.opcode'), (name) => text(top, name));
    case 'ip':
      return ipv4Info(top, words);
    case 'ipv6':
      return ipv6Info(top, layers, words);
    case 'icmp':
      return icmpInfo(top, layers, words);
    case 'icmpv6':
      return icmpv6Info(top, layers, words);
    case 'tcp':
      return tcpInfo(top);
    case 'udp':
      return `${text(top, 'udp.srcport')} → ${text(top, 'udp.dstport')} Len=${Number(read(top, 'udp.length')) - 8}`;
    case 'dns':
    case 'mdns':
    case 'llmnr':
      return dnsInfo(top, words);
    case 'dhcp':
      return `DHCP ${DHCP_MESSAGES.get(Number(read(top, 'dhcp.option.dhcp'))) ?? ''} - Transaction ID ${text(top, 'dhcp.id').replace(/^0x0*(?=.)/, '0x')}`;
    case 'http':
      return httpInfo(top, words);
    case 'tls':
      return tlsInfo(top);
    case 'eth':
      return has(top, 'eth.type') ? words.etherType(text(top, 'eth.type')) : words.length(text(top, 'eth.len'));
    default:
      return '';
  }
}

function ipv4Info(ip: Layer, words: SummaryWords): string {
  const offset = Number(read(ip, 'ip.frag_offset'));
  const protocol = text(ip, 'ip.proto');
  if (offset === 0 && read(ip, 'ip.flags.mf') !== 1) return words.ipProtocol(protocol);
  const id = text(ip, 'ip.id').slice(2);
  return words.ipFragment(`proto=${PROTOCOLS.get(Number(protocol)) ?? 'IP'} ${protocol}, off=${offset * 8}, ID=${id}`);
}

const PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [1, 'ICMP'],
  [6, 'TCP'],
  [17, 'UDP'],
  [58, 'ICMPv6'],
]);

function ipv6Info(ipv6: Layer, layers: readonly Layer[], words: SummaryWords): string {
  const fragment = layers.findLast((layer) => layer.protocol === 'ipv6.fraghdr');
  if (!fragment) return words.nextHeader(text(ipv6, 'ipv6.nxt'));
  const more = read(fragment, 'ipv6.fraghdr.more') === 1 ? 'y' : 'n';
  const offset = Number(read(fragment, 'ipv6.fraghdr.offset')) * 8;
  return words.ipv6Fragment(
    `off=${offset} more=${more} ident=${text(fragment, 'ipv6.fraghdr.ident')} nxt=${text(fragment, 'ipv6.fraghdr.nxt')}`,
  );
}

function icmpInfo(icmp: Layer, layers: readonly Layer[], words: SummaryWords): string {
  const type = Number(read(icmp, 'icmp.type'));
  const what = words.icmp(type, Number(read(icmp, 'icmp.code')));
  if (type !== 0 && type !== 8) return what;
  const ip = layers.findLast((layer) => layer.protocol === 'ip');
  const id = Number(read(icmp, 'icmp.ident')).toString(16).padStart(4, '0');
  const seq = `${text(icmp, 'icmp.seq')}/${text(icmp, 'icmp.seq_le')}`;
  return `${what.padEnd(20)} id=0x${id}, seq=${seq}, ttl=${ip ? text(ip, 'ip.ttl') : '?'}`;
}

function icmpv6Info(icmpv6: Layer, layers: readonly Layer[], words: SummaryWords): string {
  const type = Number(read(icmpv6, 'icmpv6.type'));
  const what = words.icmpv6(type, Number(read(icmpv6, 'icmpv6.code')));
  const from = has(icmpv6, 'icmpv6.opt.src_linkaddr') ? words.from(text(icmpv6, 'icmpv6.opt.src_linkaddr')) : '';
  if (type === 133 || type === 134) return what + from;
  if (type === 135) return what + words.solicits(text(icmpv6, 'icmpv6.nd.ns.target_address')) + from;
  if (type === 136) return `${what} ${text(icmpv6, 'icmpv6.nd.na.target_address')}${advertised(icmpv6, words)}`;
  if (type !== 128 && type !== 129) return what;
  const ipv6 = layers.findLast((layer) => layer.protocol === 'ipv6');
  const id = text(icmpv6, 'icmpv6.echo.identifier');
  return `${what} id=${id}, seq=${text(icmpv6, 'icmpv6.echo.sequence_number')}, hop limit=${ipv6 ? text(ipv6, 'ipv6.hlim') : '?'}`;
}

function advertised(icmpv6: Layer, words: SummaryWords): string {
  const flags = [
    ['r', 'rtr'],
    ['s', 'sol'],
    ['o', 'ovr'],
  ].flatMap(([flag, name]) => (read(icmpv6, `icmpv6.nd.na.flag.${flag}`) === 1 ? [name] : []));
  const at = has(icmpv6, 'icmpv6.opt.target_linkaddr') ? words.isAt(text(icmpv6, 'icmpv6.opt.target_linkaddr')) : '';
  return (flags.length > 0 ? ` (${flags.join(', ')})` : '') + at;
}

const TCP_FLAGS = ['fin', 'syn', 'reset', 'push', 'ack', 'urg', 'ece', 'cwr'] as const;
const TCP_FLAG_NAMES = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'] as const;

/** Sequence numbers are the segment's own: relative ones would need the whole conversation. */
function tcpInfo(tcp: Layer): string {
  const flags = TCP_FLAGS.flatMap((flag, index) =>
    read(tcp, `tcp.flags.${flag}`) === 1 ? [TCP_FLAG_NAMES[index]] : [],
  );
  const parts = [`${text(tcp, 'tcp.srcport')} → ${text(tcp, 'tcp.dstport')} [${flags.join(', ')}]`];
  parts.push(`Seq=${text(tcp, 'tcp.seq_raw')}`);
  if (read(tcp, 'tcp.flags.ack') === 1) parts.push(`Ack=${text(tcp, 'tcp.ack_raw')}`);
  parts.push(`Win=${text(tcp, 'tcp.window_size_value')}`, `Len=${text(tcp, 'tcp.len')}`);
  if (has(tcp, 'tcp.options.mss_val')) parts.push(`MSS=${text(tcp, 'tcp.options.mss_val')}`);
  if (has(tcp, 'tcp.options.sack_perm')) parts.push('SACK_PERM');
  if (has(tcp, 'tcp.options.wscale.multiplier')) parts.push(`WS=${text(tcp, 'tcp.options.wscale.multiplier')}`);
  return parts.join(' ');
}

function dnsInfo(dns: Layer, words: SummaryWords): string {
  const isResponse = read(dns, 'dns.flags.response') === 1;
  const kind = words.dns(isResponse, text(dns, 'dns.id'));
  const rcode = Number(read(dns, 'dns.flags.rcode') ?? 0);
  const type = Number(read(dns, 'dns.qry.type'));
  const asked = has(dns, 'dns.qry.name') ? ` ${DNS_TYPES.get(type) ?? type} ${text(dns, 'dns.qry.name')}` : '';
  const answers = isResponse
    ? dns.fields
        .filter((field) =>
          /^dns\.(a|aaaa|cname|ns|ptr\.domain_name|mx\.mail_exchange|txt|srv\.target)$/.test(field.name),
        )
        .map((field) => ` ${ANSWER_NAMES[field.name.split('.')[1] ?? ''] ?? ''} ${field.value}`)
    : [];
  return `${kind}${rcode > 0 ? words.dnsFailure(rcode) : ''}${asked}${answers.join('')}`;
}

const ANSWER_NAMES: Readonly<Record<string, string>> = {
  a: 'A',
  aaaa: 'AAAA',
  cname: 'CNAME',
  ns: 'NS',
  ptr: 'PTR',
  mx: 'MX',
  txt: 'TXT',
  srv: 'SRV',
};

function httpInfo(http: Layer, words: SummaryWords): string {
  if (has(http, 'http.request.method')) {
    return ['http.request.method', 'http.request.uri', 'http.request.version']
      .map((name) => text(http, name))
      .join(' ');
  }
  if (has(http, 'http.response.version')) {
    return ['http.response.version', 'http.response.code', 'http.response.phrase']
      .map((name) => text(http, name))
      .join(' ');
  }
  return words.continuation;
}

function tlsInfo(tls: Layer): string {
  const words: string[] = [];
  for (const field of tls.fields) {
    if (field.name === 'tls.handshake.type') words.push(TLS_HANDSHAKES.get(Number(field.value)) ?? 'Handshake');
    else if (field.name === 'tls.record.content_type' && field.value !== 22) {
      words.push(TLS_RECORDS.get(Number(field.value)) ?? 'Unknown Record');
    }
  }
  return words.length > 0 ? words.join(', ') : 'Continuation Data';
}

function read(layer: Layer, name: string): number | string | undefined {
  return layer.fields.find((field) => field.name === name)?.value;
}

function text(layer: Layer, name: string): string {
  return String(read(layer, name) ?? '?');
}

function has(layer: Layer, name: string): boolean {
  return read(layer, name) !== undefined;
}
