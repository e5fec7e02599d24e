/** Regular expressions of PCRE2 that mean the same to JavaScript; others are left to tshark. */
import { FilterError } from './filter-lex.ts';
import type { Token } from './filter-lex.ts';

const LONGEST = 500;

/** Case does not matter and text is bytes, as in Wireshark's `matches`. */
export function compileRegex(token: Token): RegExp {
  const { text, position } = token;
  const refuse = (): FilterError =>
    new FilterError('unknown_field', `The regular expression "${text}" is left to tshark.`, position);
  if (text.length > LONGEST || /[^\0-\x7f]/.test(text)) throw refuse();
  // Repeated groups that hold repetitions can take exponential time in JavaScript; PCRE2 has a limit for them.
  if (/[*+}][^()]*\)[*+{]/.test(text)) throw refuse();
  let isInClass = false;
  let source = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    const next = text[at + 1] ?? '';
    if (char === '\\') {
      const isSafe = /[dDwWbBnrtf.\\/^$|?*+(){}[\]\-"':;,<>=!@#%&_~` ]/.test(next);
      if (!isSafe) throw refuse();
      source += /["':;,<>=!@#%&_~` ]/.test(next) ? next : char + next;
      at++;
    } else if (isInClass) {
      if (char === '[') throw refuse();
      if (char === ']') isInClass = false;
      source += char;
    } else if (char === '[') {
      if (next === ']' || text.startsWith('[^]', at)) throw refuse();
      isInClass = true;
      source += char;
    } else if (char === '(' && next === '?' && !/^\(\?[:=!]/.test(text.slice(at))) throw refuse();
    else if (char === '(' && next === '*') throw refuse();
    else if (char === '.') source += '[^\\n]';
    else if (char === '$') source += '(?=\\n?(?![^]))';
    else if (/[*+?}]/.test(char) && next === '+') throw refuse();
    else if (char === '{' && !/^\{\d+(,\d*)?\}/.test(text.slice(at))) throw refuse();
    else if (char === '}' && !/\{\d+(,\d*)?$/.test(text.slice(0, at))) throw refuse();
    else if (char === ']') throw refuse();
    else source += char;
  }
  try {
    return new RegExp(source, 'i');
  } catch {
    throw refuse();
  }
}
