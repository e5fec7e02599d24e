/** What an attempt tells about itself in numbers; main.ts gives it the metrics. */
import type { Outcome } from '../check/check.ts';

export interface Telemetry {
  /** From the click to ready. `isRestored` when solutions had to run again. */
  sandboxReady(tookMs: number, isRestored: boolean): void;
  sandboxFailed(code: string): void;
  /** `kind` is the kind of check, `mixed` for a tree of several, `question` for answers. */
  judged(kind: string, outcome: Outcome, tookMs: number): void;
  terminalBytes(direction: 'in' | 'out', bytes: number): void;
}
