/**
 * One shell on one pty, which outlives the browsers that look at it. Knows no socket and no learner: whoever attaches gets
 * output, bounded by what it acknowledges, and the screen as it was.
 */
import { DisposableStore, Emitter } from '../base/disposable.ts';
import type { Pty, TerminalSize } from './runtime.ts';
import { Attachment, type AttachedShell, type TerminalClient } from './terminal-attachment.ts';
import { TerminalScreen, type ScreenSnapshot } from './terminal-screen.ts';
import type { Said } from '../base/sentence.ts';

/** Output that follows other output waits this long for more; what follows silence goes at once. */
const BATCH_MS = 3;
const BATCH_BYTES = 32 * 1024;
/** Nobody looks: the shell goes on at this pace. */
const UNWATCHED_BYTES_PER_SLICE = 128 * 1024;
const SLICE_MS = 100;
/** Of keystrokes that no program reads, more are lost, as the kernel loses them: one who connects again and again sends on. */
const MOST_PENDING_INPUT_BYTES = 1024 * 1024;

export class TerminalSession implements AttachedShell, Disposable {
  readonly #pty: Pty;
  readonly #now: () => number;
  readonly #store = new DisposableStore();
  readonly #screen: TerminalScreen;
  readonly #clients = new Set<Attachment>();
  readonly #exited = new Emitter<number>();
  #batch: Uint8Array[] = [];
  #batchBytes = 0;
  #batchTimer: NodeJS.Timeout | null = null;
  #isPaused = false;
  #sliceBytes = 0;
  #sliceTimer: NodeJS.Timeout | null = null;
  #exitCode: number | null = null;
  #hadClient = false;
  #outputBytes = 0;

  /** `now` is a monotonic clock in milliseconds. */
  constructor(pty: Pty, size: TerminalSize, now: () => number = () => performance.now()) {
    this.#pty = pty;
    this.#now = now;
    this.#screen = this.#store.add(new TerminalScreen(size, () => this.updateFlow()));
    this.#store.add(pty.onData((data) => this.#receive(data)));
    this.#store.add(pty.onExit((exitCode) => this.#exit(exitCode)));
  }

  /** Null while the shell runs. */
  get exitCode(): number | null {
    return this.#exitCode;
  }

  /** The shell has exited, or the session was closed. */
  get hasEnded(): boolean {
    return this.#exitCode !== null || this.#store.isDisposed;
  }

  get clientCount(): number {
    return this.#clients.size;
  }

  get size(): TerminalSize {
    return this.#screen.size;
  }

  /** Bytes that the shell has written so far. */
  get outputBytes(): number {
    return this.#outputBytes;
  }

  /** Keystrokes on their way to programs that do not read them; 0 where the runtime cannot tell. */
  get pendingInputBytes(): number {
    return this.#pty.pendingInputBytes ?? 0;
  }

  /** Heard once, when the shell exits by itself. */
  onExit(listener: (exitCode: number) => void): Disposable {
    return this.#exited.listen(listener);
  }

  /** The client gets the screen first (at once for a new shell), then all that follows it. Its size becomes the terminal's. */
  attach(client: TerminalClient, size: TerminalSize): Attachment {
    const attachment = new Attachment(this, client, this.#now);
    this.#flush();
    this.#clients.add(attachment);
    this.#resize(size, attachment);
    const isNewShell = !this.#hadClient;
    this.#hadClient = true;
    if (this.#exitCode !== null) attachment.finish(this.#exitCode);
    void attachment.restore(isNewShell);
    return attachment;
  }

  write(data: string | Uint8Array): void {
    if (!this.hasEnded && this.pendingInputBytes < MOST_PENDING_INPUT_BYTES) this.#pty.write(data);
  }

  /** Ends the shell and tells whoever looks why; for a sandbox that has ended. */
  end(reason: Said): void {
    if (this.#store.isDisposed) return;
    const clients = [...this.#clients];
    this[Symbol.dispose]();
    for (const attachment of clients) attachment.client.sessionEnded(reason);
  }

  /** Ends the shell. */
  [Symbol.dispose](): void {
    if (this.#store.isDisposed) return;
    if (this.#batchTimer) clearTimeout(this.#batchTimer);
    if (this.#sliceTimer) clearTimeout(this.#sliceTimer);
    this.#clients.clear();
    this.#store[Symbol.dispose]();
    // A paused pty would keep node-pty from noticing the end.
    if (this.#isPaused) this.#pty.resume();
    if (this.#exitCode === null) this.#pty.kill();
  }

  /** @internal */
  detach(attachment: Attachment): void {
    this.#clients.delete(attachment);
    this.updateFlow();
  }

  /** @internal */
  resizeBy(attachment: Attachment, size: TerminalSize): void {
    if (this.#clients.has(attachment)) this.#resize(size, attachment);
  }

  /** @internal */
  snapshot(): Promise<ScreenSnapshot> | ScreenSnapshot {
    this.#flush();
    if (this.#screen.isEmpty) return { data: '', size: this.#screen.size, unfinished: new Uint8Array(0) };
    return this.#screen.snapshot();
  }

  /** @internal Pauses or resumes the pty by what clients, screen and pace allow. */
  updateFlow(): void {
    if (this.hasEnded) return;
    let isAnyoneAwake = false;
    let isAnyoneReady = false;
    for (const attachment of this.#clients) {
      if (attachment.isAsleep) continue;
      isAnyoneAwake = true;
      if (attachment.isReady) isAnyoneReady = true;
    }
    const isWanted = isAnyoneAwake ? isAnyoneReady : this.#sliceBytes < UNWATCHED_BYTES_PER_SLICE;
    const shouldPause = !isWanted || this.#screen.isFull;
    if (shouldPause === this.#isPaused) return;
    this.#isPaused = shouldPause;
    if (shouldPause) this.#pty.pause();
    else this.#pty.resume();
  }

  #receive(data: Uint8Array): void {
    this.#outputBytes += data.length;
    this.#batch.push(data);
    this.#batchBytes += data.length;
    if (!this.#batchTimer) {
      this.#flush();
      this.#batchTimer = setTimeout(() => {
        this.#batchTimer = null;
        this.#flush();
      }, BATCH_MS);
    } else if (this.#batchBytes >= BATCH_BYTES) this.#flush();
    this.#sliceBytes += data.length;
    this.#sliceTimer ??= setTimeout(() => this.#nextSlice(), SLICE_MS);
    this.#screen.write(data);
    this.updateFlow();
  }

  /** Also wakes up to see who has fallen asleep. */
  #nextSlice(): void {
    const isBusy = this.#sliceBytes > 0;
    this.#sliceBytes = 0;
    this.#sliceTimer = isBusy || this.#isPaused ? setTimeout(() => this.#nextSlice(), SLICE_MS) : null;
    this.updateFlow();
  }

  #flush(): void {
    if (this.#batchBytes === 0) return;
    const frame = this.#batch.length === 1 ? this.#batch[0]! : Buffer.concat(this.#batch, this.#batchBytes);
    this.#batch = [];
    this.#batchBytes = 0;
    for (const attachment of this.#clients) attachment.deliver(frame);
  }

  #resize(size: TerminalSize, by: Attachment): void {
    const { columns, rows } = this.#screen.size;
    if (size.columns === columns && size.rows === rows) return;
    this.#flush();
    this.#screen.resize(size);
    if (!this.hasEnded) this.#pty.resize(size);
    for (const attachment of this.#clients) if (attachment !== by) attachment.client.showSize(size);
  }

  #exit(exitCode: number): void {
    if (this.hasEnded) return;
    this.#flush();
    this.#exitCode = exitCode;
    for (const attachment of this.#clients) attachment.finish(exitCode);
    this.#exited.emit(exitCode);
  }
}
