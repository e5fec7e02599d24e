/** Judging what a learner answered to a question. Pure; never says what would have been right. */
import type { Verdict } from '../check/check.ts';
import type { QuestionTask } from '../course/lab.ts';
import { VethlabError } from '../base/errors.ts';
import { say, type Said } from '../base/sentence.ts';

export type GivenAnswer = string | readonly string[];

/** What the live network says the answer is; null when it could not be read. */
export type ComputedAnswer = number | string | null;

/** Case, spaces at the ends and runs of spaces do not matter in a text. */
function normalize(text: string): string {
  return text.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

/** `1 400`, `1,400`, `1_400`, `0x578` and `1400 bytes` are all 1400; null for what is no number. */
export function parseNumber(text: string): number | null {
  const compact = text
    .normalize('NFKC')
    .trim()
    .replaceAll(/(?<=\d)[ _'](?=\d{3}\b)|(?<=\d),(?=\d{3}\b)/g, '');
  const match = /^([+-]?(?:0x[0-9a-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?))\s*(%|[a-zµ][a-zµ/]*)?$/i.exec(compact);
  return match?.[1] === undefined ? null : Number(match[1]);
}

function single(given: GivenAnswer): string {
  if (typeof given === 'string') return given;
  if (given.length === 1 && given[0] !== undefined) return given[0];
  throw new VethlabError('bad_request', say('This question takes one answer.'), {
    hint: say('Choose or write one answer.'),
  });
}

/** As it is told back to whoever gave it. */
function inTheirWords(given: GivenAnswer): Said {
  return typeof given === 'string' ? given : given.join(', ');
}

function verdict(isRight: boolean, expected: Said, given: Said): Verdict {
  return {
    outcome: isRight ? 'pass' : 'fail',
    expected,
    seen: say('You answered: {answer}', { answer: given === '' ? say('(nothing)') : given }),
    evidence: [],
  };
}

function judgeNumber(given: GivenAnswer, value: number, within: number, expected: Said, told: Said): Verdict {
  const text = single(given);
  const number = parseNumber(text);
  if (number === null) {
    throw new VethlabError('bad_request', say('{text} is not a number.', { text: JSON.stringify(text.slice(0, 60)) }), {
      hint: say('Write digits, such as 1400.'),
    });
  }
  // A number such as 0.1 + 0.2 must not fail by its last bit.
  const slack = within + Math.abs(value) * 1e-9;
  return verdict(Math.abs(number - value) <= slack, expected, told);
}

/**
 * @param told the answer as it is told back, where that is in several languages.
 * @param computed the answer read from the live network, for questions that ask about it; null otherwise.
 * @throws VethlabError `bad_request` for an answer of the wrong kind, which is not counted as an attempt.
 */
export function judgeAnswer(
  question: QuestionTask,
  given: GivenAnswer,
  computed: ComputedAnswer,
  told: Said = inTheirWords(given),
): Verdict {
  const { answer, choices } = question;
  const unknown = [given].flat().find((choice) => choices !== null && !choices.includes(choice));
  if (unknown !== undefined) {
    throw new VethlabError(
      'bad_request',
      say('{text} is not one of the choices.', { text: JSON.stringify(unknown.slice(0, 60)) }),
    );
  }
  switch (answer.type) {
    case 'choice':
      return verdict(single(given) === answer.choice, say('One of the choices is right.'), told);
    case 'choices': {
      const chosen = new Set(typeof given === 'string' ? [given] : given);
      const isRight = chosen.size === answer.choices.length && answer.choices.every((choice) => chosen.has(choice));
      return verdict(isRight, say('All that are right, and no other.'), told);
    }
    case 'number':
      return judgeNumber(given, answer.value, answer.within, say('A number.'), told);
    case 'computed': {
      if (computed === null) {
        return {
          outcome: 'error',
          expected: say('An answer read from your network.'),
          seen: say('Your network could not be read.'),
          evidence: [],
        };
      }
      if (typeof computed === 'string') {
        return verdict(normalize(single(given)) === normalize(computed), say('What your network shows.'), told);
      }
      return judgeNumber(given, computed, answer.within, say('The number that your network shows.'), told);
    }
    case 'text':
      return verdict(normalize(single(given)) === normalize(answer.text), say('A word or a short text.'), told);
    case 'matches':
      // A pattern of an author may carry the flags g or y, which remember a position.
      return verdict(
        new RegExp(answer.pattern.source, answer.pattern.flags.replaceAll(/[gy]/g, '')).test(single(given).trim()),
        say('A short text.'),
        told,
      );
  }
}
