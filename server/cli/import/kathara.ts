/** Kathará: `lab.conf`, `*.startup`, and a folder of files per machine. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, putFile, readText } from './foreign-files.ts';
import {
  escapeVariables,
  newEnd,
  newNode,
  type ImportedEnd,
  type ImportedLab,
  type ImportedLink,
  type ImportedNode,
  type Note,
} from './imported-lab.ts';
import { VethlabError } from '../../base/errors.ts';
import { readKatharaConf, type KatharaEntry } from './kathara-conf.ts';
import { NodeNames } from './names.ts';
import { networkLesson } from './network-lesson.ts';
import { isHostMac, setUpNode, type ShellLine } from './set-up-lines.ts';
import { isPlainScript, missingPrograms } from './programs.ts';
import { settleTopology } from './settle-topology.ts';

/** `file` is the lab.conf. @throws VethlabError `lab_invalid` when it has no machine. */
export async function importKathara(file: string): Promise<ImportedLab> {
  const directory = path.dirname(file);
  const conf = readKatharaConf((await readText(file)) ?? '');
  const notes: Note[] = conf.strange.map(({ text, line }) => ({
    kind: 'left_out',
    file,
    line,
    what: text,
    why: 'It is no line of a lab.conf: neither `machine[key]=value` nor `LAB_…=…`.',
  }));
  const names = new NodeNames();
  const machines = [...new Set(conf.entries.map(({ machine }) => machine))].filter((name) => name !== 'shared');
  if (machines.length === 0)
    throw new VethlabError('lab_invalid', `${file} has no machine.`, {
      hint: 'A machine is a line such as pc1[0]="A".',
    });
  const nodes = new Map(machines.map((machine) => [machine, newNode(names.get(machine))]));
  for (const machine of machines) {
    const name = names.get(machine);
    if (name !== machine)
      notes.push({
        kind: 'changed',
        file,
        line: null,
        what: machine,
        why: `Names have letters, digits and dashes: it is ${name} here.`,
      });
  }
  const ends = new Map(machines.map((machine) => [machine, new Map<string, ImportedEnd>()]));
  const links = joinDomains(conf.entries, { names, ends, nodes, file, notes });
  for (const entry of conf.entries) if (!/^\d+$/.test(entry.key)) readOption(entry, nodes, file, notes);
  for (const machine of machines) {
    const node = nodes.get(machine);
    const own = ends.get(machine);
    if (!node || !own) continue;
    // Kathará's machines forward by default; here routers do.
    if (own.size > 1) node.kind = 'router';
    await putFiles(node, directory, machine, notes);
    for (const script of ['shared.startup', `${machine}.startup`])
      await runScript(path.join(directory, script), { node, ends: own, file: path.join(directory, script), notes });
    if (existsSync(path.join(directory, `${machine}.shutdown`)))
      notes.push({
        kind: 'left_out',
        file: path.join(directory, `${machine}.shutdown`),
        line: null,
        what: `${machine}.shutdown`,
        why: 'A sandbox ends without asking its nodes.',
      });
  }
  for (const other of ['lab.dep', 'lab.ext'])
    if (existsSync(path.join(directory, other)))
      notes.push({
        kind: 'left_out',
        file: path.join(directory, other),
        line: null,
        what: other,
        why: other === 'lab.dep' ? 'All nodes start together.' : 'No link leads out of a sandbox.',
      });
  notes.push({
    kind: 'to_do',
    file,
    line: null,
    what: 'tasks',
    why: 'A lab.conf has no exercises: write `tasks` and the lesson.',
  });
  const title = conf.about.get('name') ?? conf.about.get('description') ?? path.basename(directory);
  const lab: ImportedLab = {
    title: escapeVariables(title.trim() || path.basename(directory)),
    summary: escapeVariables(conf.about.get('description')?.trim() || 'A network to look around in.'),
    minutes: 20,
    level: 'beginner',
    nodes: [...nodes.values(), ...links.switches],
    links: links.links,
    tasks: [],
    lesson: networkLesson(escapeVariables(conf.about.get('description') ?? 'This is the network of this lab.'), [
      ...nodes.values(),
    ]),
    assets: [],
    notes,
  };
  settleTopology(lab, file);
  return lab;
}

interface Places {
  readonly names: NodeNames;
  readonly ends: ReadonlyMap<string, Map<string, ImportedEnd>>;
  readonly nodes: ReadonlyMap<string, ImportedNode>;
  readonly file: string;
  readonly notes: Note[];
}

/** A collision domain of two is a link; any other is a switch. */
function joinDomains(
  entries: readonly KatharaEntry[],
  places: Places,
): { links: ImportedLink[]; switches: ImportedNode[] } {
  const { names, ends, nodes, file, notes } = places;
  const domains = new Map<string, ImportedEnd[]>();
  for (const { machine, key, value, line } of entries) {
    const own = ends.get(machine);
    const node = nodes.get(machine);
    if (!/^\d+$/.test(key) || !own || !node) continue;
    const [domain = '', mac] = value.split('/');
    const end = newEnd(node.name, `eth${key}`);
    if (own.has(end.interface)) {
      notes.push({
        kind: 'left_out',
        file,
        line,
        what: `${machine}[${key}]`,
        why: 'This interface is in a collision domain already.',
      });
      continue;
    }
    if (mac !== undefined && isHostMac(mac)) end.mac = mac.toLowerCase();
    else if (mac !== undefined)
      notes.push({ kind: 'left_out', file, line, what: mac, why: 'No interface can have this MAC address.' });
    own.set(end.interface, end);
    domains.set(domain, [...(domains.get(domain) ?? []), end]);
  }
  const links: ImportedLink[] = [];
  const switches: ImportedNode[] = [];
  for (const [domain, members] of domains) {
    const [first, second] = members;
    const isPair = members.length === 2 && first?.node !== second?.node;
    if (isPair && first && second) {
      links.push({ ends: [first, second], mtu: null });
      continue;
    }
    const hub = newNode(names.get(`sw-${domain}`), 'switch');
    switches.push(hub);
    notes.push({
      kind: 'changed',
      file,
      line: null,
      what: `collision domain ${domain}`,
      why: `It has ${members.length} ends, so it is the switch ${hub.name}, which learns where to send frames.`,
    });
    members.forEach((end, index) => links.push({ ends: [end, newEnd(hub.name, `port${index + 1}`)], mtu: null }));
  }
  return { links, switches };
}

function readOption(
  { machine, key, value, line }: KatharaEntry,
  nodes: ReadonlyMap<string, ImportedNode>,
  file: string,
  notes: Note[],
): void {
  const node = nodes.get(machine);
  if (!node) return;
  const leaveOut = (why: string): void => {
    notes.push({ kind: 'left_out', file, line, what: `${machine}[${key}]=${value}`, why });
  };
  switch (key) {
    case 'image':
      if (!/^kathara\/base\b/.test(value))
        leaveOut('Every node runs the lab image; what this image has besides is not there.');
      return;
    case 'ipv6':
    case 'num_terms':
    case 'shell':
      // An interface speaks IPv6 where the topology gives it an address, and every node opens as many terminals as wanted.
      return;
    case 'sysctl': {
      const [name = '', ...rest] = value.split('=');
      if (/^net\.[\w.-]+$/.test(name) && rest.length > 0) node.sysctls[name] = rest.join('=');
      else leaveOut('Only `net.*` settings belong to a node.');
      return;
    }
    case 'exec':
      if (missingPrograms(value).length > 0) leaveOut(`The lab image has no \`${missingPrograms(value)[0]}\`.`);
      else node.exec.push(escapeVariables(value));
      return;
    case 'bridged':
    case 'port':
      leaveOut('No link leads out of a sandbox.');
      return;
    case 'mem':
    case 'cpus':
    case 'ulimit':
    case 'privileged':
      leaveOut('Limits and rights belong to the platform, not to a lab.');
      return;
    case 'env':
      leaveOut('There are no variables of the environment for a whole node; set it in the line that needs it.');
      return;
    default:
      leaveOut('The lab format has nothing like it.');
  }
}

async function putFiles(node: ImportedNode, directory: string, machine: string, notes: Note[]): Promise<void> {
  for (const name of await filesBelow(path.join(directory, machine)))
    await putFile(node, path.join(directory, machine, name), `/${name}`, notes);
  for (const name of await filesBelow(path.join(directory, 'shared')))
    await putFile(node, path.join(directory, 'shared', name), `/shared/${name}`, notes);
}

async function runScript(script: string, setUp: Parameters<typeof setUpNode>[1]): Promise<void> {
  const text = await readText(script);
  if (text === null) return;
  if (isPlainScript(text)) {
    const lines: ShellLine[] = text.split('\n').map((one, index) => ({ text: escapeVariables(one), line: index + 1 }));
    setUpNode(lines, setUp);
    return;
  }
  const missing = missingPrograms(text);
  if (missing.length === 0) setUp.node.exec.push(escapeVariables(text.trim()));
  else
    setUp.notes.push({
      kind: 'left_out',
      file: script,
      line: null,
      what: path.basename(script),
      why: `The lab image has no ${missing.map((name) => `\`${name}\``).join(', ')}, and a line that fails would stop the start.`,
    });
}
