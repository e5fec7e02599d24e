/** What the schema cannot see of a topology: names that meet, addresses that fit their link, gateways that can be reached. */
import type { Topology } from '../network/topology.ts';
import { bitsOf, formatCidr, isLinkLocal, isWithin, networkOf, type Cidr } from './addresses.ts';
import type { Path } from './lab-source.ts';
import { inspectRoutes } from './inspect-routes.ts';
import { didYouMean } from './nearest.ts';
import { addressesOf, segmentsOf, type PlacedAddress, type PlacedEndpoint } from './segments.ts';
import type { TopologyFault } from './topology-fault.ts';
import type { TopologyDraft } from './draft.ts';

/** `topology` is the resolved draft. Paths of the faults are those of the file. */
export function inspectTopology(topology: Topology, draft: TopologyDraft): TopologyFault[] {
  const faults = [
    ...inspectEndpoints(topology),
    ...inspectAddresses(topology),
    ...inspectRoutes(topology),
    ...inspectFaults(topology),
    ...inspectPlaces(topology),
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

/** The author's picture: all nodes have a place in it, each another one, or none has. */
function inspectPlaces({ nodes }: Topology): TopologyFault[] {
  const faults: TopologyFault[] = [];
  const placed = nodes.filter(({ at }) => at !== undefined);
  if (placed.length === 0) return [];
  const taken = new Map<string, string>();
  for (const { name, at } of nodes) {
    if (at === undefined) {
      faults.push({
        code: 'place_missing',
        path: ['topology', 'nodes', name],
        message: `\`${name}\` has no place in the picture, and others have.`,
        hint: 'Write `at: [column, row]` for all nodes, or for none.',
      });
      continue;
    }
    const other = taken.get(at.join(' '));
    if (other !== undefined) {
      faults.push({
        code: 'place_used_twice',
        path: ['topology', 'nodes', name, 'at'],
        message: `\`${other}\` is at this place already.`,
      });
    }
    taken.set(at.join(' '), name);
  }
  return faults;
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

function isNetworkOrBroadcast(cidr: Cidr): boolean {
  const hostBits = bitsOf(cidr.version) - cidr.prefix;
  // RFC 3021: both addresses of a /31 are hosts. IPv6 has no broadcast; its lowest address is the routers' anycast one.
  if (cidr.version === 6 || hostBits < 2) return false;
  const host = cidr.value - networkOf(cidr).value;
  return host === 0n || host === (1n << BigInt(hostBits)) - 1n;
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
