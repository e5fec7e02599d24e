/** Names of the kinds in a tree of checks. */
import type { CheckTree } from '../check/check.ts';

function kindsOf(tree: CheckTree): string[] {
  switch (tree.kind) {
    case 'check':
      return [tree.name];
    case 'not':
      return kindsOf(tree.of);
    case 'all':
    case 'in_order':
    case 'any':
      return tree.of.flatMap(kindsOf);
  }
}

/** The kind that a tree is made of; `mixed` when there are several. */
export function kindOf(tree: CheckTree): string {
  const kinds = new Set(kindsOf(tree));
  const [first] = kinds;
  return kinds.size === 1 && first !== undefined ? first : 'mixed';
}
