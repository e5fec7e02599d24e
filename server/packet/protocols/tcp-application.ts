/** Which protocol a TCP payload is: by port, else by how a conversation began. */
import type { IpAddresses, Walk } from '../walk.ts';
import { data } from './data.ts';
import { dnsOverTcp } from './dns.ts';
import { beginsHttp, http, looksLikeHttp } from './http.ts';
import { looksLikeTls, tls } from './tls.ts';

type Application = 'http' | 'tls' | 'dns';

/** tshark's ports. */
const PORTS: ReadonlyMap<number, Application> = new Map([
  [53, 'dns'],
  [5353, 'dns'],
  ...[80, 631, 1900, 2710, 2869, 3128, 3132, 3689, 5985, 8080, 8088, 11371].map((port) => [port, 'http'] as const),
  ...[
    324, 443, 465, 636, 802, 853, 993, 995, 1300, 2221, 2443, 3249, 3250, 3251, 3252, 3496, 5061, 5671, 5684, 5868,
    8883, 11207, 19999, 27017,
  ].map((port) => [port, 'tls'] as const),
]);

export interface TcpPlace {
  readonly srcPort: number;
  readonly dstPort: number;
  readonly addresses: IpAddresses;
}

export function tcpApplication(walk: Walk, offset: number, place: TcpPlace): void {
  if (!walk.groups.applications) return;
  const { srcPort, dstPort } = place;
  const byPort = PORTS.get(Math.min(srcPort, dstPort)) ?? PORTS.get(Math.max(srcPort, dstPort));
  switch (byPort ?? guess(walk, offset, place)) {
    case 'http':
      return httpInConversation(walk, offset, place);
    case 'tls':
      return walk.groups.tls ? tls(walk, offset) : undefined;
    case 'dns':
      return walk.groups.dns ? dnsOverTcp(walk, offset) : undefined;
    case null:
      return data(walk, offset);
  }
}

/** The middle of a message is only known as such after its beginning was seen. */
function httpInConversation(walk: Walk, offset: number, place: TcpPlace): void {
  const key = conversationKey(walk, place);
  if (beginsHttp(walk, offset)) walk.remember(key, 'http');
  else if (walk.conversations.get(key) !== 'http') return data(walk, offset);
  http(walk, offset);
}

function guess(walk: Walk, offset: number, place: TcpPlace): Application | null {
  const key = conversationKey(walk, place);
  const known = walk.conversations.get(key);
  if (known) return known;
  const found = looksLikeHttp(walk, offset) ? 'http' : looksLikeTls(walk, offset) ? 'tls' : null;
  if (found && !walk.isQuoted) walk.remember(key, found);
  return found;
}

/** The same for both directions. */
function conversationKey(walk: Walk, place: TcpPlace): string {
  const { offset, length } = place.addresses;
  const middle = offset + length / 2;
  const src = endpointKey(walk, offset, middle, place.srcPort);
  const dst = endpointKey(walk, middle, offset + length, place.dstPort);
  return src < dst ? `${src}/${dst}` : `${dst}/${src}`;
}

function endpointKey(walk: Walk, start: number, end: number, port: number): string {
  let key = String(port);
  for (let at = start; at < end; at += 4) key += `,${walk.u32(at)}`;
  return key;
}
