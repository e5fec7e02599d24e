/** Making verdicts, and merging those of several checks into one. Pure. */
import type { VethlabError } from '../base/errors.ts';
import type { Evidence, Verdict } from './check.ts';
import { describeCondition, holds, type Condition, type Scalar } from './condition.ts';
import { formatQuantity } from './units.ts';

export function verdict(isPass: boolean, expected: string, seen: string, evidence: readonly Evidence[] = []): Verdict {
  return { outcome: isPass ? 'pass' : 'fail', expected, seen, evidence };
}

/** Could not judge: never the learner's fault. */
export function errorVerdict(expected: string, failure: VethlabError): Verdict {
  const sentences = [failure.message, failure.hint ?? ''].map((text) => text.trim().replace(/([^.?!])$/, '$1.'));
  const seen = sentences.join(' ').trim();
  return { outcome: 'error', expected, seen: `This could not be judged. ${seen}`, evidence: [] };
}

/** One property of a thing, with what is expected of it. */
export interface Property {
  /** As in "The MTU of h1:eth0". */
  readonly label: string;
  readonly value: Scalar | null;
  readonly condition: Condition | undefined;
  /** What people read instead of a missing value; default "none". */
  readonly missing?: string;
}

/**
 * A verdict over several properties of one thing: expected names all that were asked for, seen those that differ
 * (all of them when nothing differs).
 */
export function judgeProperties(
  subject: string,
  properties: readonly Property[],
  evidence: readonly Evidence[],
): Verdict {
  const asked = properties.flatMap(({ label, value, condition, missing }) =>
    condition === undefined ? [] : [{ label, condition, value, shown: shownValue(value, condition, missing) }],
  );
  const wrong = asked.filter(({ condition, value }) => !holds(condition, value));
  const expected = asked.map(({ label, condition }) => `${label} ${describeCondition(condition)}`).join(', ');
  const seen = (wrong.length > 0 ? wrong : asked).map(({ label, shown }) => `${label} ${shown}`).join(', ');
  return verdict(wrong.length === 0, `${subject} should have: ${expected}.`, `${subject} has: ${seen}.`, evidence);
}

function shownValue(value: Scalar | null, condition: Condition, missing = 'none'): string {
  if (value === null) return missing;
  return typeof value === 'number' ? formatQuantity(value, condition.unit) : String(value);
}

/** All must hold: a failure outweighs an error, because the learner can act on it. */
export function mergeAll(verdicts: readonly Verdict[]): Verdict {
  const failed = verdicts.filter((one) => one.outcome === 'fail');
  const broken = verdicts.filter((one) => one.outcome === 'error');
  const decisive = failed.length > 0 ? failed : broken.length > 0 ? broken : verdicts;
  const outcome = failed.length > 0 ? 'fail' : broken.length > 0 ? 'error' : 'pass';
  return { ...joined(decisive, ' '), outcome };
}

/** One is enough. An error with no pass stays an error: the one that could not be judged might have held. */
export function mergeAny(verdicts: readonly Verdict[]): Verdict {
  const passed = verdicts.find((one) => one.outcome === 'pass');
  if (passed || verdicts.length === 1) return passed ?? (verdicts[0] as Verdict);
  const broken = verdicts.find((one) => one.outcome === 'error');
  const all = joined(verdicts, ' Or: ');
  return broken ? { ...broken, expected: all.expected } : { ...all, outcome: 'fail' };
}

/** The opposite; what could not be judged stays so. */
export function negate(inner: Verdict): Verdict {
  const expected = `This should not be the case: ${inner.expected}`;
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

function joined(verdicts: readonly Verdict[], separator: string): Omit<Verdict, 'outcome'> {
  const sentences = (key: 'expected' | 'seen'): string =>
    [...new Set(verdicts.map((one) => one[key]))].join(key === 'expected' ? separator : ' ');
  const evidence = verdicts.flatMap((one) => one.evidence);
  const distinct = [...new Map(evidence.map((one) => [`${one.label}\0${one.text}`, one])).values()];
  return { expected: sentences('expected'), seen: sentences('seen'), evidence: distinct.slice(0, MAX_EVIDENCE) };
}

/** `1 frame`, `3 frames`, `no frames`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count === 0 ? 'no' : String(count)} ${count === 1 ? noun : plural}`;
}

/** The noun after a described condition: `at least 1 frame`, `between 1 and 3 frames`. */
export function nounAfter(condition: Condition, noun: string, plural = `${noun}s`): string {
  const last = condition.clauses.at(-1);
  return last !== undefined && 'value' in last && last.value === 1 ? noun : plural;
}
