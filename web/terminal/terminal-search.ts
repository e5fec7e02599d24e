/** The search of one terminal: its box's state and what xterm's addon finds. The box itself is drawn by search-box.tsx. */
import { signal } from '@preact/signals';
import type { ISearchOptions, SearchAddon } from '@xterm/addon-search';
import type { Terminal } from '@xterm/xterm';

const DECORATIONS = {
  matchBackground: '#8a6d1f',
  matchOverviewRuler: '#8a6d1f',
  activeMatchBackground: '#c45a1a',
  activeMatchBorder: '#e0823a',
  activeMatchColorOverviewRuler: '#c45a1a',
};

export class TerminalSearch {
  readonly isOpen = signal(false);
  readonly text = signal('');
  /** `index` counts from 0; -1 while there are too many to count. */
  readonly found = signal<{ readonly index: number; readonly count: number }>({ index: -1, count: 0 });
  readonly #focusTerminal: () => void;
  #terminal: Terminal | null = null;
  #addon: SearchAddon | null = null;

  constructor(focusTerminal: () => void) {
    this.#focusTerminal = focusTerminal;
  }

  attach(terminal: Terminal, addon: SearchAddon): void {
    this.#terminal = terminal;
    this.#addon = addon;
    addon.onDidChangeResults(({ resultIndex, resultCount }) => {
      this.found.value = { index: resultIndex, count: resultCount };
    });
  }

  /** With what is selected, if that is a part of one line. */
  open(): void {
    const selected = this.#terminal?.getSelection() ?? '';
    if (selected !== '' && !selected.includes('\n')) this.text.value = selected;
    this.isOpen.value = true;
    if (this.text.value !== '') this.find('previous', true);
  }

  close(): void {
    this.isOpen.value = false;
    this.#addon?.clearDecorations();
    this.#focusTerminal();
  }

  setText(text: string): void {
    this.text.value = text;
    if (text === '') {
      this.#addon?.clearDecorations();
      this.found.value = { index: -1, count: 0 };
    } else this.find('previous', true);
  }

  find(direction: 'next' | 'previous', isIncremental = false): void {
    if (this.text.value === '') return;
    const options: ISearchOptions = { decorations: DECORATIONS, incremental: isIncremental && direction === 'next' };
    if (direction === 'next') this.#addon?.findNext(this.text.value, options);
    else this.#addon?.findPrevious(this.text.value, options);
  }
}
