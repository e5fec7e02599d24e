/** Judging a tree of checks, and what a tree needs beforehand. */
import { toVethlabError, VethlabError } from '../base/errors.ts';
import type { Observer } from '../observe/observer.ts';
import type { Baseline, CheckContext, CheckKind, CheckTree, Configurations, Cost, Verdict } from './check.ts';
import { findKind } from './registry.ts';
import { leavesOf } from './tree.ts';
import { errorVerdict, mergeAll, mergeAny, negate } from './verdict.ts';
import { say } from '../base/sentence.ts';

/** A check that has not answered by then is an error. Checks of a tree run at once, so this bounds the tree as well. */
export const JUDGE_DEADLINE_MS = 8000;

/** Never throws, and settles within {@link JUDGE_DEADLINE_MS}, or that for each step of an `in_order`. */
export async function judgeTree(
  tree: CheckTree,
  context: CheckContext,
  deadlineMs = JUDGE_DEADLINE_MS,
): Promise<Verdict> {
  switch (tree.kind) {
    case 'all':
      return mergeAll(await Promise.all(tree.of.map((one) => judgeTree(one, context, deadlineMs))));
    case 'in_order':
      return judgeInOrder(tree.of, context, deadlineMs);
    case 'any':
      return mergeAny(await Promise.all(tree.of.map((one) => judgeTree(one, context, deadlineMs))));
    case 'not':
      return negate(await judgeTree(tree.of, context, deadlineMs));
    case 'check':
      return judgeLeaf(tree, context, deadlineMs);
  }
}

async function judgeInOrder(trees: readonly CheckTree[], context: CheckContext, deadlineMs: number): Promise<Verdict> {
  const verdicts: Verdict[] = [];
  for (const tree of trees) {
    const verdict = await judgeTree(tree, context, deadlineMs);
    if (verdict.outcome !== 'pass') return verdict;
    verdicts.push(verdict);
  }
  return mergeAll(verdicts);
}

async function judgeLeaf(
  leaf: { name: string; spec: unknown },
  context: CheckContext,
  deadlineMs: number,
): Promise<Verdict> {
  try {
    return await withDeadline(kindNamed(leaf.name).judge(leaf.spec, context), leaf.name, deadlineMs);
  } catch (thrown) {
    return errorVerdict(say('The check “{name}” should give an answer.', { name: leaf.name }), toVethlabError(thrown));
  }
}

async function withDeadline<T>(work: Promise<T>, name: string, deadlineMs: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(
      new VethlabError(
        'command_timeout',
        say('The check “{name}” had no answer after {seconds} seconds.', { name, seconds: deadlineMs / 1000 }),
        { hint: say('The sandbox is very busy or broken: end what runs in it, or reset the lab.') },
      ),
    );
  }, deadlineMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function kindNamed(name: string): CheckKind<unknown> {
  const kind = findKind(name);
  if (kind) return kind;
  throw new VethlabError('lab_invalid', `There is no kind of check named “${name}”.`);
}

/** `dear` when one of the checks is. */
export function costOf(tree: CheckTree): Cost {
  return leavesOf(tree).some((leaf) => kindNamed(leaf.name).cost === 'dear') ? 'dear' : 'cheap';
}

/** `node:interface` endpoints that must be captured from the start, each once. */
export function capturesOf(tree: CheckTree): string[] {
  return distinct(leavesOf(tree).flatMap((leaf) => kindNamed(leaf.name).captures(leaf.spec)));
}

/** Nodes and endpoints that the tree names, each once. */
export function placesOf(tree: CheckTree): string[] {
  return distinct(leavesOf(tree).flatMap((leaf) => kindNamed(leaf.name).places(leaf.spec)));
}

/**
 * What is true now, for growth to count from; call it when a task opens. Counters that are not there yet (an interface that the
 * learner has to make) are left out and count from 0. Throws a VethlabError when the sandbox cannot be read.
 * @param labAtMs when the sandbox became ready, milliseconds since the epoch.
 */
export async function takeBaseline(tree: CheckTree, observer: Observer, labAtMs: number): Promise<Baseline> {
  const names = new Map<string, Set<string>>();
  for (const leaf of leavesOf(tree)) {
    for (const { node, name } of kindNamed(leaf.name).baselines(leaf.spec)) {
      names.set(node, (names.get(node) ?? new Set<string>()).add(name));
    }
  }
  const atMs = Date.now();
  const counters = await Promise.all(
    [...names].map(async ([node, wanted]) => {
      const values = await observer.counters(node, [...wanted]);
      const known = [...wanted].flatMap((name) => {
        const value = values.get(name);
        return value === undefined ? [] : [[name, value] as const];
      });
      return [node, Object.fromEntries(known)] as const;
    }),
  );
  return { atMs, labAtMs, counters: Object.fromEntries(counters) };
}

/** Nodes whose configuration at the start of the lab the trees compare, each once. */
export function configuredNodesOf(trees: readonly CheckTree[]): string[] {
  const leaves = trees.flatMap(leavesOf);
  return distinct(leaves.flatMap((leaf) => kindNamed(leaf.name).configurations?.(leaf.spec) ?? []));
}

/** How nodes are set up now; call it when the lab begins, before anybody changes anything. */
export async function takeConfigurations(nodes: readonly string[], observer: Observer): Promise<Configurations> {
  return Object.fromEntries(await Promise.all(nodes.map(async (node) => [node, await observer.configuration(node)])));
}

/** A check as it stands in a question's computed answer. */
export interface AskedCheck {
  readonly name: string;
  readonly spec: unknown;
}

/** The number a computed answer is about. Throws a VethlabError when there is none at the moment. */
export async function numberOf(check: AskedCheck, context: CheckContext): Promise<number> {
  const value = await answerOf(check, context);
  const number = typeof value === 'number' || value.trim() !== '' ? Number(value) : Number.NaN;
  if (!Number.isNaN(number)) return number;
  throw new VethlabError('lab_invalid', `The question asks for a number, but “${check.name}” gave “${value}”.`);
}

/** The text a computed answer is about. Throws a VethlabError when there is none at the moment. */
export async function textOf(check: AskedCheck, context: CheckContext): Promise<string> {
  return String(await answerOf(check, context));
}

async function answerOf(check: AskedCheck, context: CheckContext): Promise<string | number> {
  const { ask } = kindNamed(check.name);
  if (!ask) throw new VethlabError('lab_invalid', `A question cannot ask for the answer of a check “${check.name}”.`);
  return withDeadline(ask.read(check.spec, context), check.name, JUDGE_DEADLINE_MS);
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}
