/** Zod's issues in the author's words, each with the path it is about. Positions are found elsewhere (lab-source.ts). */
import type { z } from 'zod';
import { didYouMean } from './nearest.ts';
import type { Path } from './lab-source.ts';

/** A fault of a value at a path; `at` says whether the key or the value is wrong. */
export interface Fault {
  readonly code: string;
  readonly path: Path;
  readonly at: 'key' | 'value';
  readonly message: string;
  readonly hint?: string | undefined;
}

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/** Parses, or says everything that is wrong with the input. */
export function parseWith<T>(schema: z.ZodType<T>, input: unknown, at: Path = []): { value: T } | { faults: Fault[] } {
  const result = schema.safeParse(input);
  if (result.success) return { value: result.data };
  return { faults: result.error.issues.flatMap((issue) => explain(issue, schema, input, at)) };
}

/** The fault of a key that must be there and is not. */
export function explainMissing(path: Path): Fault {
  return { code: 'missing_key', path, at: 'value', message: `\`${String(path.at(-1))}\` is missing.` };
}

function explain(issue: Issue, schema: Schema, input: unknown, at: Path): Fault[] {
  const path = [...at, ...issue.path];
  const value = valueAt(input, issue.path);
  const fault = (code: string, message: string, hint?: string, where: Fault['at'] = 'value'): Fault[] => [
    { code, path, at: where, message, hint },
  ];
  const isMissing = value === undefined && issue.path.length > 0;
  const key = issue.path.findLast((segment) => typeof segment === 'string');
  if (
    isMissing &&
    (issue.code === 'invalid_type' ||
      issue.code === 'invalid_value' ||
      issue.code === 'invalid_union' ||
      issue.message === 'missing')
  ) {
    return fault(
      'missing_key',
      typeof issue.path.at(-1) === 'number' ? 'An entry is missing here.' : `\`${String(key)}\` is missing.`,
    );
  }
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(schema, issue.path);
      return issue.keys.map((unknown) => ({
        code: 'unknown_key',
        path: [...path, unknown],
        at: 'key' as const,
        message: `\`${unknown}\` is not a key here.`,
        hint:
          didYouMean(unknown, known) ??
          (known.size > 0 && known.size <= 15 ? `Known keys: ${[...known].join(', ')}.` : undefined),
      }));
    }
    case 'invalid_type':
      if (!issue.message.startsWith('Invalid input')) return fault('bad_value', issue.message);
      return fault('bad_value', `Write ${typeWords(issue.expected)} here; this is ${kindOf(value)}.`);
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      return fault(
        'bad_value',
        /^Invalid (input|option)/.test(issue.message)
          ? `\`${showValue(value)}\` is not one of ${allowed.join(', ')}.`
          : issue.message,
        typeof value === 'string' ? didYouMean(value, allowed) : undefined,
      );
    }
    case 'invalid_key':
      return fault('bad_name', issue.issues[0]?.message ?? 'This name cannot be used.', undefined, 'key');
    case 'invalid_union':
      return (
        explainUnion(issue, schema, input, at) ??
        fault('bad_value', issue.message.startsWith('Invalid input') ? 'This value does not fit here.' : issue.message)
      );
    case 'too_small':
    case 'too_big':
      return fault('bad_value', /^Too (small|big)/.test(issue.message) ? sizeWords(issue) : issue.message);
    case 'custom': {
      const code = issue.params?.['code'];
      const hint = issue.params?.['hint'];
      return fault(
        typeof code === 'string' ? code : 'bad_value',
        issue.message,
        typeof hint === 'string' ? hint : undefined,
      );
    }
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_element':
      return fault('bad_value', /[.?]$/.test(issue.message) ? issue.message : `${issue.message}.`);
  }
}

/** The faults of the one alternative whose type fits the value; nothing where none or several do. */
function explainUnion(
  issue: Issue & { code: 'invalid_union' },
  schema: Schema,
  input: unknown,
  at: Path,
): Fault[] | undefined {
  const fitting = issue.errors.filter(
    (issues) =>
      !issues.some(
        (inner) => inner.path.length === 0 && (inner.code === 'invalid_type' || inner.code === 'invalid_value'),
      ),
  );
  if (fitting.length !== 1) return undefined;
  return fitting[0]?.flatMap((inner) => explain({ ...inner, path: [...issue.path, ...inner.path] }, schema, input, at));
}

function sizeWords(issue: Issue & { code: 'too_small' | 'too_big' }): string {
  const isSmall = issue.code === 'too_small';
  const bound = String(isSmall ? issue.minimum : issue.maximum);
  const side = isSmall ? 'at least' : 'at most';
  switch (issue.origin) {
    case 'array':
    case 'set':
      return `Write ${side} ${bound} entries.`;
    case 'string':
      return bound === '1' && isSmall ? 'Write some text here.' : `Write ${side} ${bound} characters.`;
    default:
      return `Write a number of ${side} ${bound}.`;
  }
}

function typeWords(expected: string): string {
  const words: Record<string, string> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    tuple: 'a list',
    object: 'keys with values',
    record: 'keys with values',
  };
  return words[expected] ?? `a value of type ${expected}`;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map of keys';
  if (typeof value === 'string') return 'a text';
  return typeof value === 'number' ? 'a number' : 'true or false';
}

function showValue(value: unknown): string {
  return typeof value === 'object' && value !== null ? kindOf(value) : String(value);
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, segment) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, segment)
        ? (value as Record<PropertyKey, unknown>)[segment]
        : undefined,
    input,
  );
}

/** Keys that the schema knows at a path, of all alternatives there. */
export function knownKeys(schema: Schema, path: Path): Set<string> {
  const keys = new Set<string>();
  for (const candidate of schemasAt(schema, path, 0)) {
    const { def } = candidate._zod as { def: z.core.$ZodTypes['_zod']['def'] };
    if (def.type === 'object') for (const key of Object.keys(def.shape)) keys.add(key);
  }
  return keys;
}

const MAX_SCHEMA_DEPTH = 40;

function schemasAt(schema: Schema, path: Path, depth: number): Schema[] {
  if (depth > MAX_SCHEMA_DEPTH) return [];
  const { def } = schema._zod as { def: z.core.$ZodTypes['_zod']['def'] };
  const into = (inner: Schema, rest: Path = path): Schema[] => schemasAt(inner, rest, depth + 1);
  const [head, ...rest] = path;
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'catch':
    case 'nonoptional':
      return into(def.innerType);
    case 'pipe':
      return [...into(def.in), ...into(def.out)];
    case 'lazy':
      return into(def.getter());
    case 'union':
      return def.options.flatMap((option) => into(option));
    case 'intersection':
      return [...into(def.left), ...into(def.right)];
    default:
      break;
  }
  if (head === undefined) return [schema];
  switch (def.type) {
    case 'object': {
      const inner = def.shape[String(head)];
      return inner ? into(inner, rest) : [];
    }
    case 'record':
      return into(def.valueType, rest);
    case 'array':
      return into(def.element, rest);
    case 'tuple': {
      const inner = def.items[Number(head)] ?? def.rest;
      return inner ? into(inner, rest) : [];
    }
    default:
      return [];
  }
}
