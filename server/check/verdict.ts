/** Making verdicts, and merging those of several checks into one. Pure. */
import type { VethlabError } from '../base/errors.ts';
import type { Evidence, Verdict } from './check.ts';
import { describeCondition, holds, type Condition, type Scalar } from './condition.ts';
import { formatQuantity } from './units.ts';
import { say, series, type Said } from '../base/sentence.ts';

export function verdict(isPass: boolean, expected: Said, seen: Said, evidence: readonly Evidence[] = []): Verdict {
  return { outcome: isPass ? 'pass' : 'fail', expected, seen, evidence };
}

/** Could not judge: never the learner's fault. */
export function errorVerdict(expected: Said, failure: VethlabError): Verdict {
  const why = [failure.said, failure.saidHint].flatMap((said) => (said === undefined ? [] : [ended(said)]));
  const seen = say('This could not be judged. {why}', { why: series(why, 'sentences') });
  return { outcome: 'error', expected, seen, evidence: [] };
}

/** What a tool said may lack its full stop. */
function ended(said: Said): Said {
  return typeof said === 'string' ? said.trim().replace(/([^.?!])$/, '$1.') : said;
}

/** One property of a thing, with what is expected of it. */
export interface Property {
  /** As in "The MTU of h1:eth0". */
  readonly label: Said;
  readonly value: Scalar | null;
  readonly condition: Condition | undefined;
  /** What people read instead of a missing value; default "none". */
  readonly missing?: Said;
}

/**
 * A verdict over several properties of one thing: expected names all that were asked for, seen those that differ
 * (all of them when nothing differs).
 */
export function judgeProperties(
  subject: Said,
  properties: readonly Property[],
  evidence: readonly Evidence[],
): Verdict {
  const asked = properties.flatMap(({ label, value, condition, missing }) =>
    condition === undefined ? [] : [{ label, condition, value, shown: shownValue(value, condition, missing) }],
  );
  const wrong = asked.filter(({ condition, value }) => !holds(condition, value));
  const wanted = asked.map(({ label, condition }) => labelled(label, describeCondition(condition)));
  const found = (wrong.length > 0 ? wrong : asked).map(({ label, shown }) => labelled(label, shown));
  return verdict(
    wrong.length === 0,
    say('{subject} should have: {properties}.', { subject, properties: series(wanted, 'comma') }),
    say('{subject} has: {properties}.', { subject, properties: series(found, 'comma') }),
    evidence,
  );
}

function labelled(label: Said, condition: Said): Said {
  return say('{label} {condition}', { label, condition });
}

function shownValue(value: Scalar | null, condition: Condition, missing: Said = say('none')): Said {
  if (value === null) return missing;
  return typeof value === 'number' ? formatQuantity(value, condition.unit) : String(value);
}

/** All must hold: a failure outweighs an error, because the learner can act on it. */
export function mergeAll(verdicts: readonly Verdict[]): Verdict {
  const failed = verdicts.filter((one) => one.outcome === 'fail');
  const broken = verdicts.filter((one) => one.outcome === 'error');
  const decisive = failed.length > 0 ? failed : broken.length > 0 ? broken : verdicts;
  const outcome = failed.length > 0 ? 'fail' : broken.length > 0 ? 'error' : 'pass';
  return { ...joined(decisive, 'all'), outcome };
}

/** One is enough. An error with no pass stays an error: the one that could not be judged might have held. */
export function mergeAny(verdicts: readonly Verdict[]): Verdict {
  const passed = verdicts.find((one) => one.outcome === 'pass');
  if (passed || verdicts.length === 1) return passed ?? (verdicts[0] as Verdict);
  const broken = verdicts.find((one) => one.outcome === 'error');
  const all = joined(verdicts, 'any');
  return broken ? { ...broken, expected: all.expected } : { ...all, outcome: 'fail' };
}

/** The opposite; what could not be judged stays so. */
export function negate(inner: Verdict): Verdict {
  const expected = say('This should not be the case: {expected}', { expected: inner.expected });
  switch (inner.outcome) {
    case 'error':
      return { ...inner, expected };
    case 'pass':
      return { ...inner, outcome: 'fail', expected };
    case 'fail':
      return { ...inner, outcome: 'pass', expected };
  }
}

const MAX_EVIDENCE = 12;

function joined(verdicts: readonly Verdict[], how: 'all' | 'any'): Omit<Verdict, 'outcome'> {
  const expected = distinct(verdicts.map((one) => one.expected));
  const seen = series(distinct(verdicts.map((one) => one.seen)), 'lines');
  const evidence = verdicts.flatMap((one) => one.evidence);
  return {
    expected: how === 'all' ? series(expected, 'lines') : alternatives(expected),
    seen,
    evidence: distinct(evidence).slice(0, MAX_EVIDENCE),
  };
}

function alternatives([first = '', ...others]: readonly Said[]): Said {
  return others.reduce((before, second) => say('{first} Or: {second}', { first: before, second }), first);
}

function distinct<T extends Said | Evidence>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** `1 frame`, `3 frames`, `no frames`. */
export function counted(count: number, one: Said, many: Said): Said {
  if (count === 0) return say('no {noun}', { noun: many });
  return say('{count} {noun}', { count, noun: count === 1 ? one : many });
}

/** The noun after a described condition: `at least 1 frame`, `between 1 and 3 frames`. */
export function nounAfter(condition: Condition, one: Said, many: Said): Said {
  const last = condition.clauses.at(-1);
  return last !== undefined && 'value' in last && last.value === 1 ? one : many;
}
