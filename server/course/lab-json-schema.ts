/** The JSON schema of a lab's front matter, made from the same zod schemas that read it: completion and hover in editors. */
import { z } from 'zod';
import { checkKinds } from '../check/registry.ts';
import { headerSchema } from './schema/lab-schema.ts';
import { recordSchema } from './schema/record-schema.ts';
import { checkTaskSchema, questionTaskSchema } from './schema/task-schema.ts';
import { topologySchema } from './schema/topology-schema.ts';

/** Raised when a key changes its meaning or goes; new keys leave it. */
export const LAB_SCHEMA_VERSION = 1;

type Json = Record<string, unknown>;

export function labJsonSchema(): Json {
  const header = jsonOf(headerSchema);
  const properties = { ...(header['properties'] as Json) };
  properties['topology'] = {
    ...(allowVariables(jsonOf(topologySchema)) as Json),
    description: 'The network: nodes, links, faults.',
  };
  properties['tasks'] = {
    type: 'object',
    description: 'Exercises and questions by name, in the order in which they are listed.',
    additionalProperties: { anyOf: [{ $ref: '#/$defs/checkTask' }, { $ref: '#/$defs/questionTask' }] },
  };
  properties['record'] = allowVariables(jsonOf(recordSchema));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:vethlab:lab-schema:${LAB_SCHEMA_VERSION}`,
    title: 'Vethlab lab',
    version: LAB_SCHEMA_VERSION,
    description: 'Front matter of a lab’s index.md.',
    ...header,
    properties,
    required: [...((header['required'] as string[] | undefined) ?? []), 'topology'],
    $defs: allowVariablesIn({
      ...checkDefinitions(),
      checkTask: checkTaskJson(),
      questionTask: jsonOf(questionTaskSchema),
    }),
  };
}

function checkTaskJson(): Json {
  const json = jsonOf(checkTaskSchema);
  const properties = json['properties'] as Json;
  const description = (properties['check'] as Json)['description'];
  return {
    ...json,
    properties: { ...properties, check: { $ref: '#/$defs/checkTree', description } },
    required: [...new Set([...((json['required'] as string[] | undefined) ?? []), 'check'])],
  };
}

/** One definition per kind; a tree of them refers to itself. */
function checkDefinitions(): Json {
  const list = { type: 'array', minItems: 1, items: { $ref: '#/$defs/check' } };
  const kinds = checkKinds.map((kind) => [kind.name, { $ref: `#/$defs/kind-${kind.name}` }] as const);
  return {
    checkTree: { anyOf: [list, { $ref: '#/$defs/check' }] },
    check: {
      type: 'object',
      minProperties: 1,
      maxProperties: 1,
      additionalProperties: false,
      properties: {
        ...Object.fromEntries(kinds),
        all: { ...list, description: 'All of these hold.' },
        in_order: { ...list, description: 'All of these hold; each is judged when those before it hold.' },
        any: { ...list, description: 'At least one of these holds.' },
        not: { $ref: '#/$defs/checkTree', description: 'This does not hold.' },
      },
    },
    ...Object.fromEntries(checkKinds.map((kind) => [`kind-${kind.name}`, jsonOf(kind.schema)])),
  };
}

function jsonOf(schema: z.ZodType): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
    cycles: 'ref',
  }) as Json;
  return json;
}

function allowVariablesIn(definitions: Json): Json {
  return Object.fromEntries(Object.entries(definitions).map(([name, schema]) => [name, allowVariables(schema)]));
}

const VARIABLE = { type: 'string', pattern: '\\$\\{[a-z]' };
const MAPS_OF_SCHEMAS = ['properties', '$defs'];
const SCHEMAS = ['items', 'prefixItems', 'additionalProperties', 'anyOf', 'oneOf', 'allOf'];

/** Any value may be written as `${name}`: where that would break a rule, an editor must not call it a fault. */
function allowVariables(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(allowVariables);
  if (typeof json !== 'object' || json === null) return json;
  const schema = Object.fromEntries(
    Object.entries(json).map(([key, value]) => {
      if (MAPS_OF_SCHEMAS.includes(key))
        return [
          key,
          Object.fromEntries(Object.entries(value as Json).map(([name, inner]) => [name, allowVariables(inner)])),
        ];
      return [key, SCHEMAS.includes(key) ? allowVariables(value) : value];
    }),
  );
  const isNarrow =
    ['number', 'integer', 'boolean', 'array'].includes(String(schema['type'])) ||
    'enum' in schema ||
    ('pattern' in schema && schema['type'] === 'string');
  if (!isNarrow) return schema;
  const { description, default: initial, ...rule } = schema;
  return {
    ...(description === undefined ? {} : { description }),
    ...(initial === undefined ? {} : { default: initial }),
    anyOf: [rule, VARIABLE],
  };
}
