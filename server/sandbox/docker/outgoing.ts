/** What is on its way to a channel: no more is in flight than the other end can be expected to take. */
import type { Channel } from './gate.ts';

const WINDOW_BYTES = 256 * 1024;
const FRAME_BYTES = 64 * 1024;

export class Outgoing {
  readonly #channel: Channel;
  readonly #waiting: (() => void)[] = [];
  #bytes = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  /** Bytes sent that have not arrived where they should. */
  get pendingBytes(): number {
    return this.#bytes;
  }

  /** `onRoom` is called when more may be sent. */
  send(bytes: Buffer, onRoom: () => void): void {
    for (let offset = 0; offset < bytes.length; offset += FRAME_BYTES) {
      this.#channel.send('data', bytes.subarray(offset, offset + FRAME_BYTES));
    }
    this.#bytes += bytes.length;
    if (this.#bytes < WINDOW_BYTES) onRoom();
    else this.#waiting.push(onRoom);
  }

  /** The other end says how much it took. */
  took(count: number): void {
    this.#bytes -= count;
    if (this.#bytes < WINDOW_BYTES) this.release();
  }

  /** Lets everybody go on, because it ended. */
  release(): void {
    for (const onRoom of this.#waiting.splice(0)) onRoom();
  }
}
