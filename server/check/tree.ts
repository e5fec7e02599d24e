/** The author's `check:` → {@link CheckTree}, and walks over one. Pure. */
import { z } from 'zod';
import type { CheckKind, CheckTree } from './check.ts';

export type CheckLeaf = Extract<CheckTree, { kind: 'check' }>;

/**
 * Schema of `check:`: one check, or a list of checks that must all hold; `all`, `in_order`, `any` and `not` nest. A check is an object
 * with one key, its kind: `{ counter: { node: h1, name: Ip.FragCreates, grows: 3 } }`.
 * The output is resolved: conditions are parsed, defaults are filled in.
 */
export function checkTreeSchema(kinds: readonly CheckKind<unknown>[]): z.ZodType<CheckTree> {
  const item: z.ZodType<CheckTree> = z.lazy(() => itemSchema);
  const list = z
    .array(item, { error: () => 'Write a list of checks, each beginning with a dash.' })
    .min(1, 'The list is empty. Write at least one check.');
  const tree = byShape(list, item);
  const itemSchema = z
    .strictObject(
      {
        ...Object.fromEntries(kinds.map((kind) => [kind.name, kind.schema.optional()])),
        all: list.optional().describe('All of these hold.'),
        in_order: list
          .optional()
          .describe('All of these hold; each is judged, and told of, when those before it hold.'),
        any: list.optional().describe('At least one of these holds.'),
        not: tree.optional().describe('This does not hold; of a list: not all of them at once.'),
      },
      { error: (issue) => (issue.code === 'invalid_type' ? 'Write a check such as { link: { … } }.' : undefined) },
    )
    .transform(toTree);
  return tree;
}

function toTree(written: Record<string, unknown>, context: z.RefinementCtx): CheckTree {
  const entries = Object.entries(written).filter(([, value]) => value !== undefined);
  const [entry] = entries;
  if (!entry || entries.length > 1) {
    if (context.issues.length === 0) {
      const names = entries.map(([name]) => name).join(' and ');
      const message = entry
        ? `This item has ${names}; one item is one check. Begin the next one with a dash.`
        : 'This item is empty. Write a check such as { link: { … } }.';
      context.addIssue({ code: 'custom', message });
    }
    return z.NEVER;
  }
  const [name, value] = entry;
  // What the object schema let through has the type of its key.
  if (name === 'all' || name === 'any' || name === 'in_order') return { kind: name, of: value as CheckTree[] };
  if (name === 'not') return { kind: 'not', of: value as CheckTree };
  return { kind: 'check', name, spec: value };
}

/**
 * A list or a single item. A plain union would report every fault twice, once per branch; this one goes by what was written,
 * and is still a union for whoever makes a JSON schema of it.
 */
function byShape(list: z.ZodType<CheckTree[]>, item: z.ZodType<CheckTree>): z.ZodType<CheckTree> {
  const all = list.transform((of): CheckTree => ({ kind: 'all', of }));
  const union = z.union([all, item]);
  union._zod.run = (payload, context) => (Array.isArray(payload.value) ? all : item)._zod.run(payload, context);
  return union;
}

/** All checks of a tree, from left to right. */
export function leavesOf(tree: CheckTree): CheckLeaf[] {
  switch (tree.kind) {
    case 'all':
    case 'in_order':
    case 'any':
      return tree.of.flatMap(leavesOf);
    case 'not':
      return leavesOf(tree.of);
    case 'check':
      return [tree];
  }
}
