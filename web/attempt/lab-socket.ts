/** The channel on which the server tells what changed in one attempt; connects again by itself. Knows no page. */
import { signal, type ReadonlySignal } from '@preact/signals';
import { CLOSE_FORBIDDEN, CLOSE_NOT_FOUND, CLOSE_NOT_SIGNED_IN } from '../../server/contract/channel-limits.ts';
import type { LabFrame } from '../../server/contract/frames.ts';
import { Backoff } from '../ui/backoff.ts';
import { pageLanguage } from '../ui/i18n/page-language.ts';
import { whenBack } from '../ui/when-back.ts';

/**
 * `waiting`: lost, next try at `retryAtMs` (of performance.now()). `refused`: the server does not let this page in any more
 * (signed out elsewhere, attempt replaced): only loading the page again helps.
 */
export type Connection =
  { readonly state: 'connecting' | 'online' | 'refused' } | { readonly state: 'waiting'; readonly retryAtMs: number };

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;
const REFUSALS: ReadonlySet<number> = new Set([CLOSE_NOT_SIGNED_IN, CLOSE_FORBIDDEN, CLOSE_NOT_FOUND]);

export class LabSocket {
  readonly #connection = signal<Connection>({ state: 'connecting' });
  readonly #url: string;
  readonly #onFrame: (frame: LabFrame) => void;
  readonly #backoff = new Backoff(FIRST_DELAY_MS, LONGEST_DELAY_MS);
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(attemptId: string, onFrame: (frame: LabFrame) => void) {
    this.#url = `${location.origin.replace(/^http/, 'ws')}/ws/attempts/${encodeURIComponent(attemptId)}?language=${pageLanguage}`;
    this.#onFrame = onFrame;
    whenBack(() => this.retryNow());
    this.#connect();
  }

  get connection(): ReadonlySignal<Connection> {
    return this.#connection;
  }

  retryNow(): void {
    if (this.#connection.value.state !== 'waiting') return;
    clearTimeout(this.#timer);
    this.#connect();
  }

  #connect(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#connection.value = { state: 'connecting' };
    socket.addEventListener('message', (event: MessageEvent<string>) => {
      // Frames come from the server that made this page and are typed by the same contract: they are not parsed again.
      const frame = JSON.parse(event.data) as LabFrame;
      this.#backoff.reset();
      if (this.#connection.value.state !== 'online') this.#connection.value = { state: 'online' };
      this.#onFrame(frame);
    });
    socket.addEventListener('close', (event) => {
      if (socket !== this.#socket) return;
      this.#socket = null;
      if (REFUSALS.has(event.code)) this.#connection.value = { state: 'refused' };
      else this.#waitAndRetry();
    });
  }

  #waitAndRetry(): void {
    const delayMs = this.#backoff.nextMs();
    this.#connection.value = { state: 'waiting', retryAtMs: performance.now() + delayMs };
    this.#timer = setTimeout(() => this.#connect(), delayMs);
  }
}
