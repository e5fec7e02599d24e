/** The author's form of a task: an exercise with a `check`, or a question with `ask` and `answer`. */
import { z } from 'zod';
import { quantity, text } from './quantity.ts';

const hint = z
  .union(
    [
      text(),
      z.strictObject({
        after: quantity('ms', { max: 86_400_000, words: '0s to 24h' })
          .default(0)
          .describe('How long the task must have been open: `3m`.'),
        text: text().describe('The hint, as markdown.'),
      }),
    ],
    { error: () => 'Write a text, or { after: 3m, text: "…" }.' },
  )
  .transform((written) => (typeof written === 'string' ? { after: 0, text: written } : written));

const common = {
  title: text().optional().describe('What the learner shall bring about, as a short line.'),
  points: z
    .number()
    .min(0, 'Write 0 or more.')
    .max(1000, 'Write 1000 or less.')
    .default(1)
    .describe('Points for passing. Default 1.'),
  needs: z.array(z.string()).default([]).describe('Tasks that must have passed before this one opens.'),
  hints: z.array(hint).default([]).describe('Hints, opened one by one: texts, or `{ after: 3m, text: … }`.'),
  pass: text().optional().describe('Said when it passes.'),
  fail: text().optional().describe('Said when it does not, with what was expected and seen.'),
};

/** `{ node: shell line }`, or `{ answer: text }` in a question; the output keeps the one key and its text. */
export const stepSchema = z
  .record(z.string(), z.union([z.string(), z.number()]).transform(String), {
    error: () => 'Write a node and a shell line: { h1: "ping -c1 10.0.2.1" }.',
  })
  .transform((written, context) => {
    const [entry, ...more] = Object.entries(written);
    if (entry && more.length === 0) return { key: entry[0], line: entry[1] };
    context.addIssue({
      code: 'custom',
      message: 'A step is one node and one shell line; write several steps as several entries of the list.',
      params: { code: 'bad_step' },
    });
    return z.NEVER;
  });
export type AuthorStep = z.output<typeof stepSchema>;

const steps = {
  setup: z
    .array(stepSchema)
    .default([])
    .describe(
      'Steps that the platform takes when the task opens, before anything is judged: `[{ r1: "ip route del 10.0.2.0/24" }]`. The learner is not told of them.',
    ),
  solve: z
    .array(stepSchema)
    .describe(
      'Steps that make the task pass: a list of `{ node: shell line }`, and `{ answer: … }` in questions, `{}` for the computed answer.',
    ),
  wrong: z
    .array(z.array(stepSchema), { error: () => 'Write a list of attempts, each a list of steps: [[{ h1: "…" }]].' })
    .default([])
    .describe('Attempts that must not pass; each is a list of steps.'),
};

export const checkTaskSchema = z.strictObject({
  ...common,
  title: common.title.unwrap().describe('What the learner shall bring about, as a short line.'),
  mode: z
    .enum(['once', 'held'])
    .default('once')
    .describe('`once` (default): passes the first time it holds. `held`: must hold when the lab is finished.'),
  check: z
    .unknown()
    .refine((value) => value !== undefined && value !== null, { error: 'missing' })
    .describe('What must hold: a list of checks. `all`, `any` and `not` nest.'),
  setup: steps.setup,
  solve: steps.solve.optional(),
  wrong: steps.wrong,
});
export type AuthorCheckTask = z.output<typeof checkTaskSchema>;

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const regex = z.string().transform((written, context) => {
  const delimited = /^\/(.*)\/([imsu]*)$/s.exec(written);
  try {
    return new RegExp(delimited?.[1] ?? written, delimited?.[2] ?? '');
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : 'unknown';
    context.addIssue({ code: 'custom', message: `This is not a regular expression: ${reason}.` });
    return z.NEVER;
  }
});

const answerForm = z
  .strictObject({
    number: z
      .union([z.number(), z.string(), z.record(z.string(), z.unknown())], {
        error: () => 'Write a number, or a check to compute it from.',
      })
      .optional()
      .describe(
        'A number, or a check whose number is the answer: `{ counter: { node: h1, name: Ip.FragCreates, grown: true } }`.',
      ),
    within: z.number().min(0, 'Write 0 or more.').optional().describe('How far off a number may be. Default 0.'),
    text: z
      .union([z.string(), z.number(), z.record(z.string(), z.unknown())], {
        error: () => 'Write a text, or a check to compute it from.',
      })
      .optional()
      .describe('A text, compared without regard to case and outer spaces; or a check whose value is the answer.'),
    matches: regex.optional().describe('A regular expression: `/^(ether|link)/i`.'),
  })
  .superRefine((answer, context) => {
    const forms = (['number', 'text', 'matches'] as const).filter((key) => answer[key] !== undefined);
    if (forms.length !== 1) {
      context.addIssue({
        code: 'custom',
        message: 'Write exactly one of `number`, `text` and `matches`.',
        params: { code: 'bad_answer' },
      });
    } else if (answer.within !== undefined && answer.number === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['within'],
        message: '`within` belongs to a `number`.',
        params: { code: 'bad_answer' },
      });
    }
  });

export const questionTaskSchema = z.strictObject({
  ...common,
  title: common.title.describe('A short name of the question. Without it, the question itself.'),
  ask: text().describe('The question, as markdown.'),
  choices: z.array(scalar).min(2, 'A choice has at least two entries.').optional().describe('Answers to choose from.'),
  answer: z
    .union([scalar, z.array(scalar), answerForm], {
      error: () => 'Write the answer, a list of choices, or { number: … }, { text: … } or { matches: /…/ }.',
    })
    .describe('The answer: one of the choices, a list of them, a text, a number, or `{ number | text | matches }`.'),
  why: text().optional().describe('Why, shown after the right answer.'),
  setup: steps.setup,
  solve: steps.solve.optional(),
  wrong: steps.wrong,
});
export type AuthorQuestionTask = z.output<typeof questionTaskSchema>;

/** A task that asks is meant as a question, and so is one with another key of a question and no check. */
export function isQuestion(raw: Readonly<Record<string, unknown>>): boolean {
  return 'ask' in raw || (!('check' in raw) && ['answer', 'choices', 'why'].some((key) => key in raw));
}
