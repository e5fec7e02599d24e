/** A learner's terminal without a browser: types, and waits for what it wants to see. */
import type { WebSocket } from 'ws';
import { TerminalNotice } from '../../server/contract/frames.ts';

export class LearnerTerminal {
  readonly socket: WebSocket;
  readonly notices: TerminalNotice[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  #output = '';
  #bytes = 0;

  constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    );
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) {
        this.#bytes += data.length;
        this.#output = (this.#output + data.toString()).slice(-65_536);
        socket.send(JSON.stringify({ type: 'ack', bytes: this.#bytes }));
        return;
      }
      const notice = TerminalNotice.parse(JSON.parse(data.toString()));
      this.notices.push(notice);
      if (notice.type === 'screen') this.#output += notice.data;
    });
  }

  get output(): string {
    return this.#output;
  }

  type(text: string): void {
    this.socket.send(Buffer.from(text), { binary: true });
  }

  /** Waits until the output since the last match matches, and takes it away. */
  async see(pattern: RegExp, deadlineMs = 10_000): Promise<string> {
    const until = performance.now() + deadlineMs;
    for (;;) {
      const match = pattern.exec(this.#output);
      if (match) {
        this.#output = this.#output.slice(match.index + match[0].length);
        return match[0];
      }
      if (performance.now() > until)
        throw new Error(
          `Not seen in ${deadlineMs} ms: ${pattern}; output: ${JSON.stringify(this.#output.slice(-400))}`,
        );
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
