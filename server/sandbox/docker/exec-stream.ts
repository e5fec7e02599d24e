/** Takes apart what a Docker exec without a TTY sends: chunks of both outputs on one connection (Engine API, "Stream format"). */

const HEADER_BYTES = 8;
const STDOUT = 1;

export class ExecStreamReader {
  readonly #onOutput: (bytes: Buffer) => void;
  readonly #onError: (bytes: Buffer) => void;
  #header = Buffer.alloc(0);
  #left = 0;
  #isOutput = true;

  constructor(onOutput: (bytes: Buffer) => void, onError: (bytes: Buffer) => void) {
    this.#onOutput = onOutput;
    this.#onError = onError;
  }

  push(bytes: Buffer): void {
    let rest = bytes;
    while (rest.length > 0) {
      if (this.#left > 0) {
        const part = rest.subarray(0, this.#left);
        this.#left -= part.length;
        rest = rest.subarray(part.length);
        (this.#isOutput ? this.#onOutput : this.#onError)(part);
        continue;
      }
      const missing = HEADER_BYTES - this.#header.length;
      this.#header = Buffer.concat([this.#header, rest.subarray(0, missing)]);
      rest = rest.subarray(missing);
      if (this.#header.length < HEADER_BYTES) return;
      this.#isOutput = this.#header[0] === STDOUT;
      this.#left = this.#header.readUInt32BE(4);
      this.#header = Buffer.alloc(0);
    }
  }
}
