/** Lifetimes: whatever is opened is owned by something that closes it. Knows no feature of the program. */

export type Dispose = () => void;

/** Closes what was added, last first. Adding to a closed store closes the newcomer at once. */
export class DisposableStore implements Disposable {
  readonly #entries: Dispose[] = [];
  #isDisposed = false;

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  add<T extends Disposable>(resource: T): T {
    this.defer(() => resource[Symbol.dispose]());
    return resource;
  }

  defer(dispose: Dispose): void {
    if (this.#isDisposed) dispose();
    else this.#entries.push(dispose);
  }

  [Symbol.dispose](): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    const failures: unknown[] = [];
    for (let dispose = this.#entries.pop(); dispose; dispose = this.#entries.pop()) {
      try {
        dispose();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Closing resources failed.');
  }
}

/** A timer that repeats until disposed and never keeps the process alive. */
export function every(intervalMs: number, run: () => void): Disposable {
  const timer = setInterval(run, intervalMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** A typed list of listeners. A listener that throws does not keep the others from hearing. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  listen(listener: (value: T) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  emit(value: T): void {
    const failures: unknown[] = [];
    for (const listener of Array.from(this.#listeners)) {
      try {
        listener(value);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Listeners failed.');
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }
}
