/** What the pictures of the kernel need of their page. */
import type { AttemptStore } from '../attempt/attempt-store.ts';
import type { WatchStore } from '../attempt/watch-store.ts';
import type { PageTopology } from '../topology/graph.ts';
import type { CodeButtonParts } from './code-buttons.tsx';

export interface KernelFigureParts {
  readonly topology: PageTopology;
  readonly watch: WatchStore;
  /** Null for a visitor. */
  readonly attempt: AttemptStore | null;
  readonly buttons: CodeButtonParts;
}
