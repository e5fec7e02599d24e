/** All attempts of all learners: found, made, replaced; and who may have a sandbox when room is short. */
import { randomBytes, randomUUID } from 'node:crypto';
import { every } from '../base/disposable.ts';
import { VethlabError } from '../base/errors.ts';
import { say, type Said } from '../base/sentence.ts';
import type { Baseline } from '../check/check.ts';
import type { Course, Lab } from '../course/lab.ts';
import type { AttemptRow, LabProgressRow } from '../store/attempts.ts';
import type { AttemptParts } from './attempt-parts.ts';
import { LabEditions } from './lab-editions.ts';
import { LiveAttempt } from './live-attempt.ts';

export interface AttemptsSettings {
  readonly maxSandboxes: number;
  readonly maxSandboxesPerLearner: number;
}

/** An attempt that nobody asked for in this time, and that has no sandbox, leaves the memory. */
const FORGET_MS = 5 * 60_000;
/** A sandbox with no page open and no input for this long may have to make room for another learner. */
const SPARE_MS = 2 * 60_000;

export class Attempts implements Disposable {
  readonly #parts: AttemptParts;
  readonly #settings: AttemptsSettings;
  readonly #course: () => Course;
  readonly #live = new Map<string, LiveAttempt>();
  /** What the lab of an attempt was resolved from. */
  readonly #labs = new WeakMap<LiveAttempt, Lab>();
  /** Resets under way, by the attempt that ends. */
  readonly #resets = new Map<string, Promise<LiveAttempt>>();
  readonly #sweep: Disposable;
  #isOpen = true;

  constructor(parts: AttemptParts, settings: AttemptsSettings, course: () => Course) {
    this.#parts = parts;
    this.#settings = settings;
    this.#course = course;
    this.#sweep = every(60_000, () => this.#forget());
  }

  /** The learner's current attempt in a lab; made when there is none. */
  enter(learnerId: string, lab: Lab): LiveAttempt {
    const row = this.#parts.store.attempts.findCurrent(learnerId, lab.id);
    if (row) return this.#wake(row, lab);
    const fresh = this.#newRow(learnerId, lab.id);
    this.#parts.store.attempts.add(fresh);
    return this.#wake(fresh, lab);
  }

  /**
   * The attempt, if it is this learner's and current.
   * @throws VethlabError `not_found`, with the same words whether it belongs to another or does not exist.
   */
  require(attemptId: string, learnerId: string): LiveAttempt {
    const row = this.#parts.store.attempts.find(attemptId);
    const lab = row && this.findLab(row.labId);
    if (!row || !lab || row.learnerId !== learnerId || row.resetMs !== null) {
      throw new VethlabError('not_found', say('This attempt does not exist.'), {
        hint: say('Open the lab again from the course page.'),
      });
    }
    return this.#wake(row, lab);
  }

  /** The learner's current attempt in a lab, if there is one. */
  find(learnerId: string, labId: string): LiveAttempt | null {
    const row = this.#parts.store.attempts.findCurrent(learnerId, labId);
    return (row && this.#live.get(row.id)) ?? null;
  }

  /** Labs of the course were written anew: attempts go on with them. One whose values do not fit stays as it was. */
  renew(): void {
    for (const attempt of this.#live.values()) {
      const lab = this.findLab(attempt.row.labId);
      if (!lab || this.#labs.get(attempt) === lab) continue;
      try {
        attempt.renew(new LabEditions(lab, attempt.row.seed));
        this.#labs.set(attempt, lab);
      } catch (error) {
        this.#parts.logger.warn({ err: error, lab: lab.id }, 'a lab that was changed does not fit its attempt');
      }
    }
  }

  findLab(id: string): Lab | null {
    for (const module of this.#course().modules) {
      for (const lab of module.labs) if (lab.id === id) return lab;
    }
    return null;
  }

  progress(learnerId: string): LabProgressRow[] {
    return this.#parts.store.attempts.progress(learnerId);
  }

  /**
   * Starts the sandbox of an attempt and makes room for it where that hurts nobody.
   * @throws VethlabError `capacity`, or `conflict` for one that is being reset
   */
  async start(attempt: LiveAttempt): Promise<void> {
    if (!this.#isOpen)
      throw new VethlabError('capacity', say('The server is stopping.'), {
        hint: say('Try again in a minute.'),
      });
    if (attempt.run?.state === 'starting' || attempt.run?.state === 'ready') return;
    const others = this.#running().filter((other) => other !== attempt);
    const own = others.filter((other) => other.row.learnerId === attempt.row.learnerId).toSorted(byActivity);
    const stopping: Promise<void>[] = [];
    for (const other of own.slice(0, Math.max(0, own.length + 1 - this.#settings.maxSandboxesPerLearner))) {
      stopping.push(other.stop(say('It ended because you started another lab.')));
    }
    if (others.length - stopping.length >= this.#settings.maxSandboxes) {
      const spare = others.find((other) => this.#isSpare(other));
      if (!spare) {
        throw new VethlabError(
          'capacity',
          say('All {count} networks of this server are in use.', { count: this.#settings.maxSandboxes }),
          {
            hint: say('Try again in a few minutes; you can read the lesson meanwhile.'),
          },
        );
      }
      stopping.push(spare.stop(say('It ended because the server was full and nobody was using it.')));
    }
    // The room is taken before anything is waited for: two starts at once must not both have the last place.
    const started = attempt.start(randomBytes(6).toString('hex'));
    await Promise.all([started, ...stopping]);
  }

  /** Ends the attempt for good and returns its successor, with new values; the same to all who ask at once. */
  reset(attempt: LiveAttempt): Promise<LiveAttempt> {
    const { id } = attempt.row;
    const reset = this.#resets.get(id) ?? this.#reset(attempt).finally(() => this.#resets.delete(id));
    this.#resets.set(id, reset);
    return reset;
  }

  async #reset(attempt: LiveAttempt): Promise<LiveAttempt> {
    const lab = this.findLab(attempt.row.labId);
    if (!lab) throw new VethlabError('not_found', say('This lab does not exist any more.'));
    await attempt.end(say('It ended because the lab was reset.'));
    const row = this.#newRow(attempt.row.learnerId, attempt.row.labId);
    this.#parts.store.attempts.replace(attempt.row.id, row);
    this.#live.delete(attempt.row.id);
    attempt.close();
    return this.#wake(row, lab);
  }

  /** Ends every sandbox of a learner. */
  async stopAllOf(learnerId: string, reason: Said): Promise<void> {
    await Promise.all(
      this.#running()
        .filter((attempt) => attempt.row.learnerId === learnerId)
        .map((attempt) => attempt.stop(reason)),
    );
  }

  async stopAll(reason: Said): Promise<void> {
    this.#isOpen = false;
    await Promise.all(this.#running().map((attempt) => attempt.stop(reason)));
  }

  get runningCount(): number {
    return this.#running().length;
  }

  /** Takes over what runs from before: sandboxes of current attempts go on, the others end. */
  async adopt(): Promise<{ adopted: number; ended: number }> {
    const { store, clock, logger } = this.#parts;
    const sandboxes = await this.#parts.source.adopt();
    const adopted = new Set<string>();
    for (const sandbox of sandboxes) {
      const row = store.sandboxes.find(sandbox.id);
      const attemptRow = row && store.attempts.find(row.attemptId);
      const lab = attemptRow && this.findLab(attemptRow.labId);
      const isClaimed = row && lab && row.endedMs === null && row.readyMs !== null && attemptRow.resetMs === null;
      if (!isClaimed) {
        await sandbox
          .stop(say('Nobody claimed it.'))
          .catch((error: unknown) => logger.error({ err: error, sandbox: sandbox.id }, 'a sandbox could not be ended'));
        continue;
      }
      const baselines = store.sandboxes.baselines(sandbox.id) as Map<string, Baseline>;
      this.#wake(attemptRow, lab).adopt(sandbox, row, baselines);
      adopted.add(sandbox.id);
    }
    for (const row of store.sandboxes.running()) {
      if (!adopted.has(row.id))
        store.sandboxes.setEnded(row.id, clock.now(), say('It ended while the server was not running.'));
    }
    return { adopted: adopted.size, ended: sandboxes.length - adopted.size };
  }

  #newRow(learnerId: string, labId: string): AttemptRow {
    return {
      id: randomUUID(),
      learnerId,
      labId,
      seed: randomBytes(16).toString('hex'),
      createdMs: this.#parts.clock.now(),
      finishedMs: null,
      resetMs: null,
    };
  }

  #wake(row: AttemptRow, lab: Lab): LiveAttempt {
    const known = this.#live.get(row.id);
    const attempt = known ?? new LiveAttempt(this.#parts, row, new LabEditions(lab, row.seed));
    attempt.touch();
    if (!known) this.#labs.set(attempt, lab);
    this.#live.set(row.id, attempt);
    return attempt;
  }

  #running(): LiveAttempt[] {
    return [...this.#live.values()].filter((attempt) => attempt.run?.isRunning);
  }

  #isSpare(attempt: LiveAttempt): boolean {
    const activeMs = attempt.run?.activeMs ?? 0;
    return (
      attempt.run?.state === 'ready' && attempt.watcherCount === 0 && this.#parts.clock.now() - activeMs > SPARE_MS
    );
  }

  #forget(): void {
    const before = this.#parts.clock.now() - FORGET_MS;
    for (const [id, attempt] of this.#live) {
      if (attempt.run?.isRunning || attempt.watcherCount > 0 || attempt.touchedMs > before) continue;
      attempt[Symbol.dispose]();
      this.#live.delete(id);
    }
  }

  /** Lets go of everything; running sandboxes run on for the next server process. */
  [Symbol.dispose](): void {
    this.#isOpen = false;
    this.#sweep[Symbol.dispose]();
    for (const attempt of this.#live.values()) attempt[Symbol.dispose]();
    this.#live.clear();
  }
}

function byActivity(a: LiveAttempt, b: LiveAttempt): number {
  return (a.run?.activeMs ?? 0) - (b.run?.activeMs ?? 0);
}
