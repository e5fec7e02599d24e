/** Numbers for Prometheus. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Telemetry } from '../attempt/telemetry.ts';

export interface MetricsSources {
  sandboxes(): { running: number; starting: number; pooled: number };
}

export class Metrics implements Telemetry {
  readonly #registry = new Registry();
  readonly #starts: Histogram<'restored'>;
  readonly #failures: Counter<'code'>;
  readonly #judgements: Histogram<'kind' | 'outcome'>;
  readonly #terminalBytes: Counter<'direction'>;

  constructor(sources: MetricsSources) {
    const registers = [this.#registry];
    // Memory, CPU and the delay of the event loop among them.
    collectDefaultMetrics({ register: this.#registry });
    new Gauge({
      name: 'vethlab_sandboxes',
      help: 'Sandboxes by state; pooled ones wait for a learner',
      labelNames: ['state'],
      registers,
      collect() {
        for (const [state, count] of Object.entries(sources.sandboxes())) this.set({ state }, count);
      },
    });
    this.#starts = new Histogram({
      name: 'vethlab_sandbox_start_seconds',
      help: 'From the click to a network that is ready',
      labelNames: ['restored'],
      buckets: [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30],
      registers,
    });
    this.#failures = new Counter({
      name: 'vethlab_sandbox_start_failures_total',
      help: 'Starts that failed, by code of the error',
      labelNames: ['code'],
      registers,
    });
    this.#judgements = new Histogram({
      name: 'vethlab_check_seconds',
      help: 'Time of one judgement, by kind of check and outcome',
      labelNames: ['kind', 'outcome'],
      buckets: [0.001, 0.005, 0.015, 0.05, 0.1, 0.5, 1, 2, 5, 10],
      registers,
    });
    this.#terminalBytes = new Counter({
      name: 'vethlab_terminal_bytes_total',
      help: 'Bytes typed into terminals (in) and written by them (out)',
      labelNames: ['direction'],
      registers,
    });
  }

  sandboxReady(tookMs: number, isRestored: boolean): void {
    this.#starts.observe({ restored: String(isRestored) }, tookMs / 1000);
  }

  sandboxFailed(code: string): void {
    this.#failures.inc({ code });
  }

  judged(kind: string, outcome: string, tookMs: number): void {
    this.#judgements.observe({ kind, outcome }, tookMs / 1000);
  }

  terminalBytes(direction: 'in' | 'out', bytes: number): void {
    this.#terminalBytes.inc({ direction }, bytes);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
