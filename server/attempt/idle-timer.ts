/** Ends what nobody uses: first a warning, then the end, unless something happens in between. */
import { every } from '../base/disposable.ts';
import type { Clock } from '../base/clock.ts';

export interface IdleHandlers {
  /** The warning begins or ends. */
  onWarning(isEndingSoon: boolean): void;
  onEnd(): void;
}

export class IdleTimer implements Disposable {
  readonly #clock: Clock;
  readonly #idleMs: number;
  readonly #warningMs: number;
  readonly #handlers: IdleHandlers;
  readonly #timer: Disposable;
  #activeMs: number;
  #isEndingSoon = false;

  constructor(clock: Clock, idleMs: number, warningMs: number, handlers: IdleHandlers) {
    this.#clock = clock;
    this.#idleMs = idleMs;
    this.#warningMs = warningMs;
    this.#handlers = handlers;
    this.#activeMs = clock.now();
    this.#timer = every(Math.min(1000, Math.max(50, warningMs / 4)), () => this.#look());
  }

  get activeMs(): number {
    return this.#activeMs;
  }

  get endsAtMs(): number {
    return this.#activeMs + this.#idleMs;
  }

  get isEndingSoon(): boolean {
    return this.#isEndingSoon;
  }

  touch(): void {
    this.#activeMs = this.#clock.now();
    if (this.#isEndingSoon) this.#look();
  }

  #look(): void {
    const leftMs = this.endsAtMs - this.#clock.now();
    const isEndingSoon = leftMs <= this.#warningMs;
    if (isEndingSoon !== this.#isEndingSoon) {
      this.#isEndingSoon = isEndingSoon;
      this.#handlers.onWarning(isEndingSoon);
    }
    if (leftMs <= 0) {
      this.#timer[Symbol.dispose]();
      this.#handlers.onEnd();
    }
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }
}
