/** What every attempt works with; main.ts puts it together. */
import type { Logger } from 'pino';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../store/store.ts';
import type { RunSettings } from './sandbox-run.ts';
import type { SandboxSource } from './sandbox-source.ts';
import type { Telemetry } from './telemetry.ts';

export interface AttemptParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly source: SandboxSource;
  readonly settings: RunSettings;
  readonly telemetry: Telemetry;
  readonly logger: Logger;
}
