/** The key chords that a terminal keeps for the page. All others belong to the shell. */
import { words } from './words.ts';

export type Chord = 'copy' | 'paste' | 'search' | 'leave' | 'larger' | 'smaller' | 'reset';

/** By place on the keyboard where shift changes the character, by letter otherwise. */
const BY_CODE: Readonly<Record<string, Chord>> = {
  Equal: 'larger',
  NumpadAdd: 'larger',
  Minus: 'smaller',
  NumpadSubtract: 'smaller',
  Digit0: 'reset',
  Numpad0: 'reset',
};
const BY_KEY: Readonly<Record<string, Chord>> = {
  c: 'copy',
  v: 'paste',
  f: 'search',
  o: 'leave',
  '+': 'larger',
  _: 'smaller',
  '-': 'smaller',
};

/** For the list of keys that the page shows. */
export const CHORD_HELP: readonly (readonly [string, string])[] = [
  ['Ctrl Shift C', words.keys.copy],
  ['Ctrl Shift V', words.keys.paste],
  ['Ctrl Shift F', words.keys.search],
  ['Ctrl Shift + −', words.keys.size],
  ['Shift Page Up', words.keys.back],
  ['Ctrl Shift O', words.keys.leave],
];

export function readChord(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>,
): Chord | null {
  if (!event.ctrlKey || !event.shiftKey || event.altKey || event.metaKey) return null;
  return BY_KEY[event.key.toLowerCase()] ?? BY_CODE[event.code] ?? null;
}
