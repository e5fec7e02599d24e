import { expect, test } from 'vitest';
import { readChord } from '../../../../web/terminal/terminal-keys.ts';

const press = (key: string, code = '', changes: object = {}): ReturnType<typeof readChord> =>
  readChord({ key, code, ctrlKey: true, shiftKey: true, altKey: false, metaKey: false, ...changes });

test('chords are read whatever the layout of the keyboard', () => {
  expect(press('C', 'KeyC')).toBe('copy');
  expect(press('C', 'KeyJ')).toBe('copy');
  expect(press('+', 'Equal')).toBe('larger');
  expect(press('*', 'BracketRight')).toBeNull();
  expect(press('_', 'Minus')).toBe('smaller');
  expect(press('?', 'Minus')).toBe('smaller');
  expect(press('O', 'KeyO')).toBe('leave');
  expect(press('F', 'KeyF')).toBe('search');
  expect(press('V', 'KeyV')).toBe('paste');
});

test('what the shell knows stays with the shell', () => {
  expect(press('c', 'KeyC', { shiftKey: false })).toBeNull();
  expect(press('C', 'KeyC', { ctrlKey: false })).toBeNull();
  expect(press('C', 'KeyC', { altKey: true })).toBeNull();
  expect(press('A', 'KeyA')).toBeNull();
});
