/** A tree of tests → one function over a walked frame. Several occurrences of a field are judged as Wireshark 4 does. */
import { FilterError } from './filter-lex.ts';
import type { Token } from './filter-lex.ts';
import { parseBytes, parseText } from './filter-literal.ts';
import type { Operand, Relation, SetItem, Test } from './filter-parse.ts';
import { relationTest, textOrder, valueOrder } from './filter-order.ts';
import { compileRegex } from './filter-regex.ts';
import { byteText, sourceOf, unknownField } from './filter-source.ts';
import type { Source } from './filter-source.ts';
import { compareBytes, containsBytes } from './compare-bytes.ts';
import type { Walk } from './walk.ts';

export type Judge = (walk: Walk) => boolean;
type EntryTest = (walk: Walk, entry: number) => boolean;

/** `wanted` collects the ids the judge needs. */
export function compileTest(test: Test, wanted: Uint8Array): Judge {
  switch (test.kind) {
    case 'and': {
      const left = compileTest(test.left, wanted);
      const right = compileTest(test.right, wanted);
      return (walk) => left(walk) && right(walk);
    }
    case 'or': {
      const left = compileTest(test.left, wanted);
      const right = compileTest(test.right, wanted);
      return (walk) => left(walk) || right(walk);
    }
    case 'not': {
      const inner = compileTest(test.test, wanted);
      return (walk) => !inner(walk);
    }
    case 'exists':
      return compileExists(test.operand, wanted);
    case 'in': {
      const source = leftSide(test.operand, 'in', wanted);
      const items = test.items.map((item) => compileItem(source, item));
      return some(source, (walk, entry) => items.some((matches) => matches(walk, entry)));
    }
    case 'compare':
      return compileCompare(test, wanted);
  }
}

function compileExists(operand: Operand, wanted: Uint8Array): Judge {
  const { token } = operand;
  const source = sourceOf(operand);
  if (!source) {
    if (token.kind === 'word' && /^[A-Za-z]/.test(token.text)) throw unknownField(token);
    throw new FilterError('syntax', `"${token.text}" is neither a field nor a protocol name.`, token.position);
  }
  want(source, wanted);
  if (operand.mask) return some(source, (walk, entry) => source.number(walk, entry) !== 0);
  if (operand.slice) return some(source, (walk, entry) => source.bytes(walk, entry) !== null);
  if (operand.call !== null) throw unknownField(token);
  return some(source, () => true);
}

function compileCompare(test: Test & { kind: 'compare' }, wanted: Uint8Array): Judge {
  const source = leftSide(test.left, test.relation, wanted);
  const { relation } = test;
  const quantifier = test.quantifier ?? (relation === '===' || relation === '!=' ? 'all' : 'any');
  const right = test.right.token.kind === 'word' ? sourceOf(test.right) : null;
  if (right) return compileFields(source, right, relation, quantifier, wanted);
  if (test.right.slice || test.right.mask || test.right.call !== null) throw unknownField(test.right.token);
  const matches = compileValue(source, relation, test.right.token);
  return quantifier === 'all' ? every(source, matches) : some(source, matches);
}

function compileFields(
  left: Source,
  right: Source,
  relation: Relation,
  quantifier: 'any' | 'all',
  wanted: Uint8Array,
): Judge {
  want(right, wanted);
  if (relation === 'contains' || relation === 'matches') {
    throw new FilterError(
      'unknown_field',
      `"${relation}" with a field on its right is left to tshark.`,
      right.position,
    );
  }
  const isNumeric = (side: Source): boolean => side.kind === 'integer';
  if (left.kind !== right.kind && !(isNumeric(left) && isNumeric(right))) {
    throw new FilterError(
      'unknown_field',
      `${left.name} and ${right.name} together are left to tshark.`,
      right.position,
    );
  }
  if (left.kind === 'none') throw unknownField({ kind: 'word', text: left.name, position: left.position });
  const order = fieldOrder(left, right);
  const holds = relationTest(relation);
  return (walk) => {
    let isSeen = false;
    for (let a = 0; a < walk.count; a++) {
      if (!left.ids.includes(walk.ids[a] as number)) continue;
      for (let b = 0; b < walk.count; b++) {
        if (!right.ids.includes(walk.ids[b] as number)) continue;
        const isHeld = holds(order(walk, a, b));
        if (isHeld && quantifier === 'any') return true;
        if (!isHeld && quantifier === 'all') return false;
        isSeen = true;
      }
    }
    return isSeen && quantifier === 'all';
  };
}

function fieldOrder(left: Source, right: Source): (walk: Walk, a: number, b: number) => number {
  if (left.kind === 'integer' || left.kind === 'boolean' || left.kind === 'time') {
    return (walk, a, b) => left.number(walk, a) - right.number(walk, b);
  }
  if (left.kind === 'text') return (walk, a, b) => textOrder(left.text(walk, a), right.text(walk, b));
  return (walk, a, b) => {
    const one = left.bytes(walk, a);
    const two = right.bytes(walk, b);
    return one && two ? compareBytes(one, two) : Number.NaN;
  };
}

function leftSide(operand: Operand, relation: string, wanted: Uint8Array): Source {
  const source = sourceOf(operand);
  const { token } = operand;
  if (!source) {
    if (token.kind === 'word' && /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(token.text)) throw unknownField(token);
    const message = `Left side of "${relation}" expression must be a field or function, not ${token.text}.`;
    throw new FilterError('syntax', message, token.position);
  }
  want(source, wanted);
  return source;
}

function want(source: Source, wanted: Uint8Array): void {
  for (const id of source.ids) wanted[id] = 1;
}

function some(source: Source, matches: EntryTest): Judge {
  const [first, second] = source.ids;
  return (walk) => {
    for (let entry = 0; entry < walk.count; entry++) {
      const id = walk.ids[entry];
      if ((id === first || id === second) && matches(walk, entry)) return true;
    }
    return false;
  };
}

function every(source: Source, matches: EntryTest): Judge {
  const [first, second] = source.ids;
  return (walk) => {
    let isSeen = false;
    for (let entry = 0; entry < walk.count; entry++) {
      const id = walk.ids[entry];
      if (id !== first && id !== second) continue;
      if (!matches(walk, entry)) return false;
      isSeen = true;
    }
    return isSeen;
  };
}

function compileItem(source: Source, item: SetItem): EntryTest {
  if (!item.high) return compileValue(source, '==', item.low);
  const low = compileValue(source, '>=', item.low);
  const high = compileValue(source, '<=', item.high);
  return (walk, entry) => low(walk, entry) && high(walk, entry);
}

function compileValue(source: Source, relation: Relation, token: Token): EntryTest {
  if (relation === 'contains') return compileContains(source, token);
  if (relation === 'matches') return compileMatches(source, token);
  const order = valueOrder(source, token, relation);
  const holds = relationTest(relation);
  return (walk, entry) => holds(order(walk, entry));
}

function compileContains(source: Source, token: Token): EntryTest {
  if (source.kind === 'text') {
    const value = parseText(token);
    return (walk, entry) => source.text(walk, entry).includes(value);
  }
  if (source.kind !== 'bytes' && source.kind !== 'ether') throw cannot(source, 'contains');
  const value = parseBytes(token);
  return (walk, entry) => {
    const bytes = source.bytes(walk, entry, true);
    return bytes !== null && containsBytes(bytes, value);
  };
}

function compileMatches(source: Source, token: Token): EntryTest {
  if (source.kind !== 'text' && source.kind !== 'bytes') throw cannot(source, 'matches');
  if (token.kind !== 'string')
    throw new FilterError('unknown_field', `"${token.text}" is left to tshark.`, token.position);
  const regex = compileRegex(token);
  return (walk, entry) => regex.test(byteText(source, walk, entry));
}

function cannot(source: Source, relation: string): FilterError {
  return new FilterError('syntax', `${source.name} cannot participate in ${relation} comparison.`, source.position);
}
