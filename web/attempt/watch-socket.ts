/** The channel of living pictures: tells the server what is on the screen, hears what differs, connects again by itself. */
import { CLOSE_FORBIDDEN, CLOSE_NOT_FOUND, CLOSE_NOT_SIGNED_IN } from '../../server/contract/channel-limits.ts';
import type { WatchFrame, WatchRequest } from '../../server/contract/watch.ts';
import { Backoff } from '../ui/backoff.ts';
import { pageLanguage } from '../ui/i18n/page-language.ts';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;
/** Looks that change together are told together. */
const GATHER_MS = 30;
const REFUSALS: ReadonlySet<number> = new Set([CLOSE_NOT_SIGNED_IN, CLOSE_FORBIDDEN, CLOSE_NOT_FOUND]);

export class WatchSocket {
  readonly #url: string;
  readonly #onFrame: (frame: WatchFrame) => void;
  readonly #backoff = new Backoff(FIRST_DELAY_MS, LONGEST_DELAY_MS);
  #socket: WebSocket | null = null;
  #look: WatchRequest | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #isRefused = false;

  constructor(attemptId: string, onFrame: (frame: WatchFrame) => void) {
    this.#url = `${location.origin.replace(/^http/, 'ws')}/ws/attempts/${encodeURIComponent(attemptId)}/watch?language=${pageLanguage}`;
    this.#onFrame = onFrame;
    // A page that comes back from the browser's cache has a dead socket.
    addEventListener('pageshow', (event) => event.persisted && this.#connect());
  }

  /** What is on the screen from now on; null ends the connection. */
  look(request: WatchRequest | null): void {
    this.#look = request;
    clearTimeout(this.#gathering);
    this.#gathering = setTimeout(() => this.#tell(), GATHER_MS);
  }

  #tell(): void {
    if (this.#look === null) {
      clearTimeout(this.#retry);
      this.#socket?.close();
      this.#socket = null;
      this.#backoff.reset();
    } else if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(this.#look));
    else this.#connect();
  }

  #connect(): void {
    if (this.#isRefused || this.#look === null || this.#socket?.readyState === WebSocket.CONNECTING) return;
    clearTimeout(this.#retry);
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.addEventListener('open', () => socket === this.#socket && this.#tell());
    socket.addEventListener('message', (event: MessageEvent<string>) => {
      if (socket !== this.#socket) return;
      this.#backoff.reset();
      // Frames come from the server that made this page and are typed by the same contract: they are not parsed again.
      this.#onFrame(JSON.parse(event.data) as WatchFrame);
    });
    socket.addEventListener('close', (event) => {
      if (socket !== this.#socket) return;
      this.#socket = null;
      this.#isRefused = REFUSALS.has(event.code);
      this.#retry = setTimeout(() => this.#connect(), this.#backoff.nextMs());
    });
  }
}
