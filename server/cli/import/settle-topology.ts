/** Addresses and routes that the topology cannot say (a mistake to be found, often) are set by shell lines instead. */
import { resolveTopology } from '../../course/resolve-topology.ts';
import { inspectTopology } from '../../course/inspect-topology.ts';
import { topologySchema } from '../../course/schema/topology-schema.ts';
import type { ImportedEnd, ImportedLab, ImportedNode, Note } from './imported-lab.ts';

/** The topology as it stands in the front matter. */
export function topologyOf(lab: Pick<ImportedLab, 'nodes' | 'links'>): object {
  const filled = (node: ImportedNode): [string, object] => [
    node.name,
    {
      ...(node.kind === 'host' ? {} : { kind: node.kind }),
      ...(node.routes.length > 0 ? { routes: node.routes } : {}),
      ...(Object.keys(node.sysctls).length > 0 ? { sysctls: node.sysctls } : {}),
      ...(Object.keys(node.files).length > 0 ? { files: node.files } : {}),
      ...(node.exec.length > 0 ? { exec: node.exec } : {}),
    },
  ];
  return {
    nodes: Object.fromEntries(lab.nodes.map(filled)),
    ...(lab.links.length > 0
      ? {
          links: lab.links.map(({ ends, mtu }) => ({
            endpoints: ends.map((end) => `${end.node}:${end.interface}`),
            ...pair('ipv4', ends, (end) => end.ipv4),
            ...pair('ipv6', ends, (end) => end.ipv6),
            ...(ends.some((end) => end.mac !== null) ? { mac: ends.map((end) => end.mac) } : {}),
            ...(mtu === null ? {} : { mtu }),
            ...(ends.some((end) => end.impair !== null) ? { impair: ends.map((end) => end.impair) } : {}),
          })),
        }
      : {}),
  };
}

function pair(key: string, ends: readonly ImportedEnd[], addresses: (end: ImportedEnd) => string[]): object {
  if (ends.every((end) => addresses(end).length === 0)) return {};
  const one = (list: string[]): string | string[] | null => (list.length > 1 ? list : (list[0] ?? null));
  return { [key]: ends.map((end) => one(addresses(end))) };
}

const MAX_ROUNDS = 50;

/** Changes the lab until nothing of its topology is a fault. Notes say what was moved and why. */
export function settleTopology(lab: Pick<ImportedLab, 'nodes' | 'links' | 'notes'>, file: string): void {
  for (const moved of Array.from({ length: MAX_ROUNDS }, () => moveFaulty(lab, file))) if (!moved) return;
}

function moveFaulty(lab: Pick<ImportedLab, 'nodes' | 'links' | 'notes'>, file: string): boolean {
  const read = topologySchema.safeParse(topologyOf(lab));
  if (!read.success) return false;
  const author = read.data;
  const faults = inspectTopology(resolveTopology(author), {
    author,
    linkIndexes: [...author.links.keys()],
    faultIndexes: [],
    areLinksKnown: true,
  });
  const [fault] = faults;
  if (!fault) return false;
  const { path, message, text } = fault;
  const note = (what: string, why: string): void => {
    const one: Note = { kind: 'changed', file, line: null, what, why };
    lab.notes.push(one);
  };
  if (path[1] === 'nodes') {
    const node = lab.nodes.find(({ name }) => name === path[2]);
    const route = node?.routes[Number(path[4])];
    if (!node || route === undefined) return false;
    node.routes.splice(Number(path[4]), 1);
    // After the addresses that were moved here before it.
    node.exec.splice(leadingLines(node), 0, `ip route add ${route} || true`);
    note(`${node.name}: route ${route}`, `It is set by a shell line, which may fail: ${message}`);
    return true;
  }
  const link = lab.links[Number(path[2])];
  if (!link) return false;
  const end =
    typeof path[4] === 'number'
      ? link.ends[path[4]]
      : link.ends.find((one) => one.mac?.toLowerCase() === text?.toLowerCase());
  const node = lab.nodes.find(({ name }) => name === end?.node);
  if (!end || !node) return false;
  const name = `${end.node}:${end.interface}`;
  if (text !== undefined && end.mac?.toLowerCase() === text.toLowerCase()) {
    node.exec.splice(leadingLines(node), 0, `ip link set dev ${end.interface} address ${end.mac}`);
    end.mac = null;
    note(`${name}: ${text}`, `It is set by a shell line: ${message}`);
    return true;
  }
  if (text === undefined) return false;
  const isSix = text.includes(':');
  if (isSix) end.ipv6 = end.ipv6.filter((address) => address !== text);
  else end.ipv4 = end.ipv4.filter((address) => address !== text);
  if (node.kind === 'switch') {
    note(`${name}: ${text}`, `It was left out: ${message}`);
    return true;
  }
  // Interfaces without declared IPv6 addresses have IPv6 turned off.
  if (isSix) node.sysctls[`net.ipv6.conf.${end.interface}.disable_ipv6`] = '0';
  node.exec.splice(leadingLines(node), 0, `ip addr add ${text} dev ${end.interface}`);
  note(`${name}: ${text}`, `It is set by a shell line: ${message}`);
  return true;
}

/** Lines that stand in for what the topology could not say; they come before all others. */
function leadingLines(node: ImportedNode): number {
  const index = node.exec.findIndex((line) => !/^ip (?:addr add \S+ dev \S+|link set dev \S+ address \S+)$/.test(line));
  return index === -1 ? node.exec.length : index;
}
