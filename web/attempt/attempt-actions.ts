/** What a learner can do in an attempt: each calls the API, shows at once that it is under way, and says what went wrong. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { LinkBody, SandboxView, TaskView } from '../../server/contract/api.ts';
import type { Announcer } from '../ui/announcer.ts';
import { confirm } from '../ui/confirm.tsx';
import type { Toasts } from '../ui/toasts.tsx';
import { ApiFailure, type ApiClient } from './api-client.ts';
import type { AttemptStore } from './attempt-store.ts';
import { words } from './words.ts';

/** `check:<task>` and the like; at most one of each runs at a time. */
export type ActionKey = 'start' | 'stop' | 'reset' | 'extend' | `${'check' | 'answer' | 'hint' | 'link'}:${string}`;

export interface ActionParts {
  readonly api: ApiClient;
  readonly store: AttemptStore;
  readonly toasts: Toasts;
  readonly announcer: Pick<Announcer, 'say'>;
}

export class AttemptActions {
  readonly #parts: ActionParts;
  readonly #running = signal<ReadonlySet<ActionKey>>(new Set());
  /** Tasks whose last verdict the learner asked for since the page was opened: theirs is shown in full. */
  readonly #asked = signal<ReadonlySet<string>>(new Set());

  constructor(parts: ActionParts) {
    this.#parts = parts;
  }

  get asked(): ReadonlySignal<ReadonlySet<string>> {
    return this.#asked;
  }

  isRunning(key: ActionKey): boolean {
    return this.#running.value.has(key);
  }

  start(): Promise<void> {
    const { api, store } = this.#parts;
    const before = store.sandbox.value;
    return this.#run('start', async () => {
      const expected: SandboxView = { ...before, state: 'starting', reason: null, hint: null, steps: [] };
      store.applySandbox(expected);
      try {
        const attempt = await api.start();
        // Frames may have told of later steps already.
        if (store.sandbox.value.state === 'starting' && store.sandbox.value.steps.length === 0) {
          store.applyAttempt(attempt);
        }
      } catch (error) {
        // The server may have told of a start all the same: the answer got lost, or another tab asked too.
        if (store.sandbox.value === expected) store.applySandbox(before);
        throw error;
      }
    });
  }

  async stop(): Promise<void> {
    const yes = await confirm(words.stopQuestion);
    if (yes) await this.#run('stop', async () => this.#parts.store.applyAttempt(await this.#parts.api.stop()));
  }

  async reset(): Promise<void> {
    const yes = await confirm(words.resetQuestion);
    if (!yes) return;
    await this.#run('reset', async () => {
      await this.#parts.api.reset();
      scrollTo(0, 0);
      location.reload();
    });
  }

  extend(): Promise<void> {
    return this.#run('extend', async () => {
      this.#parts.store.applyAttempt(await this.#parts.api.extend());
      this.#parts.announcer.say(words.goesOn);
    });
  }

  check(task: string): Promise<void> {
    return this.#run(`check:${task}`, async () => {
      this.#judged(await this.#parts.api.check(task));
    });
  }

  answer(task: string, answer: string | string[]): Promise<void> {
    return this.#run(`answer:${task}`, async () => {
      this.#judged(await this.#parts.api.answer(task, { answer }));
    });
  }

  hint(task: string): Promise<void> {
    return this.#run(`hint:${task}`, async () => this.#parts.store.applyTask(await this.#parts.api.hint(task)));
  }

  /** What the link does to the frames of one of its ends, from now on. */
  changeLink(endpoint: string, body: LinkBody): Promise<void> {
    return this.#run(`link:${endpoint}`, async () => {
      const { api, store } = this.#parts;
      store.applyAttempt(await api.changeLink(endpoint, body));
    });
  }

  #judged(task: TaskView): void {
    const { store, announcer } = this.#parts;
    this.#asked.value = new Set([...this.#asked.value, task.name]);
    store.applyTask(task);
    if (task.status === 'passed' || !task.verdict) return;
    const { outcome, seen } = task.verdict;
    announcer.say(outcome === 'error' ? words.couldNotJudge(seen) : words.notYet(seen));
  }

  async #run(key: ActionKey, action: () => Promise<void>): Promise<void> {
    if (this.isRunning(key)) return;
    this.#running.value = new Set([...this.#running.value, key]);
    try {
      await action();
    } catch (error) {
      const isForeseen = error instanceof ApiFailure;
      if (!isForeseen) console.error(error);
      this.#parts.toasts.show({
        kind: 'error',
        message: isForeseen ? error.message : words.pageFailed,
        hint: isForeseen ? error.hint : words.loadAgainKept,
      });
      if (isForeseen && error.status === 401) location.reload();
    } finally {
      this.#running.value = new Set([...this.#running.value].filter((other) => other !== key));
    }
  }
}
