/** Tokens → a tree of tests (Wireshark's epan/dfilter/grammar.lemon, 4.0). Names are not looked up here. */
import { FilterError } from './filter-lex.ts';
import type { Token } from './filter-lex.ts';

export type Relation = '==' | '===' | '!=' | '!==' | '>' | '>=' | '<' | '<=' | 'contains' | 'matches';

/** What stands beside an operator: a word may be a field or a value, that depends on the other side. */
export interface Operand {
  readonly token: Token;
  readonly slice: Token | null;
  /** `field & mask`. */
  readonly mask: Token | null;
  /** `len(field)` and friends. */
  readonly call: string | null;
}

export type SetItem = { readonly low: Token; readonly high: Token | null };

export type Test =
  | { readonly kind: 'and' | 'or'; readonly left: Test; readonly right: Test }
  | { readonly kind: 'not'; readonly test: Test }
  | { readonly kind: 'exists'; readonly operand: Operand }
  | {
      readonly kind: 'compare';
      readonly left: Operand;
      readonly relation: Relation;
      readonly right: Operand;
      readonly quantifier: 'any' | 'all' | null;
    }
  | { readonly kind: 'in'; readonly operand: Operand; readonly items: readonly SetItem[] };

const RELATIONS: ReadonlySet<string> = new Set(['==', '===', '!=', '!==', '>', '>=', '<', '<=', 'contains', 'matches']);
const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '#', '@', '$']);
const MAX_DEPTH = 100;

/** Null for an empty filter, which selects everything. */
export function parseFilter(tokens: readonly Token[]): Test | null {
  const parser = new Parser(tokens);
  if (parser.peek().kind === 'end') return null;
  const test = parser.readOr(0);
  if (parser.peek().kind !== 'end') throw unexpected(parser.peek());
  return test;
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(): Token {
    return this.#tokens[this.#at] ?? (this.#tokens.at(-1) as Token);
  }

  #next(): Token {
    const token = this.peek();
    this.#at++;
    return token;
  }

  #takes(operator: string): boolean {
    const token = this.peek();
    if (token.kind !== 'operator' || token.text !== operator) return false;
    this.#at++;
    return true;
  }

  readOr(depth: number): Test {
    if (depth > MAX_DEPTH) throw new FilterError('syntax', 'The filter is nested too deeply.', this.peek().position);
    let left = this.#readAnd(depth);
    while (this.#takes('||')) left = { kind: 'or', left, right: this.#readAnd(depth) };
    return left;
  }

  #readAnd(depth: number): Test {
    let left = this.#readNot(depth);
    while (this.#takes('&&')) left = { kind: 'and', left, right: this.#readNot(depth) };
    return left;
  }

  #readNot(depth: number): Test {
    if (depth > MAX_DEPTH) throw new FilterError('syntax', 'The filter is nested too deeply.', this.peek().position);
    if (this.#takes('!')) return { kind: 'not', test: this.#readNot(depth + 1) };
    if (this.#takes('(')) {
      const test = this.readOr(depth + 1);
      if (!this.#takes(')')) throw unexpected(this.peek());
      return test;
    }
    return this.#readRelation();
  }

  #readRelation(): Test {
    const quantifier = this.#takes('any') ? 'any' : this.#takes('all') ? 'all' : null;
    const left = this.#readOperand();
    const token = this.peek();
    if (token.kind !== 'operator') {
      if (quantifier || token.kind === 'string' || token.kind === 'word') throw unexpected(token);
      return { kind: 'exists', operand: left };
    }
    if (token.text === 'in') return this.#readIn(left);
    if (token.text === '!' && this.#tokens[this.#at + 1]?.text === 'in') {
      this.#at++;
      return { kind: 'not', test: this.#readIn(left) };
    }
    if (!RELATIONS.has(token.text)) {
      if (quantifier) throw unexpected(token);
      return { kind: 'exists', operand: left };
    }
    this.#at++;
    const right = this.#readOperand();
    const after = this.peek();
    if (after.kind === 'operator' && RELATIONS.has(after.text)) {
      throw new FilterError('unknown_field', 'Chained comparisons are left to tshark.', after.position);
    }
    return { kind: 'compare', left, relation: token.text as Relation, right, quantifier };
  }

  #readIn(operand: Operand): Test {
    this.#at++;
    if (!this.#takes('{')) throw unexpected(this.peek());
    const items: SetItem[] = [];
    do {
      const low = this.#readValue();
      items.push({ low, high: this.#takes('..') ? this.#readValue() : null });
    } while (this.#takes(','));
    if (!this.#takes('}')) throw unexpected(this.peek());
    return { kind: 'in', operand, items };
  }

  #readValue(): Token {
    const token = this.#next();
    if (token.kind !== 'word' && token.kind !== 'string' && token.kind !== 'char') throw unexpected(token);
    return token;
  }

  #readOperand(): Operand {
    if (this.#takes('{')) {
      const operand = this.#readOperand();
      if (!this.#takes('}')) throw leftToTshark(this.peek());
      return operand;
    }
    const sign = this.peek();
    if (sign.kind === 'operator' && ARITHMETIC.has(sign.text) && sign.text !== '@') throw leftToTshark(sign);
    const token = this.#readValue();
    if (token.kind === 'word' && this.#takes('(')) {
      const inner = this.#readOperand();
      if (!this.#takes(')')) throw leftToTshark(this.peek());
      if (inner.call !== null || inner.mask !== null) throw leftToTshark(token);
      return { ...inner, call: token.text };
    }
    const slice = this.peek().kind === 'slice' ? this.#next() : null;
    const mask = this.#takes('&') ? this.#readValue() : null;
    const after = this.peek();
    if (after.kind === 'slice' || (after.kind === 'operator' && (ARITHMETIC.has(after.text) || after.text === '&'))) {
      throw leftToTshark(after);
    }
    return { token, slice, mask, call: null };
  }
}

function unexpected(token: Token): FilterError {
  return token.kind === 'end'
    ? new FilterError('syntax', 'Unexpected end of filter expression.', token.position)
    : new FilterError('syntax', `"${token.text}" was unexpected in this context.`, token.position);
}

function leftToTshark(token: Token): FilterError {
  return new FilterError('unknown_field', `"${token.text}" is left to tshark here.`, token.position);
}
