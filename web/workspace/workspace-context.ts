/** What the parts of the workspace need from the page. */
import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import type { AttemptActions } from '../attempt/attempt-actions.ts';
import type { AttemptStore } from '../attempt/attempt-store.ts';
import type { WatchStore } from '../attempt/watch-store.ts';
import type { LinkView } from '../../server/contract/api.ts';
import type { PageEndpoint, PageTopology } from '../topology/graph.ts';

export interface WorkspaceContext {
  readonly store: AttemptStore;
  readonly actions: AttemptActions;
  readonly now: ReadonlySignal<number>;
  readonly topology: PageTopology;
  readonly watch: WatchStore;
  readonly links: ReadonlySignal<readonly LinkView[]>;
  readonly openTerminal: (node: string) => void;
  readonly openEndpoint: (endpoint: PageEndpoint, from: Element) => void;
  readonly terminals: () => ComponentChild;
  readonly focusTerminal: () => void;
  /** The terminals are to be drawn, seen or not. */
  readonly isPrepared: ReadonlySignal<boolean>;
  /** A terminal has its shell; that may be before all of the network is there. */
  readonly hasShell: ReadonlySignal<boolean>;
}
