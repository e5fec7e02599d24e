/**
 * The terminals of one lab page: which are open and how they look, remembered per lab. The page calls `open`, `type` and
 * `setSandboxState`; terminal-area.tsx draws it. Knows no task and no lesson.
 */
import { computed, signal, untracked, type ReadonlySignal } from '@preact/signals';
import type { SandboxState } from '../../server/contract/api.ts';
import { copyText } from '../lesson/clipboard.ts';
import { recall, remember } from '../ui/remember.ts';
import {
  activateTab,
  activeTab,
  addTab,
  closeTab,
  focusPane,
  parseLayout,
  serializeLayout,
  tabLabel,
  tabOfNode,
  tabsOf,
  type Layout,
  type Tab,
} from './terminal-layout.ts';
import { TerminalView } from './terminal-view.ts';
import { words } from './words.ts';
import { pageLanguage } from '../ui/i18n/page-language.ts';

export interface DeskNode {
  readonly name: string;
  readonly kind: 'host' | 'router' | 'switch';
}

export interface TerminalDeskOptions {
  readonly attemptId: string;
  readonly labId: string;
  readonly nodes: readonly DeskNode[];
  /** Default: this page's server. */
  readonly origin?: string;
}

const FONT_KEY = 'vethlab.terminal.font';
const READER_KEY = 'vethlab.terminal.screen-reader';
const DEFAULT_FONT_PIXELS = 14;
const LEAST_FONT_PIXELS = 9;
const MOST_FONT_PIXELS = 32;
const MESSAGE_MS = 8000;

export class TerminalDesk implements Disposable {
  readonly options: TerminalDeskOptions;
  readonly #layout;
  readonly #fontSize;
  readonly #isScreenReaderMode;
  readonly #message = signal<{ readonly node: string; readonly text: string } | null>(null);
  readonly #isRunning = signal(false);
  readonly #isPrepared = signal(false);
  readonly #hasShell = computed(() =>
    this.#layout.value.panes.some((_, pane) => {
      const tab = activeTab(this.#layout.value, pane);
      return tab !== null && this.viewOf(tab).status.value.state === 'online';
    }),
  );
  readonly #views = new Map<string, TerminalView>();
  #mayConnect = false;
  #messageTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: TerminalDeskOptions) {
    this.options = options;
    const names = options.nodes.map((node) => node.name);
    this.#layout = signal<Layout>(parseLayout(recall(this.#layoutKey), names));
    const font = Number(recall(FONT_KEY));
    this.#fontSize = signal(font >= LEAST_FONT_PIXELS && font <= MOST_FONT_PIXELS ? font : DEFAULT_FONT_PIXELS);
    this.#isScreenReaderMode = signal(recall(READER_KEY) === 'on');
  }

  get layout(): ReadonlySignal<Layout> {
    return this.#layout;
  }

  get isScreenReaderMode(): ReadonlySignal<boolean> {
    return this.#isScreenReaderMode;
  }

  /** Something to tell about a node's terminal; gone after a while. */
  get message(): ReadonlySignal<{ readonly node: string; readonly text: string } | null> {
    return this.#message;
  }

  get isRunning(): ReadonlySignal<boolean> {
    return this.#isRunning;
  }

  /** The terminals are to be drawn, seen or not. */
  get isPrepared(): ReadonlySignal<boolean> {
    return this.#isPrepared;
  }

  /** One of the terminals shown has its shell; that may be before all of the network is there. */
  get hasShell(): ReadonlySignal<boolean> {
    return this.#hasShell;
  }

  /** Has the first terminal made, so that it is there at once when the network is. */
  prepare(): void {
    const first = this.options.nodes.find((node) => node.kind === 'host') ?? this.options.nodes[0];
    if (tabsOf(this.#layout.value).length === 0 && first) this.change(addTab(this.#layout.value, first.name));
    this.#isPrepared.value = true;
  }

  /** Puts the cursor into the terminal that was used last. */
  focus(): void {
    this.#focusActive();
  }

  /** Shows the node's terminal and puts the cursor in it; opens one when there is none. */
  open(node: string): void {
    const tab = tabOfNode(this.#layout.value, node);
    if (tab) this.activate(tab.id);
    else this.add(node);
  }

  /** Opens another terminal of the node. */
  add(node: string, pane = this.#layout.value.focused): void {
    this.change(addTab(this.#layout.value, node, pane));
    this.#focusActive();
  }

  activate(id: string): void {
    this.change(activateTab(this.#layout.value, id));
    this.#focusActive();
  }

  /**
   * Types a line and Enter into the node's terminal, once, opening it when there is none. False when a full-screen program
   * has that terminal; the pane says so.
   */
  type(node: string, text: string): boolean {
    this.open(node);
    const tab = tabOfNode(this.#layout.value, node);
    if (!tab) return false;
    const view = this.viewOf(tab);
    if (view.type(text)) {
      // Its shell may have ended: the line goes to a new one.
      if (this.#mayConnect) void view.connect();
      this.#message.value = null;
      return true;
    }
    this.#tell(node, words.fullScreen(tabLabel(tab)));
    return false;
  }

  /** Ends the shell and closes the tab. */
  close(id: string): void {
    const view = this.#views.get(id);
    this.#views.delete(id);
    view?.closeShell();
    view?.[Symbol.dispose]();
    this.change(closeTab(this.#layout.value, id));
    this.#focusActive();
  }

  /** Terminals connect while the sandbox starts or runs; the first one opens by itself. */
  setSandboxState(state: SandboxState, reason: string | null = null): void {
    // Callers are effects, which must not come to depend on what is read here.
    untracked(() => this.#turn(state, reason));
  }

  #turn(state: SandboxState, reason: string | null): void {
    const isReady = state === 'ready';
    // The server lets a terminal wait for its network, so that all is at hand when that stands.
    const mayConnect = isReady || state === 'starting';
    if (isReady === this.#isRunning.value && mayConnect === this.#mayConnect) return;
    this.#isRunning.value = isReady;
    this.#mayConnect = mayConnect;
    if (mayConnect) {
      this.prepare();
      for (const [, view] of this.#views) if (view.status.value.state !== 'idle') void view.connect();
      this.#connectActive();
    } else {
      for (const [, view] of this.#views) view.end(reason ?? words.notRunning);
    }
  }

  /** Replaces the layout and remembers it. */
  change(layout: Layout): void {
    if (layout === this.#layout.value) return;
    this.#layout.value = layout;
    remember(this.#layoutKey, serializeLayout(layout));
    this.#connectActive();
  }

  changeFontSize(change: 'larger' | 'smaller' | 'reset'): void {
    const wanted = change === 'reset' ? DEFAULT_FONT_PIXELS : this.#fontSize.value + (change === 'larger' ? 1 : -1);
    this.#fontSize.value = Math.min(MOST_FONT_PIXELS, Math.max(LEAST_FONT_PIXELS, wanted));
    remember(FONT_KEY, String(this.#fontSize.value));
    for (const [, view] of this.#views) view.setFontSize(this.#fontSize.value);
  }

  toggleScreenReaderMode(): void {
    this.#isScreenReaderMode.value = !this.#isScreenReaderMode.value;
    remember(READER_KEY, this.#isScreenReaderMode.value ? 'on' : 'off');
    for (const [, view] of this.#views) view.setScreenReaderMode(this.#isScreenReaderMode.value);
  }

  /** The terminal of a tab; made when first asked for. */
  viewOf(tab: Tab): TerminalView {
    const known = this.#views.get(tab.id);
    if (known) return known;
    const view = new TerminalView({
      node: tab.node,
      label: tabLabel(tab),
      socketUrl: (columns, rows) => this.#socketUrl(tab, columns, rows),
      fontSize: this.#fontSize.value,
      isScreenReaderMode: this.#isScreenReaderMode.value,
      copy: copyText,
      onFontSize: (change) => this.changeFontSize(change),
      onFocus: () => this.#focusPaneOf(tab),
      onLeave: () => document.getElementById(`terminal-tab-${tab.id}`)?.focus(),
    });
    this.#views.set(tab.id, view);
    return view;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#messageTimer);
    for (const [, view] of this.#views) view[Symbol.dispose]();
    this.#views.clear();
  }

  get #layoutKey(): string {
    return `vethlab.terminals.${this.options.labId}`;
  }

  #socketUrl({ node, index }: Tab, columns: number, rows: number): string {
    const origin = (this.options.origin ?? location.origin).replace(/^http/, 'ws');
    const path = [this.options.attemptId, 'terminals', node, String(index)].map(encodeURIComponent).join('/');
    return `${origin}/ws/attempts/${path}?columns=${columns}&rows=${rows}&language=${pageLanguage}`;
  }

  #connectActive(): void {
    if (!this.#mayConnect) return;
    this.#layout.value.panes.forEach((_, pane) => {
      const tab = activeTab(this.#layout.value, pane);
      const view = tab && this.viewOf(tab);
      if (view?.status.value.state === 'idle') void view.connect();
    });
  }

  #focusActive(): void {
    const tab = activeTab(this.#layout.value, this.#layout.value.focused);
    // The pane puts the terminal into the page with its next drawing; without one, the next is opened from its bar.
    requestAnimationFrame(() => {
      if (tab) this.#views.get(tab.id)?.focus();
      else document.querySelector<HTMLElement>('.terminal-bar button')?.focus();
    });
  }

  #focusPaneOf(tab: Tab): void {
    const pane = this.#layout.value.panes.findIndex(({ tabs }) => tabs.some((other) => other.id === tab.id));
    if (pane >= 0) this.change(focusPane(this.#layout.value, pane));
  }

  #tell(node: string, text: string): void {
    this.#message.value = { node, text };
    clearTimeout(this.#messageTimer);
    this.#messageTimer = setTimeout(() => (this.#message.value = null), MESSAGE_MS);
  }
}
