/**
 * Topology → an ordered plan of `ip -batch` lines, settings and files, which containers/lab/lib/Vethlab/Build.pm carries out.
 * network/ is pure: it starts no process, reads no file, and knows no lab or learner.
 */
import { VethlabError } from '../base/errors.ts';
import { defaultSettings, type Setting } from './default-sysctls.ts';
import { needsWire } from './impairment.ts';
import { netemSetUp } from './netem.ts';
import { endpointName, type Endpoint, type Link, type Topology, type TopologyNode } from './topology.ts';

export interface Plan {
  /** One `ip -batch` for bridges and links of all nodes; `@h1` stands for the first process of node h1. */
  readonly links: readonly string[];
  /** Links that run through a wire, in place of a line in `links`. */
  readonly wires: readonly WirePlan[];
  readonly nodes: readonly NodePlan[];
}

/** A link in two halves, each from an endpoint to a port in the outer context's own network namespace. */
export interface WirePlan {
  readonly name: string;
  readonly link: Link;
  /** Those of endpoint 0 and of endpoint 1. */
  readonly ports: readonly [string, string];
  /** Lines of `ip -batch`, for the outer context; `netns @ ` stands for its own namespace. */
  readonly lines: readonly string[];
  /** Lines of `tc -batch`, for the same place, where the kernel works the wire. */
  readonly netem: readonly string[];
}

export interface NodePlan {
  readonly name: string;
  /** Written before there are interfaces, each only where the kernel has it. */
  readonly defaults: readonly Setting[];
  /** Written before there are interfaces; a missing one is an error. */
  readonly sysctls: readonly Setting[];
  readonly files: readonly PlannedFile[];
  /** Interfaces that another process adds, to be waited for. */
  readonly wired: readonly string[];
  /** Interfaces whose offloads are turned off. */
  readonly offloadsOff: readonly string[];
  /** One `ip -batch` inside the node: bridge ports, addresses, interfaces up, routes. */
  readonly batch: readonly string[];
  /** Written when the interfaces are there, before they have addresses. */
  readonly interfaceSysctls: readonly Setting[];
  /** Interfaces that must be operationally up, and forwarding when they are ports of a bridge, before the node counts as up. */
  readonly awaitUp: readonly string[];
}

export interface PlannedFile {
  readonly path: string;
  /** Octal. */
  readonly mode: string;
  readonly content: string;
}

/** The bridge of a `switch`. */
export const BRIDGE = 'br0';

interface Attached {
  readonly endpoint: Endpoint;
  readonly link: Link;
}

export function planNetwork(topology: Topology): Plan {
  const attachedTo = new Map<string, Attached[]>(topology.nodes.map((node) => [node.name, []]));
  for (const link of topology.links) {
    for (const endpoint of link.endpoints) {
      const attached = attachedTo.get(endpoint.node);
      if (!attached) {
        throw new VethlabError(
          'lab_invalid',
          `The link end ${endpointName(endpoint)} names a node that does not exist.`,
        );
      }
      attached.push({ endpoint, link });
    }
  }
  const hosts = hostsFile(topology.nodes, attachedTo);
  const { links, wires } = planLinks(topology);
  const wired = new Set(wires.map(({ link }) => link));
  return {
    links,
    wires,
    nodes: topology.nodes.map((node) => planNode(node, attachedTo.get(node.name) ?? [], wired, hosts)),
  };
}

function planLinks(topology: Topology): Pick<Plan, 'links' | 'wires'> {
  // Indexes are chosen here, unlike at the two ends of a link: where they are equal (and the kernel starts at the same number
  // in each namespace) it takes up to a second to report the link as up (linkwatch_urgent_event, net/core/link_watch.c).
  let index = 2;
  const lines: string[] = [];
  const wires: WirePlan[] = [];
  topology.links.forEach((link, linkNumber) => {
    const [first, second] = [index, index + 1];
    const [a = '', b = ''] = link.endpoints.map((endpoint, side) => {
      const mac = endpoint.mac ?? defaultMac(linkNumber, side);
      const mtu = link.mtu === null ? '' : ` mtu ${link.mtu}`;
      return `name ${endpoint.interface} index ${index++} address ${mac}${mtu} netns @${endpoint.node}`;
    });
    if (needsWire(topology, link)) wires.push(planWire(`w${linkNumber}`, link, [a, b], [first, second]));
    else lines.push(`link add ${a} type veth peer ${b}`);
  });
  for (const node of topology.nodes) {
    if (node.kind !== 'switch') continue;
    lines.push(
      `link add name ${BRIDGE} index ${index++} netns @${node.name} type bridge stp_state 0 forward_delay 0 mcast_snooping 0`,
    );
  }
  return { links: lines, wires };
}

/** Each port has the index of the endpoint at the far end: `eth0@if3` looks to a learner as on a plain link. */
function planWire(name: string, link: Link, ends: [string, string], [first, second]: [number, number]): WirePlan {
  const ports = [`${name}a`, `${name}b`] as const;
  // The endpoints decide what is too large; the ports let everything by.
  const port = (side: 0 | 1, index: number): string =>
    `name ${ports[side]} index ${index} address 02:00:00:ff:ff:0${side + 1} mtu 65535 netns @ `;
  return {
    name,
    link,
    ports,
    lines: [
      `link add ${port(0, second)}type veth peer ${ends[0]}`,
      `link add ${port(1, first)}type veth peer ${ends[1]}`,
    ],
    netem: netemSetUp(ports),
  };
}

/** Locally administered, and short enough to be recognised in a capture: link 3, second end is 02:00:00:00:03:02. */
function defaultMac(linkNumber: number, side: number): string {
  const hex = (value: number): string => (value & 0xff).toString(16).padStart(2, '0');
  return `02:00:00:${hex((linkNumber + 1) >> 8)}:${hex(linkNumber + 1)}:${hex(side + 1)}`;
}

function planNode(
  node: TopologyNode,
  attached: readonly Attached[],
  wired: ReadonlySet<Link>,
  hosts: string,
): NodePlan {
  const withIpv6 = attached.filter(({ endpoint }) => endpoint.ipv6.length > 0);
  const own = Object.entries(node.sysctls).map(([key, value]): Setting => [sysctlPath(key), value]);
  return {
    name: node.name,
    defaults: defaultSettings(node, withIpv6.length > 0),
    sysctls: own.filter(([path]) => !belongsToInterface(path)),
    files: [
      { path: '/etc/hostname', mode: '644', content: `${node.name}\n` },
      { path: '/etc/hosts', mode: '644', content: hosts },
      ...Object.entries(node.files).map(([path, content]) => ({
        path,
        mode: content.startsWith('#!') ? '755' : '644',
        content,
      })),
    ],
    wired: attached.filter(({ link }) => wired.has(link)).map(({ endpoint }) => endpoint.interface),
    offloadsOff: attached.filter(({ link }) => !link.offload).map(({ endpoint }) => endpoint.interface),
    batch: batchLines(node, attached),
    interfaceSysctls: [
      // Off by default: each interface without IPv6 addresses stays silent.
      ...withIpv6.map(({ endpoint }): Setting => [`net/ipv6/conf/${endpoint.interface}/disable_ipv6`, '0']),
      ...own.filter(([path]) => belongsToInterface(path)),
    ],
    awaitUp: attached.map(({ endpoint }) => endpoint.interface),
  };
}

function batchLines(node: TopologyNode, attached: readonly Attached[]): string[] {
  const lines = ['link set dev lo up'];
  for (const { endpoint } of attached) {
    const device = endpoint.interface;
    if (node.kind === 'switch') lines.push(`link set dev ${device} master ${BRIDGE}`);
    for (const address of endpoint.ipv4) lines.push(`address add ${address} broadcast + dev ${device}`);
    for (const address of endpoint.ipv6) lines.push(`address add ${address} dev ${device} nodad`);
    lines.push(`link set dev ${device} up`);
  }
  if (node.kind === 'switch') lines.push(`link set dev ${BRIDGE} up`);
  for (const route of node.routes) lines.push(`route add ${route}`);
  return lines;
}

function hostsFile(nodes: readonly TopologyNode[], attachedTo: ReadonlyMap<string, readonly Attached[]>): string {
  const rows = ['127.0.0.1 localhost'];
  for (const node of nodes) {
    const addresses = (attachedTo.get(node.name) ?? []).flatMap(({ endpoint }) => [...endpoint.ipv4, ...endpoint.ipv6]);
    const first = addresses.find((address) => address.includes('.')) ?? addresses[0];
    rows.push(`${first?.split('/')[0] ?? '127.0.1.1'} ${node.name}`);
  }
  return `${rows.join('\n')}\n`;
}

/** As sysctl(8): the first separator decides whether dots or slashes separate, the other kind is literal. */
export function sysctlPath(key: string): string {
  const first = /[./]/.exec(key)?.[0];
  return first === '/' ? key : key.replace(/[./]/g, (separator) => (separator === '.' ? '/' : '.'));
}

function belongsToInterface(path: string): boolean {
  const scope = /^net\/[^/]+\/(?:conf|neigh)\/([^/]+)\//.exec(path)?.[1];
  return scope !== undefined && scope !== 'all' && scope !== 'default' && scope !== 'lo';
}
