/** What the schema cannot see of a topology: names that meet, addresses that fit their link, gateways that can be reached. */
import type { Topology } from '../network/topology.ts';
import { bitsOf, formatCidr, isWithin, networkOf, parseAddress, parseCidr, type Cidr } from './addresses.ts';
import type { Fault } from './explain-issue.ts';
import type { Path } from './lab-source.ts';
import { didYouMean } from './nearest.ts';
import { segmentsOf, type PlacedEndpoint } from './segments.ts';
import type { TopologyDraft } from './draft.ts';

/** A fault whose place is a text somewhere below the path. */
export interface TopologyFault extends Omit<Fault, 'at'> {
  /** The text to underline; the whole value of the path where it is not found. */
  readonly text?: string | undefined;
}

/** `topology` is the resolved draft. Paths of the faults are those of the file. */
export function inspectTopology(topology: Topology, draft: TopologyDraft): TopologyFault[] {
  const faults = [
    ...inspectEndpoints(topology),
    ...inspectAddresses(topology),
    ...inspectRoutes(topology),
    ...inspectFaults(topology),
  ];
  return faults.map((fault) => ({ ...fault, path: pathInFile(fault.path, draft) }));
}

function pathInFile(path: Path, draft: TopologyDraft): Path {
  const indexes = path[1] === 'links' ? draft.linkIndexes : path[1] === 'faults' ? draft.faultIndexes : null;
  return indexes ? path.map((segment, depth) => (depth === 2 ? (indexes[Number(segment)] ?? segment) : segment)) : path;
}

function endpointPath(endpoint: PlacedEndpoint): Path {
  return ['topology', 'links', endpoint.link, 'endpoints', endpoint.index];
}

function inspectEndpoints(topology: Topology): TopologyFault[] {
  const faults: TopologyFault[] = [];
  const names = topology.nodes.map((node) => node.name);
  const seen = new Set<string>();
  const macs = new Map<string, string>();
  for (const endpoint of segmentsOf(topology).flat()) {
    const path = endpointPath(endpoint);
    const name = `${endpoint.node}:${endpoint.interface}`;
    if (!names.includes(endpoint.node)) {
      faults.push({
        code: 'unknown_node',
        path,
        message: `There is no node \`${endpoint.node}\`.`,
        hint: didYouMean(endpoint.node, names) ?? `Nodes: ${names.join(', ')}.`,
      });
    } else if (seen.has(name)) {
      faults.push({
        code: 'endpoint_used_twice',
        path,
        message: `\`${name}\` is already the end of another link.`,
        hint: 'Give each link an interface of its own.',
      });
    }
    seen.add(name);
    const other = endpoint.mac && macs.get(endpoint.mac.toLowerCase());
    if (endpoint.mac && other) {
      faults.push({
        code: 'address_used_twice',
        path: ['topology', 'links', endpoint.link],
        text: endpoint.mac,
        message: `The MAC address ${endpoint.mac} is already that of ${other}.`,
      });
    } else if (endpoint.mac) macs.set(endpoint.mac.toLowerCase(), name);
  }
  return faults;
}

interface PlacedAddress {
  readonly cidr: Cidr;
  readonly written: string;
  readonly endpoint: PlacedEndpoint;
}

function inspectAddresses(topology: Topology): TopologyFault[] {
  const faults: TopologyFault[] = [];
  const switches = new Set(topology.nodes.filter((node) => node.kind === 'switch').map((node) => node.name));
  const owners = new Map<string, string>();
  for (const segment of segmentsOf(topology)) {
    const addresses = segment.flatMap((endpoint) => addressesOf(endpoint));
    const at = (address: PlacedAddress): Pick<TopologyFault, 'path' | 'text'> => ({
      path: addressPath(address),
      text: address.written,
    });
    for (const address of addresses) {
      const { cidr, endpoint, written } = address;
      const name = `${endpoint.node}:${endpoint.interface}`;
      if (switches.has(endpoint.node)) {
        faults.push({
          code: 'address_on_switch',
          ...at(address),
          message: `${endpoint.node} is a switch: its ports have no addresses.`,
          hint: 'Write null for this end.',
        });
      }
      if (isNetworkOrBroadcast(cidr)) {
        faults.push({
          code: 'not_a_host_address',
          ...at(address),
          message: `${written} is the ${cidr.value === networkOf(cidr).value ? 'network' : 'broadcast'} address of ${formatCidr(networkOf(cidr))}, not one of a host.`,
        });
      }
      const key = `${cidr.version} ${cidr.value}`;
      const owner = owners.get(key);
      if (owner !== undefined)
        faults.push({
          code: 'address_used_twice',
          ...at(address),
          message: `${written.split('/')[0]} is already an address of ${owner}.`,
        });
      else owners.set(key, name);
    }
    faults.push(
      ...strangersOf(addresses).map(({ address, others }) => ({
        code: 'address_outside_subnet',
        ...at(address),
        message: `${address.written} is not in the subnet of its link, ${others}.`,
      })),
    );
  }
  return faults;
}

function addressesOf(endpoint: PlacedEndpoint): PlacedAddress[] {
  return [...endpoint.ipv4, ...endpoint.ipv6].flatMap((written) => {
    const cidr = parseCidr(written);
    return cidr ? [{ cidr, written, endpoint }] : [];
  });
}

/** The endpoint's own list where it has one, the link's otherwise: one text of either is underlined. */
function addressPath({ endpoint, cidr }: PlacedAddress): Path {
  const { link, index } = endpoint;
  return ['topology', 'links', link, cidr.version === 4 ? 'ipv4' : 'ipv6', index];
}

/** Addresses that share their subnet with no other endpoint of the segment, where the segment has a subnet. */
function strangersOf(addresses: readonly PlacedAddress[]): { address: PlacedAddress; others: string }[] {
  const strangers: { address: PlacedAddress; others: string }[] = [];
  for (const version of [4, 6] as const) {
    const family = addresses.filter(({ cidr }) => cidr.version === version && !isLinkLocal(cidr));
    if (new Set(family.map(({ endpoint }) => endpointKey(endpoint))).size < 2) continue;
    const alone = family.filter(
      (address) =>
        !family.some(
          (other) =>
            endpointKey(other.endpoint) !== endpointKey(address.endpoint) &&
            (isWithin(address.cidr, other.cidr) || isWithin(other.cidr, address.cidr)),
        ),
    );
    // Where nobody shares anything, the first address of the segment is taken as its subnet.
    const reported =
      alone.length === family.length
        ? alone.filter(({ endpoint }) => endpointKey(endpoint) !== endpointKey((alone[0] as PlacedAddress).endpoint))
        : alone;
    const home = family.find((address) => !reported.includes(address));
    for (const address of reported)
      strangers.push({ address, others: home ? formatCidr(networkOf(home.cidr)) : 'which has another' });
  }
  return strangers;
}

function endpointKey(endpoint: PlacedEndpoint): string {
  return `${endpoint.link} ${endpoint.index}`;
}

/** RFC 3927 and RFC 4291: every interface may have one of these beside its other addresses. */
function isLinkLocal(cidr: Cidr): boolean {
  return cidr.version === 4 ? cidr.value >> 16n === 0xa9fen : cidr.value >> 118n === 0x3fan;
}

function isNetworkOrBroadcast(cidr: Cidr): boolean {
  const hostBits = bitsOf(cidr.version) - cidr.prefix;
  // RFC 3021: both addresses of a /31 are hosts. IPv6 has no broadcast; its lowest address is the routers' anycast one.
  if (cidr.version === 6 || hostBits < 2) return false;
  const host = cidr.value - networkOf(cidr).value;
  return host === 0n || host === (1n << BigInt(hostBits)) - 1n;
}

function inspectRoutes(topology: Topology): TopologyFault[] {
  const endpoints = segmentsOf(topology).flat();
  return topology.nodes.flatMap((node) => {
    const own = endpoints.filter((endpoint) => endpoint.node === node.name);
    return node.routes.flatMap((route, index) => {
      const path = ['topology', 'nodes', node.name, 'routes', index];
      return inspectRoute(route, own, node.name).map((fault) => ({ ...fault, path }));
    });
  });
}

const ROUTE_TYPES = new Set([
  'unicast',
  'unreachable',
  'blackhole',
  'prohibit',
  'throw',
  'local',
  'broadcast',
  'multicast',
  'nat',
]);
const NEEDS_NO_GATEWAY = new Set(['unreachable', 'blackhole', 'prohibit', 'throw']);

/** Arguments of ip-route(8), as far as they can be judged without the kernel. */
function inspectRoute(route: string, own: readonly PlacedEndpoint[], node: string): Omit<TopologyFault, 'path'>[] {
  const words = route.trim().split(/\s+/);
  const type = ROUTE_TYPES.has(words[0] ?? '') ? words.shift() : undefined;
  const destination = words[0] ?? '';
  const after = (word: string): string | undefined => {
    const at = words.indexOf(word, 1);
    return at === -1 ? undefined : words[at + 1];
  };
  if (destination !== 'default' && !parseCidr(destination) && !parseAddress(destination)) {
    return [
      {
        code: 'bad_route',
        message: `\`${destination}\` is not a destination. Write a route such as \`default via 10.0.1.254\`.`,
      },
    ];
  }
  const network = parseCidr(destination);
  if (network && network.value !== networkOf(network).value) {
    return [
      {
        code: 'bad_route',
        message: `${destination} has bits of a host; the network is ${formatCidr(networkOf(network))}.`,
      },
    ];
  }
  const dev = after('dev');
  const via = after('via') === 'inet6' || after('via') === 'inet' ? words[words.indexOf('via') + 2] : after('via');
  if (dev !== undefined && dev !== 'lo' && !own.some((endpoint) => endpoint.interface === dev)) {
    return [
      {
        code: 'unknown_interface',
        message: `${node} has no interface \`${dev}\`.`,
        hint: didYouMean(
          dev,
          own.map((endpoint) => endpoint.interface),
        ),
      },
    ];
  }
  if (via === undefined) {
    if (dev !== undefined || NEEDS_NO_GATEWAY.has(type ?? '') || words.includes('nexthop') || words.includes('nhid'))
      return [];
    return [{ code: 'bad_route', message: 'This route leads nowhere: it has neither `via` nor `dev`.' }];
  }
  const gateway = parseAddress(via);
  if (!gateway) return [{ code: 'bad_route', message: `\`${via}\` is not the address of a gateway.` }];
  if (words.includes('onlink')) return [];
  const addresses = own.filter((endpoint) => dev === undefined || endpoint.interface === dev).flatMap(addressesOf);
  if (addresses.some(({ cidr }) => cidr.version === gateway.version && cidr.value === gateway.value)) {
    return [{ code: 'unreachable_gateway', message: `The gateway ${via} is an address of ${node} itself.` }];
  }
  const isIpv6LinkLocal = gateway.version === 6 && isLinkLocal({ ...gateway, prefix: 128 });
  if (isIpv6LinkLocal || addresses.some(({ cidr }) => isWithin(gateway, cidr))) return [];
  const subnets = addresses
    .filter(({ cidr }) => cidr.version === gateway.version)
    .map(({ cidr }) => formatCidr(networkOf(cidr)));
  return [
    {
      code: 'unreachable_gateway',
      message: `${node} cannot reach the gateway ${via}: no interface of it is in that subnet.`,
      hint:
        subnets.length > 0
          ? `It is connected to ${[...new Set(subnets)].join(', ')}.`
          : `It has no IPv${gateway.version} address.`,
    },
  ];
}

function inspectFaults(topology: Topology): TopologyFault[] {
  const endpoints = topology.links.flatMap((link) =>
    link.endpoints.map((endpoint) => `${endpoint.node}:${endpoint.interface}`),
  );
  return topology.faults.flatMap((fault, index) => {
    const name = `${fault.node}:${fault.interface}`;
    if (endpoints.includes(name)) return [];
    return [
      {
        code: 'unknown_interface',
        path: ['topology', 'faults', index, 'link'],
        message: `No link ends at \`${name}\`.`,
        hint: didYouMean(name, endpoints) ?? `Endpoints: ${endpoints.slice(0, 8).join(', ')}.`,
      },
    ];
  });
}
