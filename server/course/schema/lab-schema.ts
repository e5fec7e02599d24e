/** The author's form of a lab, a module and a course: the keys of the front matter and of the YAML files. */
import { z } from 'zod';
import { TASK_NAME, TASK_NAME_RULE, text } from './quantity.ts';

export const VARIABLE_NAME = /^[a-z][a-z0-9_]*$/;

const subnetVariable = 'Write `{ pick: [one, two] }` or `{ subnet: 10.0.0.0/8, prefix: 24 }`.';

/** A value, or a map of values that are chosen together. */
const pickable = z.union(
  [
    z.string(),
    z.number(),
    z.boolean(),
    z.record(
      z
        .string()
        .regex(VARIABLE_NAME, 'A key has lower-case letters, digits and underscores, and begins with a letter.'),
      z.unknown(),
    ),
  ],
  { error: () => 'Write a number, a text, or a map of values that belong together.' },
);

export const variableSchema = z
  .strictObject(
    {
      pick: z
        .array(pickable)
        .min(1, 'Write at least one value to pick from.')
        .optional()
        .describe(
          'One of these values is chosen: texts, numbers, or maps of one shape, whose values are `${name.key}`.',
        ),
      subnet: z
        .string()
        .optional()
        .describe('A network to cut a smaller one from: `10.0.0.0/8`. Several variables never overlap.'),
      prefix: z
        .number()
        .int('Write a whole number.')
        .min(1, 'Write 1 or more.')
        .max(128, 'Write 128 or less.')
        .optional()
        .describe('Prefix length of the network that is cut out: `24`.'),
    },
    { error: (issue) => (issue.code === 'invalid_type' ? subnetVariable : undefined) },
  )
  .superRefine((variable, context) => {
    const isPick = variable.pick !== undefined;
    const isSubnet = variable.subnet !== undefined && variable.prefix !== undefined;
    const isMixed = isPick && (variable.subnet !== undefined || variable.prefix !== undefined);
    if ((!isPick && !isSubnet) || isMixed) {
      context.addIssue({
        code: 'custom',
        message: `This is not a variable. ${subnetVariable}`,
        params: { code: 'bad_variable' },
      });
      return;
    }
    const [first, ...others] = (variable.pick ?? []).map(keysOf);
    for (const [index, keys] of others.entries()) {
      if (keys === first) continue;
      context.addIssue({
        code: 'custom',
        path: ['pick', index + 1],
        message: 'Every entry has the same keys as the first, so that `${name.key}` has a value whichever is chosen.',
        params: { code: 'bad_variable' },
      });
    }
  });

/** Equal for entries of one shape: their keys, in any order. */
function keysOf(entry: z.output<typeof pickable>): string {
  return typeof entry === 'object' ? JSON.stringify(Object.keys(entry).toSorted()) : 'value';
}
export type AuthorVariable = z.output<typeof variableSchema>;

export const layerSchema = z.enum(['application', 'transport', 'internet', 'link']);

/** Front matter without what may hold variables (`topology`, `tasks`, `record`), which is read once per choice of values. */
export const headerSchema = z.strictObject({
  title: text().describe('The name of the lab.'),
  summary: text().describe('One sentence: what the learner will have done.'),
  minutes: z
    .number()
    .int('Write whole minutes.')
    .min(1, 'Write at least 1 minute.')
    .max(600, 'Write at most 600 minutes.')
    .describe('How long it takes, roughly.'),
  level: z.enum(['beginner', 'intermediate', 'advanced']).describe('`beginner`, `intermediate` or `advanced`.'),
  layers: z
    .array(layerSchema)
    .default([])
    .describe('Layers it is about: `application`, `transport`, `internet`, `link`. They light up beside the lesson.'),
  objectives: z.array(text()).default([]).describe('What the learner can do afterwards, one line each.'),
  requires: z
    .array(z.string().regex(/^[a-z][a-z0-9_-]*$/, 'Write the name of a kernel feature, such as nft or tun.'))
    .default([])
    .describe('Kernel features the lab cannot do without: `nft`, `tun`, …; `netem` only if the learner types it.'),
  sources: z
    .array(text())
    .default([])
    .describe('What its facts were checked against: RFCs, kernel files and documents, man pages.'),
  optional: z
    .boolean({ error: () => 'Write true or false.' })
    .default(false)
    .describe('true: the course is complete without it.'),
  vars: z
    .record(
      z
        .string()
        .regex(
          VARIABLE_NAME,
          'A variable name has lower-case letters, digits and underscores, and begins with a letter.',
        ),
      variableSchema,
    )
    .default({})
    .describe('Values chosen once per learner and attempt, written `${name}` in prose, code, checks and topology.'),
  topology: z.unknown().optional(),
  tasks: z.unknown().optional(),
  record: z.unknown().optional(),
});
export type AuthorHeader = z.output<typeof headerSchema>;

/** Names of tasks; each value is read by the schema of its form (schema/task-schema.ts). */
export const taskMapSchema = z.record(
  z.string().regex(TASK_NAME, TASK_NAME_RULE),
  z.record(z.string(), z.unknown(), {
    error: () => 'Write the keys of a task here: `title` and `check`, or `ask` and `answer`.',
  }),
);

export const moduleSchema = z.strictObject({
  title: text().describe('The name of the module.'),
  summary: text().describe('One sentence on what it is about.'),
});

/** `module.<language>.yaml` and `course.<language>.yaml`: the texts of `module.yaml` and `course.yaml` in that language. */
export const headingSchema = z.strictObject({
  title: text().describe('The name.'),
  summary: text().describe('What it is about.'),
});

const language = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'Write a language tag such as en, zh or pt-BR (BCP 47).');

export const courseSchema = z.strictObject({
  title: text().describe('The name of the course.'),
  summary: text().describe('One or two sentences for the first page.'),
  languages: z
    .array(language)
    .min(1, 'Write at least one language.')
    .default(['en'])
    .describe('Languages; the first is the one of `index.md`.'),
  modules: z
    .array(z.string())
    .optional()
    .describe('Module ids in the order of the course. Without it, the numbers of the folders order them.'),
});

const translatedTask = z.strictObject({
  title: text().optional(),
  ask: text().optional(),
  choices: z.array(z.union([z.string(), z.number()]).transform(String)).optional(),
  why: text().optional(),
  hints: z.array(text()).optional(),
  pass: text().optional(),
  fail: text().optional(),
});

/** Front matter of `index.<language>.md`: texts only. */
export const translationSchema = z.strictObject({
  title: text().optional(),
  summary: text().optional(),
  objectives: z.array(text()).optional(),
  vars: z
    .record(
      z.string(),
      z.strictObject({
        pick: z.array(
          z.record(z.string(), text(), {
            error: () => 'Write the texts of this entry as a map; other values live once, in index.md.',
          }),
        ),
      }),
    )
    .default({}),
  tasks: z.record(z.string(), translatedTask).default({}),
  original: z
    .strictObject({ header: z.string(), tasks: z.record(z.string(), z.string()), lesson: z.array(z.string()) })
    .optional()
    .describe('Written by `npm run lab -- translated`: marks of the text that was translated.'),
});
export type AuthorTranslation = z.output<typeof translationSchema>;
