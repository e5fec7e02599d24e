/** Links of a containerlab file, brief (`["a:eth1", "b:eth1"]`) and extended (`type: veth`). */
import { z } from 'zod';
import { parseCidr } from '../../course/addresses.ts';
import type { ClabFile } from './clab-file.ts';
import { newEnd, type ImportedEnd, type ImportedLink, type ImportedNode, type Note } from './imported-lab.ts';
import { interfaceName } from './names.ts';
import { addAddress, isHostMac } from './set-up-lines.ts';

const addressList = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .catch(undefined);
const extendedEnd = z.looseObject({
  node: z.string(),
  interface: z.string().optional(),
  mac: z.string().optional(),
  ipv4: addressList,
  ipv6: addressList,
});
const linkKeys = z.looseObject({
  type: z.string().optional(),
  endpoints: z.array(z.union([z.string(), extendedEnd])).optional(),
  endpoint: z.union([z.string(), extendedEnd]).optional(),
  mtu: z.number().optional(),
});
type ForeignEnd = z.output<typeof extendedEnd>;

const WHY_NOT: Readonly<Record<string, string>> = {
  host: 'No link leads out of a sandbox.',
  'mgmt-net': 'There is no management network: terminals open from the page.',
  macvlan: 'No link leads out of a sandbox.',
  vxlan: 'No link leads out of a sandbox.',
  'vxlan-stitch': 'No link leads out of a sandbox.',
};

export interface LinkPlaces {
  readonly clab: ClabFile;
  /** By their foreign names. */
  readonly nodes: ReadonlyMap<string, ImportedNode>;
  /** Filled here: the ends of each node by their foreign and by their own interface names. */
  readonly ends: Map<string, Map<string, ImportedEnd>>;
  readonly notes: Note[];
}

export function readClabLinks(written: unknown, places: LinkPlaces): ImportedLink[] {
  const { clab, nodes, notes } = places;
  const links: ImportedLink[] = [];
  for (const [index, one] of (Array.isArray(written) ? (written as unknown[]) : []).entries()) {
    const at = ['topology', 'links', index];
    const leaveOut = (what: string, why: string): void => {
      notes.push({ kind: 'left_out', file: clab.file, line: clab.lineOf(at), what, why });
    };
    const read = linkKeys.safeParse(one);
    if (!read.success) {
      leaveOut(at.join('.'), 'This is no link of containerlab.');
      continue;
    }
    const { type = 'veth', endpoints, endpoint, mtu, ...others } = read.data;
    if (type === 'dummy' && endpoint) {
      const { node, interface: name } = foreignEnd(endpoint);
      const device = interfaceName(name ?? 'dummy0');
      nodes.get(node)?.exec.push(`ip link add ${device} type dummy`, `ip link set ${device} up`);
      continue;
    }
    const [first, second] = (endpoints ?? []).map(foreignEnd);
    if (type !== 'veth' || !first || !second) {
      leaveOut(`${at.join('.')} (${type})`, WHY_NOT[type] ?? 'The lab format has only links between two nodes.');
      continue;
    }
    const outside = [first, second].find(({ node }) => !nodes.has(node));
    if (outside) {
      const isOutside = ['host', 'mgmt-net', 'macvlan', 'vxlan'].includes(outside.node);
      leaveOut(
        `${first.node}:${first.interface} - ${second.node}:${second.interface}`,
        isOutside ? 'No link leads out of a sandbox.' : `There is no node \`${outside.node}\`.`,
      );
      continue;
    }
    for (const key of Object.keys(others)) {
      if (key === 'ipv4' || key === 'ipv6') continue;
      leaveOut(
        `${at.join('.')}.${key}`,
        key === 'labels' || key === 'vars' ? 'They say nothing to the network.' : 'The lab format has nothing like it.',
      );
    }
    const isMtu = mtu !== undefined && mtu >= 68 && mtu <= 65_535;
    if (mtu !== undefined && !isMtu) leaveOut(`${at.join('.')}.mtu: ${mtu}`, 'A link carries 68 to 65535 bytes.');
    const ends = [first, second].map((end, side) => takeEnd(end, side, others, places, leaveOut));
    const [one_, other] = ends;
    if (one_ && other) links.push({ ends: [one_, other], mtu: isMtu ? mtu : null });
  }
  return links;
}

function foreignEnd(written: string | ForeignEnd): ForeignEnd {
  if (typeof written !== 'string') return written;
  const colon = written.indexOf(':');
  return colon === -1 ? { node: written } : { node: written.slice(0, colon), interface: written.slice(colon + 1) };
}

function takeEnd(
  foreign: ForeignEnd,
  side: number,
  link: Readonly<Record<string, unknown>>,
  { nodes, ends }: LinkPlaces,
  leaveOut: (what: string, why: string) => void,
): ImportedEnd | null {
  const node = nodes.get(foreign.node);
  if (!node) return null;
  const own = ends.get(foreign.node) ?? new Map<string, ImportedEnd>();
  ends.set(foreign.node, own);
  let name = interfaceName(foreign.interface ?? `eth${own.size + 1}`);
  const taken = new Set([...own.values()].map((end) => end.interface));
  for (let number = 1; taken.has(name) || name === 'lo'; number++) name = `eth${own.size + number}`;
  const end = newEnd(node.name, name);
  own.set(foreign.interface ?? name, end);
  if (foreign.mac !== undefined && isHostMac(foreign.mac)) end.mac = foreign.mac.toLowerCase();
  else if (foreign.mac !== undefined) leaveOut(foreign.mac, 'No interface can have this MAC address.');
  for (const key of ['ipv4', 'ipv6'] as const) {
    const brief: unknown = Array.isArray(link[key]) ? (link[key] as unknown[])[side] : undefined;
    const given = foreign[key] ?? (typeof brief === 'string' ? brief : []);
    for (const address of typeof given === 'string' ? [given] : given) {
      const isRight = parseCidr(address)?.version === (key === 'ipv4' ? 4 : 6);
      if (address !== '' && !(isRight && addAddress(end, address)))
        leaveOut(`${foreign.node}: ${address}`, 'It is not an address with its prefix length.');
    }
  }
  return end;
}
