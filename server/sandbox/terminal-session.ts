/**
 * One shell on one pty, which outlives the browsers that look at it. Knows no socket and no learner: whoever attaches gets
 * output, bounded by what it acknowledges, and the screen as it was.
 */
import { DisposableStore, Emitter } from '../base/disposable.ts';
import { TERMINAL_HIGH_WATER_BYTES } from '../contract/frames.ts';
import { FlowControl } from './flow-control.ts';
import type { Pty, TerminalSize } from './runtime.ts';
import { TerminalScreen, type ScreenSnapshot } from './terminal-screen.ts';

/** One browser, as the session sees it. */
export interface TerminalClient {
  /** The whole terminal anew; the client forgets what it had. */
  showScreen(screen: ScreenSnapshot, isNewShell: boolean): void;
  /** To be acknowledged when drawn. The bytes are shared with other clients and must not be changed. */
  showOutput(data: Uint8Array): void;
  /** Another client resized the terminal. */
  showSize(size: TerminalSize): void;
  shellExited(exitCode: number): void;
  sessionEnded(reason: string): void;
  /** Bytes handed over that have not left this process. */
  readonly bufferedBytes: number;
}

/** Output that follows other output waits this long for more; what follows silence goes at once. */
const BATCH_MS = 3;
const BATCH_BYTES = 32 * 1024;
/** A client that lags behind others by more gets the screen anew instead of what it missed. */
const CLIENT_QUEUE_BYTES = 256 * 1024;
/** A client that draws nothing for this long (a sleeping computer) no longer holds the shell up. */
const ASLEEP_AFTER_MS = 30_000;
/** Nobody looks: the shell goes on at this pace. */
const UNWATCHED_BYTES_PER_SLICE = 128 * 1024;
const SLICE_MS = 100;

export class TerminalSession implements Disposable {
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
    if (!this.hasEnded) this.#pty.write(data);
  }

  /** Ends the shell and tells whoever looks why; for a sandbox that has ended. */
  end(reason: string): void {
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
    for (const attachment of [...this.#clients]) attachment.finish(exitCode);
    this.#exited.emit(exitCode);
  }
}

/** One client of one session. Disposing of it leaves the shell running. */
export class Attachment implements Disposable {
  readonly client: TerminalClient;
  readonly #session: TerminalSession;
  readonly #flow: FlowControl;
  readonly #now: () => number;
  #queue: Uint8Array[] = [];
  #queueBytes = 0;
  #lastProgressMs: number;
  #isRestoring = false;
  #hasScreen = false;
  #isStale = false;
  #isDisposed = false;
  #exitCode: number | null = null;

  constructor(session: TerminalSession, client: TerminalClient, now: () => number) {
    this.#session = session;
    this.client = client;
    this.#now = now;
    this.#flow = new FlowControl(now);
    this.#lastProgressMs = now();
  }

  /** Takes more output now. */
  get isReady(): boolean {
    return !this.#isRestoring && this.#queueBytes === 0 && this.#canSend;
  }

  get isAsleep(): boolean {
    return !this.isReady && this.#now() - this.#lastProgressMs > ASLEEP_AFTER_MS;
  }

  get #canSend(): boolean {
    return this.#flow.isOpen && this.client.bufferedBytes < TERMINAL_HIGH_WATER_BYTES;
  }

  /** Returns false when the client claims to have drawn more than it was sent. */
  acknowledge(totalBytes: number): boolean {
    if (!this.#flow.acknowledged(totalBytes)) return false;
    this.proceed();
    return true;
  }

  /** To be called when `bufferedBytes` has fallen. */
  proceed(): void {
    if (this.#isDisposed || this.#isRestoring || !this.#hasScreen) return;
    if (this.#canSend) this.#lastProgressMs = this.#now();
    while (this.#queue.length > 0 && this.#canSend) {
      const frame = this.#queue.shift()!;
      this.#queueBytes -= frame.length;
      this.#send(frame);
    }
    if (this.#queueBytes === 0 && this.#exitCode !== null) this.#tellExit();
    else if (this.#isStale && this.#canSend) void this.restore(false);
    else this.#session.updateFlow();
  }

  resize(size: TerminalSize): void {
    this.#session.resizeBy(this, size);
  }

  [Symbol.dispose](): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#queue = [];
    this.#queueBytes = 0;
    this.#session.detach(this);
  }

  /** @internal */
  deliver(frame: Uint8Array): void {
    if (this.#isStale) return;
    if (!this.#isRestoring && this.#queueBytes === 0 && this.#canSend) return this.#send(frame);
    this.#queue.push(frame);
    this.#queueBytes += frame.length;
    if (this.#queueBytes > CLIENT_QUEUE_BYTES) {
      this.#queue = [];
      this.#queueBytes = 0;
      this.#isStale = true;
    }
  }

  /** @internal The shell has exited: what is queued goes first. */
  finish(exitCode: number): void {
    this.#exitCode = exitCode;
    this.proceed();
  }

  /** @internal Sends the screen of now; output that comes meanwhile follows it. */
  async restore(isNewShell: boolean): Promise<void> {
    this.#isStale = false;
    this.#queue = [];
    this.#queueBytes = 0;
    const pending = this.#session.snapshot();
    if (pending instanceof Promise) this.#isRestoring = true;
    const screen = pending instanceof Promise ? await pending : pending;
    this.#isRestoring = false;
    if (this.#isDisposed) return;
    this.#hasScreen = true;
    this.client.showScreen(screen, isNewShell);
    if (screen.unfinished.length > 0) this.#send(screen.unfinished);
    this.proceed();
  }

  #send(frame: Uint8Array): void {
    this.#flow.sent(frame.length);
    this.#lastProgressMs = this.#now();
    this.client.showOutput(frame);
  }

  #tellExit(): void {
    const exitCode = this.#exitCode!;
    this[Symbol.dispose]();
    this.client.shellExited(exitCode);
  }
}
