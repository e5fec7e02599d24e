/** What is written at the ends of a link, and how much room it takes. Pure. */
import type { PageEndpoint, PageLink } from './graph.ts';

/** `full`: interface and addresses at each end. `brief`: as networkers draw it, `.1` at the ends and the subnet on the link. */
export type Detail = 'full' | 'brief' | 'bare';

export interface LinkLabels {
  /** Lines at each end, the interface first. */
  readonly ends: readonly [readonly string[], readonly string[]];
  /** Lines in the middle. */
  readonly middle: readonly string[];
}

/** Width of one character of the labels, in the units of the picture (12 px monospace). */
export const CHARACTER = 7.25;

export function labelsOf(link: PageLink, detail: Detail): LinkLabels {
  const [a, b] = link.endpoints;
  const mtu = link.mtu === null ? [] : [`MTU ${link.mtu}`];
  if (detail === 'full')
    return {
      ends: [
        [a.interface, ...a.addresses],
        [b.interface, ...b.addresses],
      ],
      middle: mtu,
    };
  const subnet = detail === 'brief' ? commonSubnet(a, b) : null;
  const briefly = (endpoint: PageEndpoint): string[] => [
    endpoint.interface,
    ...endpoint.addresses.map((address) => (subnet === null ? address : hostPart(address))),
  ];
  if (detail === 'bare') return { ends: [[], []], middle: [] };
  return { ends: [briefly(a), briefly(b)], middle: subnet === null ? mtu : [subnet, ...mtu] };
}

/** All of a link in one sentence, for the pointer and for screen readers. */
export function describeLink({ endpoints, mtu }: PageLink): string {
  const ends = endpoints.map(
    ({ node, interface: name, addresses }) => `${node}:${name}${addresses.length > 0 ? ` ${addresses.join(' ')}` : ''}`,
  );
  return `${ends.join(' to ')}${mtu === null ? '' : `, MTU ${mtu}`}`;
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
