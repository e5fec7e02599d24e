/** Messages to and from a sandbox's agents: containers/lab/lib/Vethlab/Frames.pm says the form, and speaks the same. */

export type Field = string | Uint8Array;

const MAX_BYTES = 16 << 20;

export function encodeFrame(fields: readonly Field[]): Buffer {
  const parts: Buffer[] = [Buffer.alloc(4)];
  let length = 0;
  for (const field of fields) {
    const bytes = typeof field === 'string' ? Buffer.from(field) : field;
    const head = Buffer.alloc(4);
    head.writeUInt32BE(bytes.length);
    parts.push(head, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    length += 4 + bytes.length;
  }
  parts[0]?.writeUInt32BE(length);
  return Buffer.concat(parts);
}

/** Cuts a stream of bytes into frames. */
export class FrameReader {
  #pending: Buffer[] = [];
  #size = 0;

  /** Takes what arrived and returns the frames that are whole now, as lists of fields. */
  push(bytes: Buffer): Buffer[][] {
    this.#pending.push(bytes);
    this.#size += bytes.length;
    const frames: Buffer[][] = [];
    for (;;) {
      const length = this.#frameLength();
      if (length === null || this.#size < 4 + length) return frames;
      const whole = Buffer.concat(this.#pending);
      frames.push(fieldsOf(whole.subarray(4, 4 + length)));
      const rest = whole.subarray(4 + length);
      this.#pending = rest.length > 0 ? [rest] : [];
      this.#size = rest.length;
    }
  }

  #frameLength(): number | null {
    if (this.#size < 4) return null;
    const [first] = this.#pending;
    const head = first && first.length >= 4 ? first : Buffer.concat(this.#pending);
    const length = head.readUInt32BE(0);
    if (length > MAX_BYTES) throw new Error(`A frame of ${length} bytes is too large.`);
    return length;
  }
}

function fieldsOf(body: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  for (let offset = 0; offset + 4 <= body.length;) {
    const length = body.readUInt32BE(offset);
    fields.push(body.subarray(offset + 4, offset + 4 + length));
    offset += 4 + length;
  }
  return fields;
}
