/** Verdicts in words, as a reader of a language gets them. */
import { inWords } from '../../server/base/sentence.ts';
import type { Outcome, Verdict } from '../../server/check/check.ts';

export interface SpokenVerdict {
  readonly outcome: Outcome;
  readonly expected: string;
  readonly seen: string;
  readonly evidence: readonly { readonly label: string; readonly text: string }[];
}

export function spoken({ outcome, expected, seen, evidence }: Verdict, language = 'en'): SpokenVerdict {
  return {
    outcome,
    expected: inWords(expected, language),
    seen: inWords(seen, language),
    evidence: evidence.map(({ label, text }) => ({ label: inWords(label, language), text: inWords(text, language) })),
  };
}
