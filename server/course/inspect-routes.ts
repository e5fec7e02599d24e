/** Routes as ip-route(8) takes them, judged as far as that goes without a kernel: destinations, gateways, interfaces. */
import type { Topology } from '../network/topology.ts';
import { formatCidr, isLinkLocal, isWithin, networkOf, parseAddress, parseCidr } from './addresses.ts';
import { didYouMean } from './nearest.ts';
import { addressesOf, segmentsOf, type PlacedEndpoint } from './segments.ts';
import type { TopologyFault } from './topology-fault.ts';

export function inspectRoutes(topology: Topology): TopologyFault[] {
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
