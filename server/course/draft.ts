/** What can be read of a lab that has faults, so that the rest of it is inspected too and every fault is told at once. */
import { findKind } from '../check/registry.ts';
import { parseWith } from './explain-issue.ts';
import type { Path } from './lab-source.ts';
import type { z } from 'zod';
import { checkTaskSchema, isQuestion, questionTaskSchema, type AuthorStep } from './schema/task-schema.ts';
import {
  faultSchema,
  linkSchema,
  nodeSchema,
  type AuthorFault,
  type AuthorLink,
  type AuthorNode,
  type AuthorTopology,
} from './schema/topology-schema.ts';

/** A topology of which some links may be missing; the indexes say where those that are there stand in the file. */
export interface TopologyDraft {
  readonly author: AuthorTopology;
  readonly linkIndexes: readonly number[];
  readonly faultIndexes: readonly number[];
  /** False where ends or addresses of a link could not be read: then nobody can say what is missing. */
  readonly areLinksKnown: boolean;
}

export interface TaskDraft {
  readonly name: string;
  readonly type: 'check' | 'question';
  readonly needs: readonly string[];
  /** Of a question that offers some; empty otherwise. */
  readonly choices: readonly string[];
  readonly hasCheck: boolean;
  /** Whether there is one at all, readable or not. */
  readonly hasSolve: boolean;
  readonly setup: readonly AuthorStep[];
  readonly solve: readonly AuthorStep[];
  readonly wrong: readonly (readonly AuthorStep[])[];
  /** Checks, and the check of a computed answer, that can be read. */
  readonly leaves: readonly CheckDraft[];
}

export interface CheckDraft {
  readonly kind: string;
  readonly path: Path;
  readonly spec: unknown;
  readonly places: readonly string[];
}

export function draftTopology(raw: unknown, whole: AuthorTopology | null): TopologyDraft | null {
  if (whole)
    return {
      author: whole,
      linkIndexes: [...whole.links.keys()],
      faultIndexes: [...whole.faults.keys()],
      areLinksKnown: true,
    };
  const written = asMap(raw);
  const nodes: Record<string, AuthorNode> = {};
  for (const [name, node] of Object.entries(asMap(written['nodes']))) {
    const read = readWithoutFaults(nodeSchema, node ?? {}) ?? readWithoutFaults(nodeSchema, {});
    if (read) nodes[name] = read;
  }
  if (Object.keys(nodes).length === 0) return null;
  const links = readList<AuthorLink>(linkSchema, written['links']);
  const faults = readList<AuthorFault>(faultSchema, written['faults']);
  return {
    author: { nodes, links: links.values, picture: 'live', faults: faults.values },
    linkIndexes: links.indexes,
    faultIndexes: faults.indexes,
    areLinksKnown: !['endpoints', 'ipv4', 'ipv6'].some((key) => links.faultyKeys.has(key)),
  };
}

/** The entries that can be read; `faultyKeys` are the keys with faults, of all entries together. */
function readList<T>(schema: z.ZodType<T>, raw: unknown): { values: T[]; indexes: number[]; faultyKeys: Set<string> } {
  const faultyKeys = new Set<string>();
  const values: T[] = [];
  const indexes: number[] = [];
  for (const [index, item] of (Array.isArray(raw) ? raw : []).entries()) {
    const whole = parseWith(schema, item);
    if ('faults' in whole) for (const { path } of whole.faults) faultyKeys.add(String(path[0] ?? 'endpoints'));
    const read = 'value' in whole ? whole.value : readWithoutFaults(schema, item);
    if (read === null) continue;
    values.push(read);
    indexes.push(index);
  }
  return { values, indexes, faultyKeys };
}

/** What is known of a task that has no faults: reading it once more would only take time. */
export interface ReadTask {
  readonly author: Pick<z.output<typeof checkTaskSchema>, 'needs' | 'setup' | 'solve' | 'wrong'>;
  /** Of its checks from left to right, or of its computed answer. */
  readonly specs: readonly unknown[];
}

export function draftTask(name: string, raw: Readonly<Record<string, unknown>>, whole?: ReadTask): TaskDraft {
  const path = ['tasks', name];
  const isAsking = isQuestion(raw);
  const author =
    whole?.author ??
    readWithoutFaults<ReadTask['author']>(
      isAsking ? questionTaskSchema : checkTaskSchema,
      isAsking ? raw : { title: name, check: [], ...raw },
    );
  const places = isAsking
    ? answerPlaces(raw['answer'], [...path, 'answer'])
    : checkPlaces(raw['check'], [...path, 'check']);
  return {
    name,
    type: isAsking ? 'question' : 'check',
    needs: author?.needs ?? textsOf(raw['needs']),
    choices: isAsking ? textsOf(raw['choices']) : [],
    hasCheck: 'check' in raw && !isAsking,
    hasSolve: Array.isArray(raw['solve']) ? raw['solve'].length > 0 : raw['solve'] !== undefined,
    setup: author?.setup ?? [],
    solve: author?.solve ?? [],
    wrong: author?.wrong ?? [],
    leaves: places.flatMap((place, index) => draftCheck(place, isAsking, whole?.specs[index])),
  };
}

function textsOf(raw: unknown): string[] {
  return Array.isArray(raw) ? raw.filter((one): one is string => typeof one === 'string') : [];
}

interface CheckPlace {
  readonly kind: string;
  readonly path: Path;
  readonly written: unknown;
}

function checkPlaces(raw: unknown, path: Path): CheckPlace[] {
  if (Array.isArray(raw)) return raw.flatMap((item, index) => checkPlaces(item, [...path, index]));
  const [entry] = Object.entries(asMap(raw));
  if (!entry) return [];
  const [kind, written] = entry;
  const isGroup = ['all', 'in_order', 'any', 'not'].includes(kind);
  return isGroup ? checkPlaces(written, [...path, kind]) : [{ kind, path: [...path, kind], written }];
}

function answerPlaces(raw: unknown, path: Path): CheckPlace[] {
  return ['number', 'text'].flatMap((form) => {
    const [entry] = Object.entries(asMap(asMap(raw)[form]));
    return entry ? [{ kind: entry[0], path: [...path, form, entry[0]], written: entry[1] }] : [];
  });
}

function draftCheck({ kind, path, written }: CheckPlace, isAsking: boolean, known: unknown): CheckDraft[] {
  const checkKind = findKind(kind);
  const schema = isAsking ? checkKind?.ask?.schema : checkKind?.schema;
  if (!checkKind || !schema) return [];
  const spec = known ?? readWithoutFaults(schema, written);
  return spec === null ? [] : [{ kind, path, spec, places: checkKind.places(spec) }];
}

const MAX_ROUNDS = 4;

/** Parses; where that fails, once more without the keys that have faults. Null where what is needed is missing. */
export function readWithoutFaults<T>(schema: z.ZodType<T>, raw: unknown): T | null {
  let input = raw;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const read = parseWith(schema, input);
    if ('value' in read) return read.value;
    if (round === 0) input = structuredClone(raw);
    let removed = false;
    for (const { path } of read.faults) removed = removeAt(input, path) || removed;
    if (!removed) return null;
  }
  return null;
}

/** Removes the innermost key of a map on the path; entries of lists keep their places and are removed with their list. */
function removeAt(data: unknown, path: Path): boolean {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = path
      .slice(0, depth - 1)
      .reduce<unknown>(
        (value, key) =>
          typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
        data,
      );
    const key = path[depth - 1];
    if (
      typeof parent !== 'object' ||
      parent === null ||
      Array.isArray(parent) ||
      key === undefined ||
      !Object.hasOwn(parent, key)
    )
      continue;
    return Reflect.deleteProperty(parent, key);
  }
  return false;
}

function asMap(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
