/** containerlab: `*.clab.yml` with Linux nodes; other systems become Linux nodes in the same place. */
import path from 'node:path';
import { z } from 'zod';
import { VethlabError } from '../../base/errors.ts';
import { ClabFile } from './clab-file.ts';
import { readClabLinks } from './containerlab-links.ts';
import { putFile } from './foreign-files.ts';
import {
  escapeVariables,
  newNode,
  type ImportedEnd,
  type ImportedLab,
  type ImportedNode,
  type Note,
} from './imported-lab.ts';
import { NodeNames } from './names.ts';
import { networkLesson } from './network-lesson.ts';
import { setUpNode } from './set-up-lines.ts';
import { settleTopology } from './settle-topology.ts';

const map = z.record(z.string(), z.unknown());
type Keys = z.output<typeof map>;

/** Kinds that are a bridge of the host. */
const BRIDGES = new Set(['bridge', 'ovs-bridge', 'linux-bridge']);
/** Keys that only say how containers are made or shown. */
const SILENT = new Set(['kind', 'group', 'labels']);

const WHY_NOT: Readonly<Record<string, string>> = {
  image: 'Every node runs the lab image; what this image has besides is not there.',
  env: 'There are no variables of the environment for a whole node; set it in the line that needs it.',
  cmd: 'A node runs no main program; what shall keep running stands under `services`.',
  entrypoint: 'A node runs no main program; what shall keep running stands under `services`.',
  'startup-config': 'It configures another system than Linux.',
  license: 'No node needs one.',
  type: 'It chooses a variant of another system than Linux.',
  ports: 'No link leads out of a sandbox.',
  'network-mode': 'Every node has a network of its own.',
  dns: 'Write /etc/resolv.conf under `files`.',
  stages: 'All nodes start together.',
  healthcheck: 'Write a `check` instead.',
  user: 'Learners are root in their nodes.',
};
const WHY_NOT_LIMIT = 'Limits and rights belong to the platform, not to a lab.';
const WHY_NOT_MANAGEMENT = 'There is no management network: terminals open from the page.';
const WHY_NOT_UNKNOWN = 'The lab format has nothing like it.';

/** @throws VethlabError `lab_invalid` for what is no topology of containerlab. */
export async function importContainerlab(file: string): Promise<ImportedLab> {
  const clab = await ClabFile.read(file);
  const topology = map.safeParse(clab.value['topology']).data;
  const written = map.safeParse(topology?.['nodes']).data;
  if (!topology || !written || Object.keys(written).length === 0) {
    throw new VethlabError('lab_invalid', `${file} has no nodes.`, {
      hint: 'A containerlab file has `topology:` with `nodes:`.',
    });
  }
  const notes: Note[] = [];
  const leaveOut = (at: readonly (string | number)[], why: string): void => {
    notes.push({ kind: 'left_out', file, line: clab.lineOf(at), what: at.join('.'), why });
  };
  for (const key of Object.keys(clab.value)) {
    if (['name', 'topology'].includes(key)) continue;
    leaveOut(
      [key],
      key.startsWith('x-') ? 'Keys with x- are remarks.' : key === 'mgmt' ? WHY_NOT_MANAGEMENT : WHY_NOT_UNKNOWN,
    );
  }
  for (const key of Object.keys(topology))
    if (!['nodes', 'links', 'kinds', 'groups', 'defaults'].includes(key))
      leaveOut(['topology', key], key.startsWith('x-') ? 'Keys with x- are remarks.' : WHY_NOT_UNKNOWN);

  const names = new NodeNames();
  const nodes = new Map<string, ImportedNode>();
  const keysOf = new Map<string, Keys>();
  for (const [foreign, own] of Object.entries(written)) {
    const keys = effectiveKeys(topology, map.safeParse(own).data ?? {});
    const kind = typeof keys['kind'] === 'string' ? keys['kind'] : 'linux';
    const node = newNode(names.get(foreign), BRIDGES.has(kind) ? 'switch' : 'host');
    if (node.name !== foreign)
      notes.push({
        kind: 'changed',
        file,
        line: clab.lineOf(['topology', 'nodes', foreign]),
        what: foreign,
        why: `Names have letters, digits and dashes: it is ${node.name} here.`,
      });
    if (kind !== 'linux' && node.kind !== 'switch')
      notes.push({
        kind: 'changed',
        file,
        line: clab.lineOf(['topology', 'nodes', foreign]),
        what: `topology.nodes.${foreign}.kind: ${kind}`,
        why: 'It is another system than Linux: a Linux node stands in its place, to be configured with `ip`.',
      });
    nodes.set(foreign, node);
    keysOf.set(foreign, keys);
  }
  const ends = new Map<string, Map<string, ImportedEnd>>();
  const links = readClabLinks(topology['links'], { clab, nodes, ends, notes });
  for (const [foreign, node] of nodes) {
    const own = ends.get(foreign) ?? new Map<string, ImportedEnd>();
    // Containers forward by default; here routers do.
    if (own.size > 1 && node.kind === 'host') node.kind = 'router';
    await fillNode(node, keysOf.get(foreign) ?? {}, { foreign, own, clab, notes });
  }
  notes.push({
    kind: 'to_do',
    file,
    line: null,
    what: 'tasks',
    why: 'A containerlab file has no exercises: write `tasks` and the lesson.',
  });
  const title =
    typeof clab.value['name'] === 'string'
      ? clab.value['name']
      : path.basename(file).replace(/\.(?:clab\.)?ya?ml$/, '');
  const lab: ImportedLab = {
    title: escapeVariables(title.trim() || 'Imported lab'),
    summary: 'A network to look around in.',
    minutes: 20,
    level: 'beginner',
    nodes: [...nodes.values()],
    links,
    tasks: [],
    lesson: networkLesson('This is the network of this lab.', [...nodes.values()]),
    assets: [],
    notes,
  };
  settleTopology(lab, file);
  return lab;
}

/** What the defaults, its kind and its group say of a node, under what it says itself. */
function effectiveKeys(topology: Keys, own: Keys): Keys {
  const part = (name: string, key: unknown): Keys => {
    const all = map.safeParse(topology[name]).data ?? {};
    return (typeof key === 'string' && map.safeParse(all[key]).data) || {};
  };
  const defaults = map.safeParse(topology['defaults']).data ?? {};
  const group = part('groups', own['group'] ?? defaults['group']);
  const kind = part('kinds', own['kind'] ?? group['kind'] ?? defaults['kind']);
  const merged: Keys = { ...defaults, ...kind, ...group, ...own };
  for (const key of ['exec', 'binds']) {
    const lists = [defaults, kind, group, own]
      .map((keys) => keys[key])
      .filter((list): list is unknown[] => Array.isArray(list));
    if (lists.length > 0) merged[key] = lists.flat();
  }
  return merged;
}

interface NodePlace {
  readonly foreign: string;
  readonly own: ReadonlyMap<string, ImportedEnd>;
  readonly clab: ClabFile;
  readonly notes: Note[];
}

async function fillNode(node: ImportedNode, keys: Keys, { foreign, own, clab, notes }: NodePlace): Promise<void> {
  const { file } = clab;
  for (const [key, value] of Object.entries(keys)) {
    const at = ['topology', 'nodes', foreign, key];
    const leaveOut = (what: string, why: string): void => {
      notes.push({ kind: 'left_out', file, line: clab.lineOf(at), what, why });
    };
    if (SILENT.has(key)) continue;
    if (key === 'exec' && Array.isArray(value)) {
      const lines = value.map((one, index) => ({
        text: escapeVariables(String(one)),
        line: clab.lineOf([...at, index]),
      }));
      setUpNode(lines, { node, ends: own, file, notes });
    } else if (key === 'sysctls') {
      for (const [name, setting] of Object.entries(map.safeParse(value).data ?? {})) {
        if (/^net\.[\w./-]+$/.test(name)) node.sysctls[name] = String(setting);
        else leaveOut(`${at.join('.')}.${name}`, 'Only `net.*` settings belong to a node.');
      }
    } else if (key === 'binds' && Array.isArray(value)) {
      for (const bind of value) {
        const [from = '', to = ''] = String(bind).split(':');
        const source = path.resolve(path.dirname(file), from);
        // A file of the machine itself is nobody's lab.
        if (path.isAbsolute(from) || !isBelow(path.dirname(file), source))
          leaveOut(`${at.join('.')}: ${from}`, 'It is no file of the lab.');
        else await putFile(node, source, to, notes);
      }
    } else leaveOut(at.join('.'), whyNot(key));
  }
}

function isBelow(directory: string, file: string): boolean {
  const inside = path.relative(directory, file);
  return inside !== '' && !inside.startsWith('..') && !path.isAbsolute(inside);
}

function whyNot(key: string): string {
  if (key.startsWith('mgmt') || key === 'aliases') return WHY_NOT_MANAGEMENT;
  if (['cpu', 'memory', 'cpu-set', 'shm-size', 'cap-add', 'devices', 'restart-policy'].includes(key))
    return WHY_NOT_LIMIT;
  return WHY_NOT[key] ?? WHY_NOT_UNKNOWN;
}
