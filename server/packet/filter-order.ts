/** How a field's value stands to one that the filter names, and what a relation makes of that. */
import { compareBytes, comparePrefix } from './compare-bytes.ts';
import { FilterError } from './filter-lex.ts';
import type { Token } from './filter-lex.ts';
import {
  parseBoolean,
  parseBytes,
  parseEther,
  parseInteger,
  parseIpv4,
  parseIpv6,
  parseText,
} from './filter-literal.ts';
import type { Relation } from './filter-parse.ts';
import type { Source } from './filter-source.ts';
import type { Walk } from './walk.ts';

/** Negative, zero or positive; NaN when there is nothing to compare. */
export type Order = (walk: Walk, entry: number) => number;

export function valueOrder(source: Source, token: Token, relation: Relation): Order {
  switch (source.kind) {
    case 'integer': {
      const value = parseInteger(token, source.maximum);
      return (walk, entry) => source.number(walk, entry) - value;
    }
    case 'boolean': {
      const value = parseBoolean(token);
      return (walk, entry) => source.number(walk, entry) - value;
    }
    case 'time': {
      const isOrder = relation === '<' || relation === '<=' || relation === '>' || relation === '>=';
      if (!isOrder || !/^\d+(\.\d+)?$/.test(token.text)) {
        throw new FilterError('unknown_field', `Times like "${token.text}" are left to tshark.`, token.position);
      }
      const value = Number(token.text);
      return (walk, entry) => source.number(walk, entry) - value;
    }
    case 'ipv4':
    case 'ipv6': {
      const value = source.kind === 'ipv4' ? parseIpv4(token) : parseIpv6(token);
      return (walk, entry) => comparePrefix(walk.bytes, source.start(walk, entry), value.bytes, value.bits);
    }
    case 'ether':
    case 'bytes': {
      const value = source.kind === 'ether' ? parseEther(token) : parseBytes(token);
      return (walk, entry) => {
        const bytes = source.bytes(walk, entry);
        return bytes ? compareBytes(bytes, value) : Number.NaN;
      };
    }
    case 'text': {
      const value = parseText(token);
      return (walk, entry) => textOrder(source.text(walk, entry), value);
    }
    case 'none':
      throw new FilterError('syntax', `${source.name} cannot participate in comparisons.`, source.position);
  }
}

export function relationTest(relation: Relation): (order: number) => boolean {
  switch (relation) {
    case '==':
    case '===':
      return (order) => order === 0;
    case '!=':
    case '!==':
      return (order) => !Number.isNaN(order) && order !== 0;
    case '>':
      return (order) => order > 0;
    case '>=':
      return (order) => order >= 0;
    case '<':
      return (order) => order < 0;
    case '<=':
      return (order) => order <= 0;
    case 'contains':
    case 'matches':
      return () => false;
  }
}

export function textOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
