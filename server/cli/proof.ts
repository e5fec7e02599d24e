/** What proving a lab found, as data. */

/**
 * `start`: the sandbox came up. `untouched`: what is open at the start does not hold. `left_out`: a task does not hold
 * before its own solution. `solve`: it holds after. `wrong`: an attempt that must not pass does not. `held`: still true at the end.
 */
export type ProofKind = 'lint' | 'start' | 'untouched' | 'left_out' | 'solve' | 'wrong' | 'held';

export interface ProofStep {
  readonly kind: ProofKind;
  /** Null for what concerns the whole lab. */
  readonly task: string | null;
  /** Number of the wrong attempt, from 1. */
  readonly attempt?: number;
  readonly isProved: boolean;
  readonly tookMs: number;
  /** Why not, as sentences; empty where it is proved. */
  readonly problems: readonly string[];
  readonly evidence: readonly { readonly label: string; readonly text: string }[];
}

export interface Proof {
  readonly labId: string;
  readonly directory: string;
  readonly seed: string;
  readonly vars: Readonly<Record<string, string>>;
  readonly steps: readonly ProofStep[];
  readonly tookMs: number;
}

export function isProved(proof: Proof): boolean {
  return proof.steps.every((step) => step.isProved);
}

/** `cut_it: wrong attempt 2 must not pass` */
export function stepName(step: Pick<ProofStep, 'kind' | 'task' | 'attempt'>): string {
  const words: Record<ProofKind, string> = {
    lint: 'has no faults',
    start: 'starts',
    untouched: 'fails in the untouched lab',
    left_out: 'fails without its own solution',
    solve: 'passes with its solution',
    wrong: `fails after wrong attempt ${step.attempt ?? 1}`,
    held: 'still holds at the end',
  };
  return `${step.task ?? 'the lab'} ${words[step.kind]}`;
}
