/** A question about one packet of the learner's own, and whether an answer to it is right. Pure. */
import type { Packet } from '../packet.ts';

export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

export type Form =
  | { readonly type: 'choice'; readonly choices: readonly string[]; readonly right: string }
  | { readonly type: 'choices'; readonly choices: readonly string[]; readonly right: readonly string[] }
  | { readonly type: 'number'; readonly right: number };

export interface Question {
  /** Two questions with the same key are the same question. */
  readonly key: string;
  readonly packet: Packet;
  readonly text: string;
  readonly form: Form;
  /** What the capture says. */
  readonly why: string;
  /** The bytes that say so; empty where no single ones do. */
  readonly bytes: readonly ByteRange[];
  /** The question is about these bytes: they are lit before it is answered. */
  readonly isLitFirst?: boolean;
}

/** `given`: what was chosen, or what was typed. */
export function isRight({ form }: Question, given: readonly string[]): boolean {
  switch (form.type) {
    case 'choice':
      return given.length === 1 && given[0] === form.right;
    case 'choices':
      return given.length === form.right.length && form.right.every((choice) => given.includes(choice));
    case 'number':
      return given.length === 1 && readNumber(given[0] ?? '') === form.right;
  }
}

/** Spaces and thousands commas are how people write; `0x` numbers are what they read in a packet. */
function readNumber(text: string): number {
  const plain = text.replaceAll(/[\s,']/g, '');
  return plain === '' ? Number.NaN : Number(plain);
}

export function rightWords({ form }: Question, none: string): string {
  switch (form.type) {
    case 'choice':
      return form.right;
    case 'choices':
      return form.right.length === 0 ? none : form.right.join(', ');
    case 'number':
      return String(form.right);
  }
}

/** In an order that tells nothing. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
