/** Shell lines that set up a node → addresses, routes and settings of the topology, where they say no more than these can. */
import { parseAddress, parseCidr } from '../../course/addresses.ts';
import type { ImportedEnd, ImportedNode, Note } from './imported-lab.ts';
import { readNetem } from './netem-line.ts';
import { missingPrograms } from './programs.ts';

export interface ShellLine {
  readonly text: string;
  readonly line: number | null;
}

export interface SetUp {
  readonly node: ImportedNode;
  /** The node's ends of links, by interface. */
  readonly ends: ReadonlyMap<string, ImportedEnd>;
  readonly file: string;
  readonly notes: Note[];
}

/** Lines in order; what is no address, route or setting stays a line of `exec`. */
export function setUpNode(lines: readonly ShellLine[], setUp: SetUp): void {
  const made = new Set<string>(['lo']);
  for (const { text, line } of lines.flatMap(splitLine)) {
    for (const [, name] of text.matchAll(/\blink add (?:name |dev )?(?!link\b)([\w.@-]+)/g)) made.add(name ?? '');
    for (const [, name] of text.matchAll(/\blink add link \S+ (?:name |dev )?([\w.@-]+)/g)) made.add(name ?? '');
    for (const [, name] of text.matchAll(/\b(?:tunnel|tuntap|tun) add (?:name |dev )?([\w.@-]+)/g))
      made.add(name ?? '');
    if (lift(text, setUp) || liftNetem(text, line, setUp)) continue;
    const note = (what: string, why: string): void => {
      setUp.notes.push({ kind: 'left_out', file: setUp.file, line, what, why });
    };
    const missing = missingPrograms(text);
    const device = /\bdev ([\w.@-]+)/.exec(text)?.[1] ?? /^ip (?:-\S+ )*link set (?!dev )([\w.@-]+)/.exec(text)?.[1];
    if (missing.length > 0)
      note(text, `The lab image has no \`${missing[0]}\`, and a line that fails would stop the start.`);
    else if (/^ip (?:-\S+ )*(?:route|r|ro) del(?:ete)? default/.test(text))
      note(text, 'There is no management network here, so no default route comes from one.');
    else if (device !== undefined && !setUp.ends.has(device) && !made.has(device))
      note(text, `No link of the lab ends at ${setUp.node.name}:${device}.`);
    else setUp.node.exec.push(text);
  }
}

/** `a && b; c` as three lines, and without the shell around them. */
function splitLine({ text, line }: ShellLine): ShellLine[] {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.startsWith('#')) return [];
  const inner = /^(?:\/bin\/)?(?:ba|a)?sh -l?c (["'])([^"'\\]*)\1$/.exec(trimmed)?.[2];
  if (inner !== undefined) return inner.split('\n').flatMap((one) => splitLine({ text: one, line }));
  if (/["'`$\\|<(]/.test(trimmed) || !/&&|;/.test(trimmed)) return [{ text: trimmed.replace(/^sudo /, ''), line }];
  return trimmed.split(/&&|;/).flatMap((one) => splitLine({ text: one, line }));
}

/** The link does from here on what the queueing discipline did. */
function liftNetem(text: string, line: number | null, { node, ends, file, notes }: SetUp): boolean {
  const netem = readNetem(text.trim().split(/\s+/));
  const end = netem && ends.get(netem.device);
  if (!netem || !end) return false;
  end.impair = netem.impair;
  const why = `The link of ${node.name}:${end.interface} does it: no node sees a queueing discipline.`;
  notes.push({ kind: 'changed', file, line, what: text, why });
  return true;
}

/** True when the topology says it from here on. */
function lift(text: string, { node, ends }: SetUp): boolean {
  if (/["'`$\\|&;()]/.test(text)) return false;
  const words = text
    .replace(/\s+#.*$/, '')
    .trim()
    .split(/\s+/);
  if (words[0]?.replace(/^\/s?bin\/|^\/usr\/s?bin\//, '') === 'ip') return liftIp(words.slice(1), node, ends);
  if (words[0] === 'ifconfig') return liftIfconfig(words.slice(1), ends);
  if (words[0] === 'route') return liftRoute(words.slice(1), node);
  const set =
    /^sysctl (?:-w |-q |-qw )*(net\.[\w.-]+) ?= ?(\S+)$/.exec(text) ??
    /^echo (\S+) ?> ?\/proc\/sys\/(net\/[\w./-]+)$/.exec(text);
  if (!set) return false;
  const [key, value] = text.startsWith('echo') ? [set[2]?.replaceAll('/', '.'), set[1]] : [set[1], set[2]];
  if (key === undefined || value === undefined) return false;
  if (/^net\.ipv[46]\.(?:ip_forward|conf\.all\.forwarding)$/.test(key) && value === '1' && node.kind === 'host')
    node.kind = 'router';
  else node.sysctls[key] = value;
  return true;
}

function liftIp(given: string[], node: ImportedNode, ends: ReadonlyMap<string, ImportedEnd>): boolean {
  const words = given.filter((word) => !['-4', '-6', '-o', '-b'].includes(word));
  const [object = '', verb = '', ...rest] = words;
  if (/^a(?:d(?:d(?:r(?:ess)?)?)?)?$/.test(object) && /^(?:a|add|r|replace)$/.test(verb)) {
    const [address = '', ...options] = rest[0] === 'local' ? rest.slice(1) : rest;
    const end = ends.get(after(options, 'dev') ?? '');
    const others = without(options, ['dev', 'broadcast', 'brd']).filter((word) => word !== 'nodad');
    return end !== undefined && others.length === 0 && addAddress(end, address);
  }
  if (/^l(?:i(?:nk?)?)?$/.test(object) && /^s(?:et)?$/.test(verb)) {
    const [name = '', ...options] = rest[0] === 'dev' ? rest.slice(1) : rest;
    const end = ends.get(name);
    if (name === 'lo' && options.join(' ') === 'up') return true;
    if (!end) return false;
    const mac = after(options, 'address');
    const others = without(options, ['address']).filter((word) => word !== 'up');
    if (others.length > 0 || (mac !== undefined && !isHostMac(mac))) return false;
    if (mac !== undefined) end.mac = mac.toLowerCase();
    return true;
  }
  if (/^r(?:o(?:u(?:te?)?)?)?$/.test(object) && /^(?:a|add|r|replace|change)$/.test(verb)) {
    const destination = rest[0] ?? '';
    if (destination !== 'default' && !parseCidr(destination) && !parseAddress(destination)) return false;
    node.routes.push(rest.join(' '));
    return true;
  }
  return false;
}

/** ifconfig(8): `eth0 10.0.0.1/24 up`, `eth0 10.0.0.1 netmask 255.255.255.0`. */
function liftIfconfig(
  [name = '', address = '', ...options]: string[],
  ends: ReadonlyMap<string, ImportedEnd>,
): boolean {
  const end = ends.get(name);
  if (!end) return false;
  if (address === 'up' && options.length === 0) return true;
  const mask = after(options, 'netmask');
  if (without(options, ['netmask', 'broadcast']).some((word) => word !== 'up')) return false;
  if (address.includes('/')) return addAddress(end, address);
  const bits = mask === undefined ? null : prefixOfMask(mask);
  return bits !== null && addAddress(end, `${address}/${bits}`);
}

/** route(8): `add default gw 10.0.0.1`, `add -net 10.0.0.0/8 gw 10.0.0.1`. */
function liftRoute(words: string[], node: ImportedNode): boolean {
  const [verb, ...rest] = words.filter((word) => word !== '-net' && word !== '-host');
  const [destination = ''] = rest;
  const gateway = after(rest, 'gw');
  const mask = after(rest, 'netmask');
  const bits = mask === undefined ? null : prefixOfMask(mask);
  const target =
    destination === 'default' || destination.includes('/')
      ? destination
      : bits === null
        ? null
        : `${destination}/${bits}`;
  const others = without(rest.slice(1), ['gw', 'netmask', 'dev']);
  if (verb !== 'add' || gateway === undefined || target === null || others.length > 0) return false;
  const device = after(rest, 'dev');
  node.routes.push(`${target} via ${gateway}${device === undefined ? '' : ` dev ${device}`}`);
  return true;
}

/** False for what is no address with a prefix length. */
export function addAddress(end: ImportedEnd, written: string): boolean {
  const cidr = parseCidr(written);
  if (!cidr) return false;
  const list = cidr.version === 4 ? end.ipv4 : end.ipv6;
  if (!list.includes(written)) list.push(written);
  return true;
}

export function isHostMac(mac: string): boolean {
  return /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(mac) && Number.parseInt(mac.slice(0, 2), 16) % 2 === 0;
}

function after(words: readonly string[], key: string): string | undefined {
  const at = words.indexOf(key);
  return at === -1 ? undefined : words[at + 1];
}

function without(words: readonly string[], keys: readonly string[]): string[] {
  return words.filter((word, index) => !keys.includes(word) && !keys.includes(words[index - 1] ?? ''));
}

function prefixOfMask(mask: string): number | null {
  const address = parseAddress(mask);
  if (address?.version !== 4) return null;
  const bits = address.value.toString(2).padStart(32, '0');
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : null;
}
