/** How long to wait before what was lost is tried again: longer each time, up to a limit. Knows no connection. */
export class Backoff {
  readonly #firstMs: number;
  readonly #longestMs: number;
  #failures = 0;

  constructor(firstMs: number, longestMs: number) {
    this.#firstMs = firstMs;
    this.#longestMs = longestMs;
  }

  nextMs(): number {
    const ceilingMs = Math.min(this.#longestMs, this.#firstMs * 2 ** this.#failures++);
    // Spread, so that a class does not come back in the same instant after a restart of the server.
    return ceilingMs * (0.5 + Math.random() / 2);
  }

  /** It is there: the next loss begins anew. */
  reset(): void {
    this.#failures = 0;
  }
}
