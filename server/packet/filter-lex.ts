/** Display filter text → tokens (Wireshark's epan/dfilter/scanner.l, 4.0). */

/** Ends the compilation; turned into a problem for the caller by `compileFilter`. */
export class FilterError extends Error {
  readonly reason: 'syntax' | 'unknown_field';
  readonly position: number;

  constructor(reason: 'syntax' | 'unknown_field', message: string, position: number) {
    super(message);
    this.reason = reason;
    this.position = position;
  }
}

export type TokenKind = 'word' | 'string' | 'char' | 'operator' | 'slice' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** A word as written, a string without quotes and escapes, an operator by its sign, a slice without brackets. */
  readonly text: string;
  readonly position: number;
}

const WORD = /(?:(?!\.\.)[A-Za-z0-9_.:-])+(?:\/\d+)?/y;
const SIGNS = /===|!==|==|!=|~=|>=|<=|&&|\|\||\.\.|[><!&~(){},+*/%#@$-]/y;
const SPACE = /\s+/y;

/** Words that are operators, each with the sign that means the same. */
const WORD_OPERATORS: ReadonlyMap<string, string> = new Map([
  ['and', '&&'],
  ['or', '||'],
  ['not', '!'],
  ['eq', '=='],
  ['any_eq', '=='],
  ['all_eq', '==='],
  ['ne', '!='],
  ['all_ne', '!='],
  ['any_ne', '!=='],
  ['gt', '>'],
  ['ge', '>='],
  ['lt', '<'],
  ['le', '<='],
  ['bitwise_and', '&'],
  ['contains', 'contains'],
  ['matches', 'matches'],
  ['in', 'in'],
  ['any', 'any'],
  ['all', 'all'],
]);

export function lexFilter(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  while (at < text.length) {
    const space = take(SPACE);
    if (space !== null) {
      at += space.length;
      continue;
    }
    const start = at;
    const previous = tokens.at(-1);
    const first = text[at];
    if (first === '"' || (first === 'r' && text[at + 1] === '"') || (first === 'R' && text[at + 1] === '"')) {
      const string = readString(text, at, first !== '"');
      tokens.push({ kind: 'string', text: string.value, position: start });
      at = string.end;
    } else if (first === "'") {
      const end = text.indexOf("'", at + 1);
      if (end < 0) throw new FilterError('syntax', 'Unterminated character constant.', at);
      tokens.push({ kind: 'char', text: text.slice(at + 1, end), position: start });
      at = end + 1;
    } else if (first === '[' && previous?.kind === 'word') {
      const end = text.indexOf(']', at);
      if (end < 0) throw new FilterError('syntax', 'Unexpected end of filter expression.', text.length);
      tokens.push({ kind: 'slice', text: text.slice(at + 1, end), position: start });
      at = end + 1;
    } else {
      const word = take(WORD);
      const sign = word === null || /^-+$/.test(word) ? take(SIGNS) : null;
      if (sign !== null) {
        tokens.push({
          kind: 'operator',
          text: sign === '~' ? 'matches' : sign === '~=' ? '!==' : sign,
          position: start,
        });
        at += sign.length;
      } else if (word !== null) {
        const operator = WORD_OPERATORS.get(word);
        tokens.push({ kind: operator ? 'operator' : 'word', text: operator ?? word, position: start });
        at += word.length;
      } else throw new FilterError('syntax', `"${first}" was unexpected in this context.`, at);
    }
  }
  tokens.push({ kind: 'end', text: '', position: text.length });
  return tokens;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  "'": "'",
  '"': '"',
  '\\': '\\',
  '?': '?',
};

function readString(text: string, start: number, isRaw: boolean): { value: string; end: number } {
  let value = '';
  for (let at = start + (isRaw ? 2 : 1); at < text.length; at++) {
    const char = text[at] as string;
    if (char === '"') return { value, end: at + 1 };
    if (char !== '\\' || isRaw) {
      // In a raw string a backslash keeps the quote behind it from ending the string, and stays.
      if (char === '\\' && text[at + 1] === '"') {
        value += '\\"';
        at++;
      } else value += char;
      continue;
    }
    const code = /^(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3}))/.exec(text.slice(at + 1, at + 4));
    const simple = ESCAPES[text[at + 1] ?? ''];
    if (code) {
      value += String.fromCharCode(parseInt(code[1] ?? code[2] ?? '0', code[1] ? 16 : 8) & 0xff);
      at += code[0].length;
    } else if (simple !== undefined) {
      value += simple;
      at++;
    } else {
      throw new FilterError('syntax', `\\${text[at + 1] ?? ''} is not a valid character escape sequence`, at);
    }
  }
  throw new FilterError('syntax', 'Missing end quote.', start);
}
