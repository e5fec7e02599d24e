/**
 * When the platform judges by itself: cheap tasks about once a second while something happens, dear ones for a few
 * seconds after the learner's input and at a slow pace. Decides on moments only; judging is given.
 */
import { every } from '../base/disposable.ts';
import type { Clock } from '../base/clock.ts';
import type { Cost } from '../check/check.ts';

const TICK_MS = 500;
/** A terminal is busy for this long after its last byte. */
const BUSY_MS = 15_000;
const CHEAP_BUSY_MS = 1000;
const CHEAP_QUIET_MS = 3000;
/** Keys come in bursts: probes wait until the burst is over. */
const INPUT_PAUSE_MS = 600;
const DEAR_AFTER_INPUT_MS = 12_000;
const DEAR_BUSY_MS = 1500;
const DEAR_QUIET_MS = 20_000;

export interface Judging {
  /** Judges all open tasks of this cost; settles when the verdicts are in, never rejects. */
  judge(cost: Cost): Promise<void>;
}

export class AutoJudge implements Disposable {
  readonly #clock: Clock;
  readonly #judging: Judging;
  readonly #timer: Disposable;
  readonly #isRunning = { cheap: false, dear: false };
  readonly #lastMs = { cheap: 0, dear: 0 };
  #inputMs = 0;
  #outputMs = 0;

  constructor(clock: Clock, judging: Judging) {
    this.#clock = clock;
    this.#judging = judging;
    // Dear tasks were open before anybody looked: the slow pace counts from here.
    this.#lastMs.dear = clock.now();
    this.#timer = every(TICK_MS, () => this.#tick());
  }

  noteInput(): void {
    this.#inputMs = this.#clock.now();
  }

  noteOutput(): void {
    this.#outputMs = this.#clock.now();
  }

  #tick(): void {
    const now = this.#clock.now();
    const isBusy = now - Math.max(this.#inputMs, this.#outputMs) < BUSY_MS;
    // A tick that comes a little early must not cost a whole further tick.
    const slack = TICK_MS / 4;
    if (now - this.#lastMs.cheap >= (isBusy ? CHEAP_BUSY_MS : CHEAP_QUIET_MS) - slack) this.#run('cheap', now);
    const sinceInput = now - this.#inputMs;
    const isAfterInput = sinceInput >= INPUT_PAUSE_MS && sinceInput < DEAR_AFTER_INPUT_MS;
    if (now - this.#lastMs.dear >= (isAfterInput ? DEAR_BUSY_MS : DEAR_QUIET_MS) - slack) this.#run('dear', now);
  }

  #run(cost: Cost, now: number): void {
    if (this.#isRunning[cost]) return;
    this.#isRunning[cost] = true;
    this.#lastMs[cost] = now;
    void this.#judging.judge(cost).finally(() => {
      this.#isRunning[cost] = false;
    });
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }
}
