/** What the schema cannot see of tasks: who needs whom, which nodes are meant, whether each can be proved. */
import type { Topology } from '../network/topology.ts';
import type { Fault } from './explain-issue.ts';
import type { CheckDraft, TaskDraft } from './draft.ts';
import { counterFault } from './kernel-counters.ts';
import type { Path } from './lab-source.ts';
import { didYouMean } from './nearest.ts';
import type { AuthorStep } from './schema/task-schema.ts';

export interface TaskFault extends Fault {
  /** Texts of which the first that is found below the path is underlined. */
  readonly texts?: readonly string[];
}

/** A filter that the author's tool compiles: this folder runs no program. */
export interface FilterUse {
  readonly language: 'display' | 'bpf';
  readonly text: string;
  readonly path: Path;
}

export interface TaskFindings {
  readonly faults: readonly TaskFault[];
  readonly filters: readonly FilterUse[];
}

/** `topology` is null where nothing of it could be read. */
export function inspectTasks(
  tasks: readonly TaskDraft[],
  allNames: readonly string[],
  topology: Topology | null,
): TaskFindings {
  const filters: FilterUse[] = [];
  const faults: TaskFault[] = [...inspectNeeds(tasks, allNames)];
  for (const task of tasks) {
    faults.push(...inspectSteps(task, topology));
    if (task.hasCheck && !task.hasSolve) {
      faults.push({
        code: 'no_solve',
        path: ['tasks', task.name],
        at: 'key',
        message: `\`${task.name}\` has a check and no \`solve\`.`,
        hint: 'Without one nobody can know that it can be passed: write `solve: [{ h1: "…" }]`.',
      });
    }
    for (const leaf of task.leaves) {
      if (topology) faults.push(...inspectPlaces(leaf, topology, tasks));
      if (leaf.kind === 'counter') faults.push(...inspectCounter(leaf));
      if (leaf.kind === 'capture') filters.push(...filtersOf(leaf));
    }
  }
  return { faults, filters };
}

function inspectNeeds(tasks: readonly TaskDraft[], allNames: readonly string[]): TaskFault[] {
  const faults: TaskFault[] = [];
  const needs = new Map(tasks.map((task) => [task.name, task.needs]));
  for (const [name, needed] of needs) {
    for (const [index, other] of needed.entries()) {
      if (allNames.includes(other)) continue;
      faults.push({
        code: 'unknown_task',
        path: ['tasks', name, 'needs', index],
        at: 'value',
        message: `There is no task \`${other}\`.`,
        hint: didYouMean(other, allNames),
      });
    }
  }
  const told = new Set<string>();
  for (const name of needs.keys()) {
    const circle = circleFrom(name, needs);
    if (!circle || circle.some((member) => told.has(member))) continue;
    for (const member of circle) told.add(member);
    const words =
      circle.length === 1
        ? `\`${name}\` needs itself`
        : [...circle, circle[0]].map((member) => `\`${member}\``).join(' needs ');
    faults.push({
      code: 'needs_circle',
      path: ['tasks', name, 'needs'],
      at: 'value',
      texts: [circle[1] ?? name],
      message: `These tasks wait for each other and never open: ${words}.`,
    });
  }
  return faults;
}

/** The circle of needs that leads from a task back to it; nothing where there is none. */
function circleFrom(start: string, needs: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const visited = new Set<string>();
  const walk = (name: string, path: readonly string[]): string[] | undefined => {
    for (const next of needs.get(name) ?? []) {
      if (next === start) return [...path, name];
      if (visited.has(next)) continue;
      visited.add(next);
      const found = walk(next, [...path, name]);
      if (found) return found;
    }
    return undefined;
  };
  return walk(start, []);
}

function inspectSteps(task: TaskDraft, topology: Topology | null): TaskFault[] {
  const setup = { steps: task.setup, path: ['tasks', task.name, 'setup'] };
  const lists: { steps: readonly AuthorStep[]; path: Path }[] = [
    setup,
    { steps: task.solve, path: ['tasks', task.name, 'solve'] },
    ...task.wrong.map((steps, index) => ({ steps, path: ['tasks', task.name, 'wrong', index] })),
  ];
  const names = topology?.nodes.map((node) => node.name);
  return lists.flatMap(({ steps, path }) =>
    steps.flatMap(({ key, line }, index): TaskFault[] => {
      const isSetup = path === setup.path;
      if (key === 'answer' && task.type === 'question' && !isSetup) {
        // Nobody can give such an answer, so an attempt with it would prove nothing.
        if (line === '{}' || task.choices.length === 0 || task.choices.includes(line)) return [];
        return [
          {
            code: 'bad_answer',
            path: [...path, index, key],
            at: 'value',
            message: `\`${line}\` is not one of the choices.`,
            hint: didYouMean(line, task.choices),
          },
        ];
      }
      if (key === 'answer')
        return [
          {
            code: 'bad_step',
            path: [...path, index, key],
            at: 'key',
            message: isSetup
              ? '`setup` is shell lines; nobody answers there.'
              : '`answer` belongs to questions; a task with a check is solved by shell lines.',
          },
        ];
      if (!names || names.includes(key)) return [];
      return [unknownNode(key, [...path, index, key], names)];
    }),
  );
}

/** Of a step whose node the topology does not have. */
export function unknownNode(name: string, path: Path, names: readonly string[]): Fault {
  return {
    code: 'unknown_node',
    path,
    at: 'key',
    message: `There is no node \`${name}\`.`,
    hint: didYouMean(name, names) ?? `Nodes: ${names.join(', ')}.`,
  };
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    data,
  );
}

function inspectPlaces(leaf: CheckDraft, topology: Topology, tasks: readonly TaskDraft[]): TaskFault[] {
  const nodes = topology.nodes.map((node) => node.name);
  return leaf.places.flatMap((place): TaskFault[] => {
    const [node = '', ...rest] = place.split(':');
    const name = rest.join(':');
    const at = { path: leaf.path, at: 'value' as const };
    if (!nodes.includes(node)) {
      return [
        {
          code: 'unknown_node',
          ...at,
          texts: [place, node],
          message: `There is no node \`${node}\`.`,
          hint: didYouMean(node, nodes) ?? `Nodes: ${nodes.join(', ')}.`,
        },
      ];
    }
    if (name === '' || hasInterface(topology, node, name) || isMade(name, topology, tasks)) return [];
    const known = interfacesOf(topology, node);
    return [
      {
        code: 'unknown_interface',
        ...at,
        texts: [place, name, textWith(leaf.spec, name)],
        message: `${node} has no interface \`${name}\`.`,
        hint: didYouMean(name, known) ?? (known.length > 0 ? `It has ${known.join(', ')}.` : undefined),
      },
    ];
  });
}

function interfacesOf(topology: Topology, node: string): string[] {
  return topology.links.flatMap((link) =>
    link.endpoints.filter((endpoint) => endpoint.node === node).map((endpoint) => endpoint.interface),
  );
}

/** Loopback is everywhere; a switch also has the bridge itself. */
function hasInterface(topology: Topology, node: string, name: string): boolean {
  if (name === 'lo' || interfacesOf(topology, node).includes(name)) return true;
  return name === 'br0' && topology.nodes.some((one) => one.name === node && one.kind === 'switch');
}

/** Whether some line of the lab speaks of the interface: then it is one that a line or the learner makes. */
function isMade(name: string, topology: Topology, tasks: readonly TaskDraft[]): boolean {
  const lines = [
    ...topology.nodes.flatMap((node) => [...node.exec, ...node.services]),
    ...tasks.flatMap((task) => [...task.setup, ...task.solve, ...task.wrong.flat()].map((step) => step.line)),
  ];
  const word = new RegExp(`(?:^|[^\\w.-])${name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}(?![\\w.-])`);
  return lines.some((line) => word.test(line));
}

/** The text of a spec in which the interface stands, such as `eth9.rx_packets`. */
function textWith(spec: unknown, name: string): string {
  if (typeof spec !== 'object' || spec === null) return name;
  return (
    Object.values(spec).find(
      (value): value is string => typeof value === 'string' && value.split('.').includes(name),
    ) ?? name
  );
}

function inspectCounter(leaf: CheckDraft): TaskFault[] {
  const name = valueAt(leaf.spec, ['name']);
  const fault = typeof name === 'string' ? counterFault(name) : null;
  return fault ? [{ code: 'unknown_counter', path: [...leaf.path, 'name'], at: 'value', ...fault }] : [];
}

function filtersOf(leaf: CheckDraft): FilterUse[] {
  const uses: FilterUse[] = [];
  for (const [key, language] of [
    ['filter', 'display'],
    ['bpf', 'bpf'],
  ] as const) {
    const text = valueAt(leaf.spec, [key]);
    if (typeof text === 'string') uses.push({ language, text, path: [...leaf.path, key] });
  }
  return uses;
}
