/** What is written at the ends of a link, and how much room it takes. Pure. */
import { endpointName, type PageEndpoint, type PageLink } from './graph.ts';
import { netemWords, shortImpairment } from './impairment-words.ts';
import { words } from './words.ts';

/**
 * `full`: interface and addresses at each end. `brief`: as networkers draw it, `.1` at the ends and the subnet on the link.
 * `busy`: what passes, and nothing else. `bare`: that where there happens to be room.
 */
export type Detail = 'full' | 'brief' | 'busy' | 'bare';

export interface LinkLabels {
  /** Lines at each end, the interface first; where traffic is shown, room for it last. */
  readonly ends: readonly [readonly string[], readonly string[]];
  /** Lines in the middle. */
  readonly middle: readonly string[];
}

/** Width of one character of the labels, in the units of the picture (12 px monospace). */
export const CHARACTER = 7.25;

/** Room for what an interface does this moment, such as `↑1.2k ↓1.2k`. */
export const TRAFFIC_ROOM = '↑····· ↓·····';
/** Begins what a link does to the frames of an end. */
export const IMPAIRED = '~';
/** More than this is in the panel. */
const MOST_ADDRESSES = 3;

export function labelsOf(link: PageLink, detail: Detail, hasTraffic: boolean): LinkLabels {
  const [a, b] = link.endpoints;
  const { impairments: [here, there] = [null, null] } = link;
  const [mine, theirs] = [shortImpairment(here), shortImpairment(there)];
  const isSame = mine === theirs;
  const mtu = [
    ...(mtuWords(link) === null ? [] : [`MTU ${mtuWords(link)}`]),
    ...(isSame && mine !== '' ? [`${IMPAIRED} ${mine}`] : []),
  ];
  const traffic = hasTraffic ? [TRAFFIC_ROOM] : [];
  // The other end says the same the other way round.
  if (detail === 'busy' || detail === 'bare') return { ends: [traffic, []], middle: [] };
  // At the end that sends: each direction has its own.
  const suffered = (end: PageEndpoint): string[] => {
    const short = isSame ? '' : end === a ? mine : theirs;
    return short === '' ? [] : [`${IMPAIRED} ${short}`];
  };
  const inFull = (end: PageEndpoint): string[] => [
    end.interface,
    ...shortened(end.addresses),
    ...suffered(end),
    ...traffic,
  ];
  if (detail === 'full') return { ends: [inFull(a), inFull(b)], middle: mtu };
  const subnet = detail === 'brief' ? commonSubnet(a, b) : null;
  const briefly = (endpoint: PageEndpoint): string[] => [
    endpoint.interface,
    ...shortened(endpoint.addresses.map((address) => (subnet === null ? address : hostPart(address)))),
    ...suffered(endpoint),
    ...traffic,
  ];
  return { ends: [briefly(a), briefly(b)], middle: subnet === null ? mtu : [subnet, ...mtu] };
}

function shortened(addresses: readonly string[]): readonly string[] {
  if (addresses.length <= MOST_ADDRESSES) return addresses;
  return [...addresses.slice(0, MOST_ADDRESSES - 1), words.more(addresses.length - MOST_ADDRESSES + 1)];
}

/** All of a link in one sentence, for the pointer and for screen readers. */
export function describeLink(link: PageLink): string {
  const { endpoints } = link;
  const mtu = mtuWords(link);
  const ends = endpoints.map(
    ({ node, interface: name, addresses }) => `${node}:${name}${addresses.length > 0 ? ` ${addresses.join(' ')}` : ''}`,
  );
  const impairments = (link.impairments ?? []).flatMap((impairment, side) => {
    const end = endpoints[side];
    return impairment && end ? [words.suffers(endpointName(end), netemWords(impairment))] : [];
  });
  return [words.linkEnds(ends[0] ?? '', ends[1] ?? ''), ...(mtu === null ? [] : [`MTU ${mtu}`]), ...impairments].join(
    ', ',
  );
}

/** Null where it is the usual one. */
function mtuWords({ mtu, mtus }: PageLink): string | null {
  return mtus ?? (mtu === null ? null : String(mtu));
}

/** The IPv4 subnet, when each end has just one address and both are of the same /8, /16 or /24. */
function commonSubnet(a: PageEndpoint, b: PageEndpoint): string | null {
  const subnets = [a, b]
    .filter(({ addresses }) => addresses.length > 0)
    .map(({ addresses }) => addresses.map(subnetOf));
  const flat = subnets.flat();
  const [first] = flat;
  if (first === undefined || first === null || flat.length !== subnets.length) return null;
  return flat.every((subnet) => subnet === first) ? first : null;
}

function subnetOf(address: string): string | null {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(8|16|24)$/.exec(address);
  if (!match) return null;
  const kept = Number(match[5]) / 8;
  const octets = match.slice(1, 5).map((octet, index) => (index < kept ? octet : '0'));
  return `${octets.join('.')}/${match[5]}`;
}

/** `10.0.1.254/24` → `.254` */
function hostPart(address: string): string {
  const [ip = '', prefix = ''] = address.split('/');
  return `.${ip
    .split('.')
    .slice(Number(prefix) / 8)
    .join('.')}`;
}
