/** How the network of a node is set up, one line a setting: what somebody did, without what changes by itself. Pure. */
import { z } from 'zod';
import { parse } from './ip-output.ts';

/** Lines of iproute2 come first, one for each command; lines that begin with `##` head what other tools say. */
export const CONFIGURATION_SCRIPT = [
  // One process for each family: they are read of every node at once.
  'ip -j -batch - <<.',
  'link show',
  'addr show',
  'route show table all',
  'rule show',
  'neigh show nud permanent',
  '.',
  'ip -6 -j -batch - <<.',
  'route show table all',
  'rule show',
  '.',
  "echo '##qdisc'; tc qdisc show",
  "echo '##firewall'; nft -s list ruleset 2>/dev/null",
  "echo '##setting'; grep -rs '' /proc/sys/net/ipv4 /proc/sys/net/bridge /proc/sys/net/ipv6/conf",
  'true',
].join('\n');

const Links = z.array(
  z.looseObject({
    ifname: z.string(),
    flags: z.array(z.string()).default([]),
    mtu: z.number(),
    address: z.string().optional(),
    master: z.string().optional(),
  }),
);

const Addresses = z.array(
  z.looseObject({
    ifname: z.string().optional(),
    addr_info: z
      .array(z.looseObject({ family: z.string(), local: z.string().optional(), prefixlen: z.number().optional() }))
      .default([]),
  }),
);

const Routes = z.array(
  z.looseObject({
    type: z.string().optional(),
    dst: z.string(),
    gateway: z.string().optional(),
    dev: z.string().optional(),
    table: z.string().optional(),
    metric: z.number().optional(),
    prefsrc: z.string().optional(),
    metrics: z.array(z.record(z.string(), z.unknown())).optional(),
  }),
);

const Neighbors = z.array(z.looseObject({ dst: z.string(), dev: z.string(), lladdr: z.string().optional() }));

const Rules = z.array(z.looseObject({ priority: z.number() }));

/** What the lines of the script that are iproute2's are about. */
const IPROUTE_COMMANDS = ['link', 'address', 'route', 'rule', 'neighbor', 'route', 'rule'];

/** The kernel's own table of addresses and broadcasts (RT_TABLE_LOCAL) follows from the addresses. */
const LOCAL_TABLE = 'local';
/** The machine's, or secret, or set by the kernel whenever somebody writes ip_forward (inet_forward_change). */
const FOREIGN_SETTING =
  /(?:available_congestion_control|allowed_congestion_control|tcp_mem|udp_mem|fastopen_key|ehash_entries|hash_entries|stable_secret|all\/accept_redirects)=/;

/** Lines in order, each beginning with the word for what it is. */
export function parseConfiguration(output: string): string[] {
  const [iproute = '', ...sections] = output.split(/^##/m);
  const lines = [
    ...splitLines(iproute).map((line, index) => `${IPROUTE_COMMANDS[index] ?? ''}\n${line}`),
    ...sections,
  ].flatMap((section) => {
    const end = section.indexOf('\n');
    const [what, text] = [section.slice(0, end), section.slice(end + 1).trim()];
    return text === '' ? [] : linesOf(what, text).map((line) => `${what} ${line}`);
  });
  return lines.toSorted();
}

function linesOf(what: string, text: string): string[] {
  switch (what) {
    case 'link':
      return parse(Links, text).map(({ ifname, flags, mtu, address, master }) =>
        words(ifname, flags.includes('UP') ? 'up' : 'down', `mtu ${mtu}`, address, master && `master ${master}`),
      );
    case 'address':
      return parse(Addresses, text).flatMap(({ ifname, addr_info }) =>
        addr_info.map(({ local, prefixlen }) => `${local}/${prefixlen} dev ${ifname}`),
      );
    case 'route':
      return parse(Routes, text)
        .filter(({ table }) => table !== LOCAL_TABLE)
        .map((route) =>
          words(
            route.type,
            route.dst,
            route.gateway && `via ${route.gateway}`,
            route.dev && `dev ${route.dev}`,
            route.table && `table ${route.table}`,
            route.metric !== undefined && `metric ${route.metric}`,
            route.prefsrc && `src ${route.prefsrc}`,
            route.metrics && JSON.stringify(route.metrics),
          ),
        );
    case 'neighbor':
      return parse(Neighbors, text).map(({ dst, dev, lladdr }) =>
        words(dst, `dev ${dev}`, lladdr && `lladdr ${lladdr}`, 'permanent'),
      );
    case 'rule':
      return parse(Rules, text).map(({ priority, ...selectors }) =>
        words(`${priority}:`, ...Object.entries(selectors).map(([key, value]) => `${key} ${String(value)}`)),
      );
    case 'setting':
      return text
        .split('\n')
        .map((line) =>
          line
            .replace(/^\/proc\/sys\//, '')
            .replace(':', '=')
            .replaceAll(/\s+/g, ' ')
            .trim(),
        )
        .filter((line) => !FOREIGN_SETTING.test(line));
    case 'qdisc':
      // The handle of a queue counts up; `refcnt` is the kernel's own.
      return splitLines(text).map((line) => line.replace(/^qdisc (\S+) \S+ /, '$1 ').replace(/ refcnt \d+/, ''));
    case 'firewall':
      return firewallLines(text);
    default:
      return splitLines(text);
  }
}

/** Each rule behind the table and the chain that it stands in. */
function firewallLines(text: string): string[] {
  const around: string[] = [];
  const lines: string[] = [];
  for (const line of splitLines(text)) {
    if (line === '}') around.pop();
    else if (line.endsWith('{')) {
      around.push(line.slice(0, -1).trim());
      lines.push(around.join(' '));
    } else lines.push([...around, line].join(' '));
  }
  return lines;
}

function splitLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().replaceAll(/\s+/g, ' '))
    .filter((line) => line !== '');
}

function words(...parts: (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}

/** What one configuration has and the other lacks, both ways. */
export function compareConfigurations(
  before: readonly string[],
  after: readonly string[],
): { lacking: string[]; added: string[] } {
  const lackingIn = (one: readonly string[], other: readonly string[]): string[] => {
    const counts = new Map<string, number>();
    for (const line of other) counts.set(line, (counts.get(line) ?? 0) + 1);
    return one.filter((line) => {
      const count = counts.get(line) ?? 0;
      counts.set(line, count - 1);
      return count <= 0;
    });
  };
  return { lacking: lackingIn(before, after), added: lackingIn(after, before) };
}
