/** Conditions of checks: what an author expects of one value. A plain value means equality. Pure. */
import { z } from 'zod';
import { exampleOf, formatQuantity, parseQuantity, type Unit } from './units.ts';
import { say, series, type Said } from '../base/sentence.ts';

export type Scalar = string | number | boolean;

export type Clause =
  | { readonly op: 'equals'; readonly value: Scalar }
  | { readonly op: 'at_least' | 'at_most'; readonly value: number }
  | { readonly op: 'between'; readonly low: number; readonly high: number }
  | { readonly op: 'one_of'; readonly values: readonly Scalar[] }
  | { readonly op: 'matches'; readonly pattern: string; readonly flags: string }
  | { readonly op: 'contains'; readonly text: string }
  | { readonly op: 'not'; readonly of: Condition };

/** All clauses must hold. Plain data. */
export interface Condition {
  readonly unit: Unit;
  readonly clauses: readonly Clause[];
}

/** Turns what the author wrote for one value into its resolved form; null refuses it. */
type ParseScalar = (written: Scalar) => Scalar | null;

interface Form {
  readonly unit: Unit;
  readonly parse: ParseScalar;
  /** "Write …" */
  readonly example: string;
}

interface WrittenCondition {
  readonly equals?: Scalar | undefined;
  readonly at_least?: number | undefined;
  readonly at_most?: number | undefined;
  readonly between?: readonly [number, number] | undefined;
  readonly one_of?: readonly Scalar[] | undefined;
  readonly matches?: { pattern: string; flags: string } | undefined;
  readonly contains?: string | undefined;
  readonly not?: Condition | undefined;
}

/** A condition on a number; `unit` says which suffixes the author may write. */
export function numberCondition(unit: Unit = 'none'): z.ZodType<Condition> {
  return conditionSchema({
    unit,
    parse: (written) => (typeof written === 'number' ? written : parseQuantity(String(written), unit)),
    example: exampleOf(unit),
  });
}

/** A condition on a text; `normalize` brings both sides to one form (lower case, canonical address). */
export function textCondition(
  normalize: (text: string) => string | null = (text) => text,
  example = 'a text',
): z.ZodType<Condition> {
  return conditionSchema({ unit: 'none', parse: (written) => normalize(String(written)), example });
}

/** `/re/flags` or the bare expression. */
export const regularExpression: z.ZodType<{ pattern: string; flags: string }> = z
  .string()
  .transform((written, context) => {
    const delimited = /^\/(.*)\/([imsu]*)$/s.exec(written);
    const pattern = delimited?.[1] ?? written;
    const flags = delimited?.[2] ?? '';
    try {
      new RegExp(pattern, flags);
      return { pattern, flags };
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : 'unknown';
      context.addIssue({ code: 'custom', message: `This is not a regular expression: ${reason}.` });
      return z.NEVER;
    }
  });

const KEYS = {
  equals: 'The value is exactly this.',
  at_least: 'The value is this or more.',
  at_most: 'The value is this or less.',
  between: 'The value lies between two numbers, both included: [1, 3].',
  one_of: 'The value is one of a list.',
  matches: 'The text matches a regular expression: /re/.',
  contains: 'The text contains this.',
  not: 'The condition inside does not hold.',
} as const;

function conditionSchema(form: Form): z.ZodType<Condition> {
  const written = z.object(
    Object.fromEntries(Object.entries(KEYS).map(([key, text]) => [key, z.unknown().optional().describe(text)])),
  );
  const author = z
    .union([z.number(), z.string(), z.boolean(), written.loose().meta({ additionalProperties: false })], {
      error: () => `Write ${form.example}, or a condition such as { at_least: 3 }.`,
    })
    .transform((value) => (typeof value === 'object' ? value : { equals: value }));
  return author.pipe(clausesSchema(form));
}

function clausesSchema(form: Form): z.ZodType<Condition, Record<string, unknown>> {
  const scalar = z.union([z.number(), z.string(), z.boolean()], { error: () => `Write ${form.example}.` });
  const value = scalar.transform((written, context) => {
    const parsed = form.parse(written);
    if (parsed !== null) return parsed;
    context.addIssue({ code: 'custom', message: `“${written}” is not understood here. Write ${form.example}.` });
    return z.NEVER;
  });
  const limit = scalar.transform((written, context) => {
    const parsed = typeof written === 'number' ? written : parseQuantity(String(written), form.unit);
    if (parsed !== null) return parsed;
    context.addIssue({ code: 'custom', message: `“${written}” is not a number. Write ${exampleOf(form.unit)}.` });
    return z.NEVER;
  });
  return z
    .strictObject({
      equals: value.optional(),
      at_least: limit.optional(),
      at_most: limit.optional(),
      between: z.tuple([limit, limit]).optional(),
      one_of: z.array(value).min(1).optional(),
      matches: regularExpression.optional(),
      contains: z.coerce.string().optional(),
      not: z.lazy(() => conditionSchema(form)).optional(),
    })
    .transform((keys, context): Condition => {
      const clauses = clausesOf(keys);
      if (clauses.length === 0 && context.issues.length === 0) {
        context.addIssue({
          code: 'custom',
          message: 'This condition is empty. Write a value, or one such as { at_least: 3 }.',
        });
      }
      if (keys.between && keys.between[0] > keys.between[1]) {
        context.addIssue({ code: 'custom', path: ['between'], message: 'The first number is larger than the second.' });
      }
      return { unit: form.unit, clauses };
    });
}

function clausesOf(keys: WrittenCondition): Clause[] {
  const clauses: Clause[] = [];
  if (keys.equals !== undefined) clauses.push({ op: 'equals', value: keys.equals });
  if (keys.at_least !== undefined) clauses.push({ op: 'at_least', value: keys.at_least });
  if (keys.at_most !== undefined) clauses.push({ op: 'at_most', value: keys.at_most });
  if (keys.between !== undefined) clauses.push({ op: 'between', low: keys.between[0], high: keys.between[1] });
  if (keys.one_of !== undefined) clauses.push({ op: 'one_of', values: keys.one_of });
  if (keys.matches !== undefined) clauses.push({ op: 'matches', ...keys.matches });
  if (keys.contains !== undefined) clauses.push({ op: 'contains', text: keys.contains });
  if (keys.not !== undefined) clauses.push({ op: 'not', of: keys.not });
  return clauses;
}

/** Equality, as a plain value of an author's would make it. */
export function isExactly(value: Scalar): Condition {
  return { unit: 'none', clauses: [{ op: 'equals', value }] };
}

/** The condition a kind uses where the author wrote none. */
export const AT_LEAST_ONE: Condition = { unit: 'none', clauses: [{ op: 'at_least', value: 1 }] };

/**
 * Whether all clauses hold. A value of null is something that is not there: nothing holds of it but a `not`.
 * `isEqual` decides equality where it is more than sameness (socket addresses); numbers and texts compare by their text.
 */
export function holds(condition: Condition, value: Scalar | null, isEqual = isSame): boolean {
  return condition.clauses.every((clause) => clauseHolds(clause, value, isEqual));
}

function clauseHolds(
  clause: Clause,
  value: Scalar | null,
  isEqual: (expected: Scalar, value: Scalar) => boolean,
): boolean {
  if (clause.op === 'not') return !holds(clause.of, value, isEqual);
  if (value === null) return false;
  switch (clause.op) {
    case 'equals':
      return isEqual(clause.value, value);
    case 'at_least':
      return numberIn(value) >= clause.value;
    case 'at_most':
      return numberIn(value) <= clause.value;
    case 'between':
      return numberIn(value) >= clause.low && numberIn(value) <= clause.high;
    case 'one_of':
      return clause.values.some((one) => isEqual(one, value));
    case 'matches':
      return new RegExp(clause.pattern, clause.flags).test(String(value));
    case 'contains':
      return String(value).includes(clause.text);
  }
}

function isSame(expected: Scalar, value: Scalar): boolean {
  return String(expected) === String(value);
}

/** NaN, of which no comparison holds, for what is no number. */
function numberIn(value: Scalar): number {
  return typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
}

/** The condition in words that follow "was expected to be" or stand before a noun: `at least 3`, `one of a, b`. */
export function describeCondition(condition: Condition): Said {
  return series(
    condition.clauses.map((clause) => describeClause(clause, condition.unit)),
    'and',
  );
}

function describeClause(clause: Clause, unit: Unit): Said {
  const show = (value: Scalar): string => (typeof value === 'number' ? formatQuantity(value, unit) : String(value));
  switch (clause.op) {
    case 'equals':
      return show(clause.value);
    case 'at_least':
      return say('at least {value}', { value: show(clause.value) });
    case 'at_most':
      return say('at most {value}', { value: show(clause.value) });
    case 'between':
      return say('between {low} and {high}', { low: show(clause.low), high: show(clause.high) });
    case 'one_of':
      return say('one of {values}', { values: series(clause.values.map(show), 'comma') });
    case 'matches':
      return say('a text that matches {pattern}', { pattern: `/${clause.pattern}/${clause.flags}` });
    case 'contains':
      return say('a text that contains “{text}”', { text: clause.text });
    case 'not':
      return say('not {condition}', { condition: describeCondition(clause.of) });
  }
}
