/**
 * Judging: one file per kind of check (schema, read, judge, explain); the registry is a list of them.
 * check/ reads through observe/ only and knows no learner, lab file or page.
 */
import type { z } from 'zod';
import type { Observer } from '../observe/observer.ts';
import type { Said } from '../base/sentence.ts';

export type Outcome = 'pass' | 'fail' | 'error';

/** What backs a verdict: rows of counters, numbers of packets, a line of a tool. */
export interface Evidence {
  readonly label: Said;
  readonly text: Said;
}

export interface Verdict {
  readonly outcome: Outcome;
  /** Whole sentences without blame, for the learner. */
  readonly expected: Said;
  readonly seen: Said;
  readonly evidence: readonly Evidence[];
}

/** What was true when the task opened; growth counts from here. Plain data: it is stored with the attempt. */
export interface Baseline {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  /** When the sandbox became ready, for `since: lab`. */
  readonly labAtMs: number;
  /** node → counter → value, for the counters that the task's checks name. */
  readonly counters: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** node → how it was set up when the lab began, for the nodes that some check of the lab compares. */
  readonly configurations?: Configurations;
}

/** node → lines, as {@link Observer.configuration} gives them. */
export type Configurations = Readonly<Record<string, readonly string[]>>;

export interface CheckContext {
  readonly observer: Observer;
  readonly baseline: Baseline;
}

/** `cheap` ones run by themselves every second; `dear` ones (probes, commands) on "Check" and after the learner's input. */
export type Cost = 'cheap' | 'dear';

/**
 * One kind. `Spec` is what the author wrote under the kind's key, resolved. `Ask` is the same inside a question's computed
 * answer, `answer: { number: { counter: { node: h1, name: Ip.FragCreates, grown: true } } }`: the field asked for is `true`.
 */
export interface CheckKind<Spec, Ask = Spec> {
  readonly name: string;
  readonly cost: Cost;
  /** Schema of the author's form; its descriptions are the author's documentation. */
  readonly schema: z.ZodType<Spec>;
  /** `node:interface` endpoints that must be captured from the start. */
  captures(spec: Spec | Ask): readonly string[];
  /** Counters whose value at the opening of the task is needed, as node and name. */
  baselines(spec: Spec | Ask): readonly { node: string; name: string }[];
  /** Nodes of which it has to be known how they were set up when the lab began. */
  configurations?(spec: Spec | Ask): readonly string[];
  /**
   * Nodes and `node:interface` endpoints the spec names, for the author's tool. An interface may be one that the learner
   * makes (`ip link add vxlan0 …`): it need not be in the topology when a solution or an `exec` line names it.
   */
  places(spec: Spec | Ask): readonly string[];
  judge(spec: Spec, context: CheckContext): Promise<Verdict>;
  /** How a computed answer is read; absent where a kind has nothing to ask for. */
  readonly ask?: {
    readonly schema: z.ZodType<Ask>;
    /** Throws a VethlabError when there is no such value at the moment. */
    read(ask: Ask, context: CheckContext): Promise<string | number>;
  };
}

/** A tree of conditions as resolved from YAML. A list in YAML is `all`. */
export type CheckTree =
  | { readonly kind: 'all'; readonly of: readonly CheckTree[] }
  /** As `all`, one after the other: the first that does not hold is the verdict, and nothing is read or told of the rest. */
  | { readonly kind: 'in_order'; readonly of: readonly CheckTree[] }
  | { readonly kind: 'any'; readonly of: readonly CheckTree[] }
  | { readonly kind: 'not'; readonly of: CheckTree }
  | { readonly kind: 'check'; readonly name: string; readonly spec: unknown };
