/** One browser on one terminal session: what it was sent, what waits for it, and whether it must get the screen anew. */
import { TERMINAL_HIGH_WATER_BYTES } from '../contract/channel-limits.ts';
import { FlowControl } from './flow-control.ts';
import type { TerminalSize } from './runtime.ts';
import type { ScreenSnapshot } from './terminal-screen.ts';
import type { Said } from '../base/sentence.ts';

/** One browser, as the session sees it. */
export interface TerminalClient {
  /** The whole terminal anew; the client forgets what it had. */
  showScreen(screen: ScreenSnapshot, isNewShell: boolean): void;
  /** To be acknowledged when drawn. The bytes are shared with other clients and must not be changed. */
  showOutput(data: Uint8Array): void;
  /** Another client resized the terminal. */
  showSize(size: TerminalSize): void;
  shellExited(exitCode: number): void;
  sessionEnded(reason: Said): void;
  /** Bytes handed over that have not left this process. */
  readonly bufferedBytes: number;
}

/** The shell that an attachment looks at. */
export interface AttachedShell {
  /** The screen of now; output that is on its way to clients is in it. */
  snapshot(): Promise<ScreenSnapshot> | ScreenSnapshot;
  /** To be called when a client has become able or unable to take output. */
  updateFlow(): void;
  resizeBy(attachment: Attachment, size: TerminalSize): void;
  detach(attachment: Attachment): void;
}

/** A client that lags behind others by more gets the screen anew instead of what it missed. */
const CLIENT_QUEUE_BYTES = 256 * 1024;
/** A client that draws nothing for this long (a sleeping computer) no longer holds the shell up. */
const ASLEEP_AFTER_MS = 30_000;
/** One client of one session. Disposing of it leaves the shell running. */
export class Attachment implements Disposable {
  readonly client: TerminalClient;
  readonly #shell: AttachedShell;
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

  constructor(shell: AttachedShell, client: TerminalClient, now: () => number) {
    this.#shell = shell;
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
    else this.#shell.updateFlow();
  }

  resize(size: TerminalSize): void {
    this.#shell.resizeBy(this, size);
  }

  [Symbol.dispose](): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#queue = [];
    this.#queueBytes = 0;
    this.#shell.detach(this);
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
    const pending = this.#shell.snapshot();
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
