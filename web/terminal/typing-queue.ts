/** Lines that the page types for the learner: each one once, as soon as the shell can take it. */

/** A new shell prints its prompt first; quiet after it means that it reads. */
const QUIET_MS = 40;
/** A prompt that does not come is not waited for longer. */
const PATIENCE_MS = 2000;

export class TypingQueue {
  readonly #send: (text: string) => void;
  #lines: string[] = [];
  #isReady = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isWaitingForPrompt = false;

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  add(text: string): void {
    this.#lines.push(text);
    if (this.#isReady) this.#flush();
  }

  /** Connected: at once to a shell that runs, after its prompt to a new one. */
  release(isNewShell: boolean): void {
    clearTimeout(this.#timer);
    this.#isWaitingForPrompt = isNewShell;
    if (isNewShell) this.#timer = setTimeout(() => this.#become(), PATIENCE_MS);
    else this.#become();
  }

  sawOutput(): void {
    if (!this.#isWaitingForPrompt) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#become(), QUIET_MS);
  }

  /** The connection is lost: what was not sent waits for the next one. */
  hold(): void {
    clearTimeout(this.#timer);
    this.#isReady = false;
    this.#isWaitingForPrompt = false;
  }

  /** The shell has ended: lines meant for it go to no other one. */
  clear(): void {
    this.hold();
    this.#lines = [];
  }

  #become(): void {
    this.#isWaitingForPrompt = false;
    this.#isReady = true;
    this.#flush();
  }

  #flush(): void {
    for (let line = this.#lines.shift(); line !== undefined; line = this.#lines.shift()) this.#send(line);
  }
}
