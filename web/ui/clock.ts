/** The server's clock in the browser: countdowns hold even where the computer's own clock is wrong. */
import { signal, type ReadonlySignal } from '@preact/signals';
import { words } from './words.ts';

export class ServerClock {
  readonly #now = signal(0);
  #offsetMs: number;

  /** Starts from what the page says; that is old in a page from the browser's cache. */
  constructor() {
    const atLoadMs = Number(document.body.dataset['nowMs'] ?? Date.now());
    // performance.now() counts from the start of the navigation and, unlike Date, is never set.
    const navigation = performance.getEntriesByType('navigation')[0];
    const answeredAfterMs = navigation instanceof PerformanceNavigationTiming ? navigation.responseStart : 0;
    this.#offsetMs = atLoadMs - answeredAfterMs;
    this.#tick();
    setInterval(() => this.#tick(), 1000);
  }

  /** Ticks once a second with the server's time, milliseconds since the epoch. */
  get now(): ReadonlySignal<number> {
    return this.#now;
  }

  /** The server has just told its time: while a computer sleeps, performance.now() may stand still. */
  set(nowMs: number): void {
    this.#offsetMs = nowMs - performance.now();
    this.#tick();
  }

  #tick(): void {
    this.#now.value = this.#offsetMs + performance.now();
  }
}

/** `4:05`, or `28 min` when there is no hurry. */
export function formatRemaining(remainingMs: number, style: 'exact' | 'rough'): string {
  const seconds = Math.max(0, Math.ceil(remainingMs / 1000));
  if (style === 'rough') return seconds < 60 ? words.lessThanAMinute : words.minutes(Math.round(seconds / 60));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
