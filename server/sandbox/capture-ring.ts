/**
 * Reads a capture's ring of pcap files while tcpdump writes it. The file `G-N` (or `G-` for the first) is the N-th of the G-th
 * tcpdump; containers/lab/lib/Vethlab/Capture.pm runs them. Knows records and files, no packets.
 */
import type { Outer } from './runtime.ts';
import type { CaptureChunk, CaptureCursor, CaptureFiles } from './sandbox.ts';

const FILE_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 16;
/** Files of one tcpdump; it takes years to write that many. */
const FILES_PER_GENERATION = 2 ** 24;
/** More than a file of the ring: it is read in one piece, and copied nowhere. */
const PIECE_BYTES = 2 << 20;
/** One call returns at most about this much; the next one goes on. */
const CHUNK_BYTES = 2_000_000;

interface RingFile {
  readonly sequence: number;
  readonly name: string;
}

export class CaptureRing implements CaptureFiles {
  readonly path: string;
  readonly #outer: Outer;

  constructor(outer: Outer, directory: string) {
    this.#outer = outer;
    this.path = directory;
  }

  async readSince(cursor: CaptureCursor | null): Promise<CaptureChunk> {
    const ring = ringFiles(await this.#outer.listFiles(this.path));
    const start = cursor ?? { file: ring[0]?.sequence ?? 0, offset: FILE_HEADER_BYTES };
    const isGap = cursor !== null && ring.length > 0 && !ring.some(({ sequence }) => sequence === cursor.file);
    const chunks: Buffer[] = [];
    let position: CaptureCursor = start;
    let size = 0;
    for (const { sequence, name } of ring) {
      if (sequence < start.file) continue;
      if (size >= CHUNK_BYTES) break;
      const offset = sequence === start.file ? start.offset : FILE_HEADER_BYTES;
      const bytes = await this.#read(`${this.path}/${name}`, offset, CHUNK_BYTES - size);
      // A file can go between the listing and the reading; the next call sees the gap.
      if (bytes === null) break;
      const whole = bytes.subarray(0, wholeRecords(bytes));
      chunks.push(whole);
      size += whole.length;
      position = { file: sequence, offset: offset + whole.length };
    }
    return { records: joined(chunks), cursor: position, isGap };
  }

  async #read(path: string, from: number, limit: number): Promise<Buffer | null> {
    const pieces: Buffer[] = [];
    for (let offset = from; ;) {
      const piece = await this.#outer.readPart(path, offset, PIECE_BYTES);
      if (piece === null) return pieces.length > 0 ? joined(pieces) : null;
      pieces.push(piece);
      offset += piece.length;
      if (piece.length < PIECE_BYTES || offset - from >= limit) return joined(pieces);
    }
  }
}

/** Of one piece, the piece itself: a flood is read many times a second. */
function joined(pieces: readonly Buffer[]): Buffer {
  const [only] = pieces;
  return pieces.length === 1 && only ? only : Buffer.concat(pieces);
}

/** The ring's files, oldest first. */
export function ringFiles(names: readonly string[]): RingFile[] {
  const files: RingFile[] = [];
  for (const name of names) {
    const match = /^(\d+)-(\d*)$/.exec(name);
    if (match) files.push({ name, sequence: Number(match[1]) * FILES_PER_GENERATION + Number(match[2] || 0) });
  }
  return files.sort((a, b) => a.sequence - b.sequence);
}

/** How many of the bytes, from their start, are whole pcap records (struct pcaprec_hdr, little endian). */
export function wholeRecords(bytes: Buffer): number {
  let offset = 0;
  while (offset + RECORD_HEADER_BYTES <= bytes.length) {
    const next = offset + RECORD_HEADER_BYTES + bytes.readUInt32LE(offset + 8);
    if (next > bytes.length) break;
    offset = next;
  }
  return offset;
}
