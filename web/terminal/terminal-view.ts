/** One terminal in the page: an xterm joined to a shell over a socket. Knows no tab and no task. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { FitAddon } from '@xterm/addon-fit';
import type { Terminal } from '@xterm/xterm';
import type { TerminalNotice } from '../../server/contract/frames.ts';
import { whenBack } from '../ui/when-back.ts';
import { makeTerminal } from './make-terminal.ts';
import { readChord } from './terminal-keys.ts';
import { TerminalSearch } from './terminal-search.ts';
import { TerminalSocket } from './terminal-socket.ts';
import { followTheme } from './terminal-theme.ts';
import { TypingQueue } from './typing-queue.ts';
import { useWebgl } from './webgl.ts';
import { words } from './words.ts';

/** What the status line says; `online` says nothing. */
export type TerminalStatus =
  | { readonly state: 'idle' | 'connecting' | 'online' }
  | { readonly state: 'waiting'; readonly retryAtMs: number }
  | { readonly state: 'exited'; readonly exitCode: number }
  | { readonly state: 'ended' | 'refused'; readonly reason: string };

export interface TerminalViewOptions {
  readonly node: string;
  /** For screen readers and tab titles. */
  readonly label: string;
  readonly socketUrl: (columns: number, rows: number) => string;
  readonly fontSize: number;
  readonly isScreenReaderMode: boolean;
  /** Copies a selection; false when the browser refused. */
  readonly copy: (text: string) => Promise<boolean>;
  readonly onFontSize: (change: 'larger' | 'smaller' | 'reset') => void;
  readonly onFocus: () => void;
  /** The learner leaves the terminal by keyboard. */
  readonly onLeave: () => void;
}

const BELL_MS = 150;
const ESC = '\x1b';

export class TerminalView implements Disposable {
  /** Belongs into the pane that shows it. */
  readonly element = document.createElement('div');
  readonly options: TerminalViewOptions;
  readonly search: TerminalSearch;
  readonly #screen = document.createElement('div');
  readonly #status = signal<TerminalStatus>({ state: 'idle' });
  readonly #socket: TerminalSocket;
  readonly #typing: TypingQueue;
  readonly #cleanUp: (() => void)[] = [];
  #terminal: Terminal | null = null;
  #fit: FitAddon | null = null;
  #loading: Promise<void> | null = null;
  #fontSize: number;
  #isScreenReaderMode: boolean;
  #hadShell = false;
  #isFollowing = false;
  #isDisposed = false;

  constructor(options: TerminalViewOptions) {
    this.options = options;
    this.#fontSize = options.fontSize;
    this.#isScreenReaderMode = options.isScreenReaderMode;
    this.element.className = 'terminal-view';
    this.#screen.className = 'terminal-screen';
    this.element.append(this.#screen);
    this.search = new TerminalSearch(() => this.focus());
    this.#typing = new TypingQueue((text) => this.#send(text));
    this.#socket = new TerminalSocket(() => this.#url(), {
      notice: (notice) => this.#take(notice),
      output: (data, drawn) => {
        this.#typing.sawOutput();
        this.#terminal?.write(data, drawn);
      },
      lost: (retryAtMs) => {
        this.#typing.hold();
        this.#status.value = { state: 'waiting', retryAtMs };
      },
      closed: (why, reason) => this.#closed(why, reason),
    });
  }

  get status(): ReadonlySignal<TerminalStatus> {
    return this.#status;
  }

  /** Makes the terminal, without a shell; its element must be in the page. */
  prepare(): Promise<void> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  /** Opens or opens again; what it showed before stays when the shell is the same. */
  async connect(): Promise<void> {
    const { state } = this.#status.value;
    if (state === 'connecting' || state === 'online') return;
    this.#status.value = { state: 'connecting' };
    try {
      await this.prepare();
    } catch {
      if (this.#status.value.state === 'connecting') this.#status.value = { state: 'refused', reason: words.notLoaded };
      return;
    }
    if (!this.#isDisposed && this.#status.value.state === 'connecting') this.#socket.connect();
  }

  retryNow(): void {
    if (this.#status.value.state === 'waiting') this.#socket.retryNow();
    else void this.connect();
  }

  /** The sandbox is gone; nothing is tried until {@link connect}. */
  end(reason: string): void {
    this.#typing.clear();
    this.#socket.disconnect();
    if (this.#status.value.state !== 'idle') this.#status.value = { state: 'ended', reason };
  }

  /** Ends the shell for good. */
  closeShell(): void {
    this.#socket.send({ type: 'close' });
  }

  /**
   * Types a line and Enter as soon as the shell is there, once. False when a full-screen program has the terminal: nothing
   * is typed into it.
   */
  type(text: string): boolean {
    if (this.#terminal?.buffer.active.type === 'alternate') return false;
    this.#typing.add(text);
    return true;
  }

  focus(): void {
    if (this.#terminal) this.#terminal.focus();
    else
      this.#loading?.then(
        () => this.#terminal?.focus(),
        () => undefined,
      );
  }

  setFontSize(pixels: number): void {
    this.#fontSize = pixels;
    if (!this.#terminal) return;
    this.#terminal.options.fontSize = pixels;
    this.#fitToElement();
  }

  setScreenReaderMode(isOn: boolean): void {
    this.#isScreenReaderMode = isOn;
    if (this.#terminal) this.#terminal.options.screenReaderMode = isOn;
  }

  [Symbol.dispose](): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#socket[Symbol.dispose]();
    this.#typing.clear();
    for (const cleanUp of this.#cleanUp.reverse()) cleanUp();
    this.#terminal?.dispose();
    this.element.remove();
  }

  async #load(): Promise<void> {
    const fontFamily = getComputedStyle(this.element).getPropertyValue('--font-mono').trim() || 'monospace';
    const { terminal, fit, search } = await makeTerminal({ fontFamily });
    if (this.#isDisposed) return terminal.dispose();
    // What was chosen while it was loaded holds.
    terminal.options.fontSize = this.#fontSize;
    terminal.options.screenReaderMode = this.#isScreenReaderMode;
    this.#terminal = terminal;
    this.#fit = fit;
    terminal.open(this.#screen);
    const theme = followTheme((colours) => (terminal.options.theme = { ...colours }));
    this.#cleanUp.push(() => theme[Symbol.dispose]());
    this.search.attach(terminal, search);
    this.#describe(terminal);
    this.#listen(terminal);
    this.#fitToElement();
    this.#cleanUp.push(useWebgl(terminal));
  }

  #describe(terminal: Terminal): void {
    terminal.textarea?.setAttribute('aria-label', words.describe(this.options.label));
  }

  #listen(terminal: Terminal): void {
    terminal.onData((data) => {
      // A program's question is answered by one of the pages that show its terminal: the one whose size it has.
      if (document.hidden || (this.#isFollowing && !document.hasFocus())) return;
      // Whoever types has the size, also when another page took it meanwhile.
      if (this.#isFollowing) this.#fitToElement();
      this.#socket.type(data);
    });
    terminal.onBinary((data) => this.#socket.type(Uint8Array.from(data, (character) => character.charCodeAt(0))));
    terminal.onBell(() => this.#flash());
    terminal.attachCustomKeyEventHandler((event) => this.#handleKey(event));
    terminal.textarea?.addEventListener('focus', () => {
      this.options.onFocus();
      if (this.#isFollowing) this.#fitToElement();
    });
    const observer = new ResizeObserver(() => this.#fitToElement());
    observer.observe(this.element);
    this.#cleanUp.push(() => observer.disconnect());
    const retry = (): void => {
      if (this.#status.value.state === 'waiting') this.#socket.retryNow();
    };
    this.#cleanUp.push(whenBack(retry));
  }

  /** False keeps xterm from handling the key. */
  #handleKey(event: KeyboardEvent): boolean {
    const chord = readChord(event);
    // The browser's own paste follows; xterm takes its paste event, brackets and all.
    if (chord === null) return true;
    if (chord === 'paste') return false;
    event.preventDefault();
    if (event.type !== 'keydown') return false;
    switch (chord) {
      case 'copy':
        if (this.#terminal?.hasSelection()) void this.options.copy(this.#terminal.getSelection());
        return false;
      case 'search':
        this.search.open();
        return false;
      case 'leave':
        this.options.onLeave();
        return false;
      case 'larger':
      case 'smaller':
      case 'reset':
        this.options.onFontSize(chord);
        return false;
    }
  }

  #url(): string {
    return this.options.socketUrl(this.#terminal?.cols ?? 80, this.#terminal?.rows ?? 24);
  }

  #take(notice: TerminalNotice): void {
    const terminal = this.#terminal;
    if (!terminal) return;
    switch (notice.type) {
      case 'screen':
        this.#restore(terminal, notice);
        return;
      case 'size':
        this.#isFollowing = true;
        terminal.resize(notice.columns, notice.rows);
        return;
      case 'exit':
        this.#status.value = { state: 'exited', exitCode: notice.exitCode };
        this.#typing.clear();
        return;
      case 'ended':
        this.#status.value = { state: 'ended', reason: notice.reason };
        return;
    }
  }

  #restore(terminal: Terminal, { data, columns, rows, isNewShell }: Extract<TerminalNotice, { type: 'screen' }>): void {
    if (isNewShell && this.#hadShell) {
      // What the earlier shell printed stays to be read; its modes do not (DECSTR, and out of the alternate buffer).
      if (terminal.buffer.active.type === 'alternate') terminal.write(`${ESC}[?1049l`);
      terminal.write(
        `${ESC}[!p${ESC}[?1000l${ESC}[?1002l${ESC}[?1003l\r\n${ESC}[2m── ${words.aNewShell} ──${ESC}[m\r\n`,
      );
    } else if (!isNewShell) {
      terminal.reset();
      terminal.resize(columns, rows);
    }
    // Also a new shell may have printed its prompt already.
    terminal.write(data);
    this.#hadShell = true;
    this.#isFollowing = false;
    this.#status.value = { state: 'online' };
    this.#fitToElement();
    this.#typing.release(isNewShell);
  }

  #closed(why: 'exit' | 'sandbox-gone' | 'too-many' | 'refused', reason: string): void {
    this.#typing.clear();
    const { state } = this.#status.value;
    if (state === 'exited' || state === 'ended') return;
    this.#status.value = { state: why === 'refused' ? 'refused' : 'ended', reason: reason || words.closed[why] };
  }

  #send(text: string): void {
    const isBracketed = this.#terminal?.modes.bracketedPasteMode === true;
    const lines = text.replace(/\r?\n/g, '\r').replace(/\r+$/, '');
    // Ctrl-U: whatever was half typed does not become part of the command.
    const typed = isBracketed && lines.includes('\r') ? `${ESC}[200~${lines}${ESC}[201~` : lines;
    this.#socket.type(`\x15${typed}\r`);
    this.#terminal?.scrollToBottom();
  }

  #fitToElement(): void {
    const terminal = this.#terminal;
    if (!terminal || !this.element.isConnected || this.element.clientWidth === 0) return;
    if (this.#isFollowing && !this.element.contains(document.activeElement)) return;
    this.#isFollowing = false;
    const wanted = this.#fit?.proposeDimensions();
    if (!wanted || Number.isNaN(wanted.cols) || Number.isNaN(wanted.rows)) return;
    const columns = Math.min(500, Math.max(2, wanted.cols));
    const rows = Math.min(200, Math.max(1, wanted.rows));
    if (columns !== terminal.cols || rows !== terminal.rows) terminal.resize(columns, rows);
    this.#socket.send({ type: 'resize', columns, rows });
  }

  #flash(): void {
    this.element.classList.add('is-ringing');
    setTimeout(() => this.element.classList.remove('is-ringing'), BELL_MS);
  }
}
