/** The page's side of the packet channel of one figure: says what it looks at, hears packets, connects again by itself. */
import { CLOSE_FORBIDDEN, CLOSE_NOT_FOUND, CLOSE_NOT_SIGNED_IN } from '../../server/contract/channel-limits.ts';
import type { PacketHeader, PacketNotice, PacketRequest } from '../../server/contract/packets.ts';
import { readRecords, RECORDS, type PacketRecord } from '../../server/packet/pcap.ts';
import { Backoff } from '../ui/backoff.ts';
import { pageLanguage } from '../ui/i18n/page-language.ts';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;
const REFUSALS: ReadonlySet<number> = new Set([CLOSE_NOT_SIGNED_IN, CLOSE_FORBIDDEN, CLOSE_NOT_FOUND]);
export interface PacketSocketHandlers {
  /** A connection stands: what is wanted has to be said anew. */
  onOpen(): void;
  onPackets(header: PacketHeader, records: readonly PacketRecord[]): void;
  onNotice(notice: PacketNotice): void;
}

export class PacketSocket {
  readonly #url: string;
  readonly #handlers: PacketSocketHandlers;
  #socket: WebSocket | null = null;
  readonly #backoff = new Backoff(FIRST_DELAY_MS, LONGEST_DELAY_MS);
  #retry: ReturnType<typeof setTimeout> | undefined;
  #isWanted = false;

  constructor(attemptId: string, handlers: PacketSocketHandlers) {
    this.#url = `${location.origin.replace(/^http/, 'ws')}/ws/attempts/${encodeURIComponent(attemptId)}/packets?language=${pageLanguage}`;
    this.#handlers = handlers;
  }

  /** Without a connection the server reads nothing for this page. */
  setWanted(isWanted: boolean): void {
    if (this.#isWanted === isWanted) return;
    this.#isWanted = isWanted;
    clearTimeout(this.#retry);
    if (isWanted) return this.#connect();
    this.#socket?.close();
    this.#socket = null;
    this.#backoff.reset();
  }

  /** False while there is no connection. */
  ask(request: PacketRequest): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(request));
    return true;
  }

  #connect(): void {
    const socket = new WebSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.addEventListener('open', () => {
      if (socket === this.#socket) this.#handlers.onOpen();
    });
    socket.addEventListener('message', (event: MessageEvent<string | ArrayBuffer>) => {
      if (socket !== this.#socket) return;
      this.#backoff.reset();
      // Frames come from the server that made this page and are typed by the same contract: they are not parsed again.
      if (typeof event.data === 'string') this.#handlers.onNotice(JSON.parse(event.data) as PacketNotice);
      else this.#open(event.data);
    });
    socket.addEventListener('close', (event) => {
      if (socket !== this.#socket) return;
      this.#socket = null;
      if (!this.#isWanted || REFUSALS.has(event.code)) return;
      this.#retry = setTimeout(() => this.#connect(), this.#backoff.nextMs());
    });
  }

  #open(data: ArrayBuffer): void {
    const length = new DataView(data).getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 4, length))) as PacketHeader;
    this.#handlers.onPackets(header, [...readRecords(new Uint8Array(data, 4 + length), 0, RECORDS)]);
  }
}
