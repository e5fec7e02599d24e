/**
 * What a terminal shows, kept for whoever connects again, at the price of a copy of its last output: bytes are scanned as
 * they come and drawn (in a headless xterm) only when somebody asks, or when they cannot be shortened otherwise.
 *
 * Kept are a base (sequences that set modes, or an earlier drawing) and the output since then in blocks. When there is too
 * much of it, blocks that have scrolled out of reach are dropped: allowed where a block begins behind a CR LF in the plain
 * normal buffer and only scrolling output follows, enough to push everything older out ({@link EscapeScanner}); the modes and
 * colours that hold at the cut become the base. So a flood costs a scan and nothing is drawn. Output that addresses the
 * screen (vim, top) has no such cut: it is drawn, in slices, and the drawing becomes the base.
 */
import { SerializeAddon } from '@xterm/addon-serialize';
import headless, { type Terminal } from '@xterm/headless';
import { EscapeScanner } from './escape-scanner.ts';
import type { TerminalSize } from './runtime.ts';

export interface ScreenSnapshot {
  /** To be written to a terminal that was just reset and has this size. */
  readonly data: string;
  readonly size: TerminalSize;
  /** Output that belongs behind `data` but is an unfinished sequence or character. */
  readonly unfinished: Uint8Array;
}

const SCROLLBACK_LINES = 1000;
const BLOCK_BYTES = 16 * 1024;
const LARGE_BLOCK_BYTES = 32 * 1024;
const LARGEST_BLOCK_BYTES = 128 * 1024;
const FIRST_BLOCK_BYTES = 512;
const FLOOD_CHUNK_BYTES = 2048;
/** From here on it is tried to keep less. */
const TRIM_AT_BYTES = 128 * 1024;
/** Scrollback is {@link SCROLLBACK_LINES} lines or this many bytes, whichever is less. */
const KEEP_BYTES = 80 * 1024;
const DRAW_AT_BYTES = 192 * 1024;
const FULL_AT_BYTES = 384 * 1024;
/** A drawing that took t milliseconds is followed by a pause of this many t, so that no terminal takes the server's time from others. */
const REST_FACTOR = 3;

export class TerminalScreen implements Disposable {
  readonly #scanner = new EscapeScanner();
  #size: TerminalSize;
  /** Size at the base. */
  #baseSize: TerminalSize;
  #base = '';
  #entries: Entry[] = [];
  #bytes = 0;
  #isDrawing = false;
  #generation = 0;
  #rest: NodeJS.Timeout | null = null;
  #onRoom: () => void;
  #isDisposed = false;

  /** `onRoom` is called when {@link isFull} has become false. */
  constructor(size: TerminalSize, onRoom: () => void = () => {}) {
    this.#size = this.#baseSize = size;
    this.#onRoom = onRoom;
  }

  get size(): TerminalSize {
    return this.#size;
  }

  /** Nothing was written yet. */
  get isEmpty(): boolean {
    return this.#base === '' && this.#bytes === 0;
  }

  /** True while drawing lags so far behind that the pty should wait. */
  get isFull(): boolean {
    return this.#bytes >= FULL_AT_BYTES;
  }

  /** Bytes of memory that the contents take. */
  get heldBytes(): number {
    return this.#entries.reduce((sum, entry) => sum + (entry instanceof Block ? entry.capacity : 0), this.#base.length);
  }

  write(data: Uint8Array): void {
    for (let offset = 0; offset < data.length;) {
      const block = this.#blockToFill();
      const next = this.#scanner.scan(data, offset, offset + BLOCK_BYTES - block.length);
      block.append(data.subarray(offset, next), this.#scanner.takeResult());
      this.#bytes += next - offset;
      offset = next;
    }
    if (this.#bytes < TRIM_AT_BYTES) return;
    this.#dropScrolledOut();
    if (this.#bytes >= DRAW_AT_BYTES && !this.#isDrawing && !this.#rest) void this.#drawOlder();
  }

  resize(size: TerminalSize): void {
    if (size.columns === this.#size.columns && size.rows === this.#size.rows) return;
    this.#size = size;
    // Of sizes between which nothing was written, the last is the one to draw at: a window that is dragged has hundreds.
    if (this.#entries.length > 0 && !(this.#entries.at(-1) instanceof Block)) this.#entries.pop();
    if (this.#entries.length === 0 && this.#base === '') this.#baseSize = size;
    else this.#entries.push(size);
  }

  /** What the terminal shows at the moment of the call; takes tens of milliseconds, in slices. */
  async snapshot(): Promise<ScreenSnapshot> {
    const size = this.#size;
    const unfinished = Buffer.concat([Buffer.from(this.#scanner.unfinished, 'latin1'), this.#unfinishedCharacter()]);
    if (this.isEmpty) return { data: '', size, unfinished };
    const modes = this.#scanner.modesAfterDrawing;
    const data = await draw(this.#baseSize, this.#base, this.#entries.map(copyOfEntry));
    return { data: data + modes, size, unfinished };
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#generation++;
    if (this.#rest) clearTimeout(this.#rest);
    this.#entries = [];
    this.#base = '';
    this.#bytes = 0;
  }

  #blockToFill(): Block {
    const last = this.#entries.at(-1);
    const canCut = this.#scanner.canCutHere;
    if (last instanceof Block) {
      // Without a place to cut, a block ends at least between two sequences and two characters, if there is such a place.
      const isBetween = this.#scanner.isGround && last.length > 0 && last.bytes[last.length - 1]! < 0x80;
      if (last.length < (canCut ? BLOCK_BYTES : isBetween ? LARGE_BLOCK_BYTES : LARGEST_BLOCK_BYTES)) return last;
    }
    const block = new Block(canCut, this.#scanner);
    this.#entries.push(block);
    return block;
  }

  #dropScrolledOut(): void {
    let lineFeeds = 0;
    let bytes = 0;
    for (let index = this.#entries.length - 1; index > 0; index--) {
      const block = this.#entries[index]!;
      if (!(block instanceof Block) || block.hasBarrier) return;
      lineFeeds += block.lineFeeds;
      bytes += block.length;
      const isEnough =
        lineFeeds > this.#size.rows + SCROLLBACK_LINES || (bytes >= KEEP_BYTES && lineFeeds > this.#size.rows);
      if (!block.canCutBefore || !isEnough) continue;
      this.#entries.splice(0, index);
      this.#replaceBase(block.modesBefore, this.#size);
      return;
    }
  }

  #replaceBase(base: string, size: TerminalSize): void {
    const wasFull = this.isFull;
    this.#base = base;
    this.#baseSize = size;
    this.#bytes = this.#entries.reduce((sum, entry) => sum + (entry instanceof Block ? entry.length : 0), 0);
    this.#generation++;
    if (wasFull && !this.isFull) this.#onRoom();
  }

  /** Draws all but the newest block and keeps the drawing instead of them. */
  async #drawOlder(): Promise<void> {
    let count = this.#entries.length - 1;
    while (count > 0 && !beginsInGround(this.#entries[count]!)) count--;
    // A single sequence that is longer than all that is kept means nothing to a terminal.
    if (count === 0) count = this.#entries.length - 1;
    const next = this.#entries[count];
    const modes = next instanceof Block ? next.modesAfterDrawing : '';
    const older = this.#entries.slice(0, count);
    const sizeAfter = older.findLast((entry) => !(entry instanceof Block)) as TerminalSize | undefined;
    const generation = this.#generation;
    this.#isDrawing = true;
    const startedMs = performance.now();
    const drawing = await draw(this.#baseSize, this.#base, older.map(copyOfEntry));
    this.#isDrawing = false;
    if (this.#isDisposed) return;
    const restMs = REST_FACTOR * (performance.now() - startedMs);
    this.#rest = setTimeout(() => {
      this.#rest = null;
      if (this.#bytes >= DRAW_AT_BYTES) void this.#drawOlder();
    }, restMs);
    // A cut in the meantime has made the drawing worthless.
    if (generation !== this.#generation) return;
    this.#entries.splice(0, count);
    this.#replaceBase(drawing + modes, sizeAfter ?? this.#baseSize);
  }

  /** The first bytes of a UTF-8 character whose last ones have not come. */
  #unfinishedCharacter(): Uint8Array {
    const last = this.#entries.at(-1);
    if (!(last instanceof Block) || !this.#scanner.isGround) return new Uint8Array(0);
    const bytes = last.bytes;
    for (let back = 1; back <= Math.min(3, bytes.length); back++) {
      const byte = bytes[bytes.length - back]!;
      if (byte < 0x80) break;
      if (byte < 0xc0) continue;
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      if (back < length) return bytes.slice(bytes.length - back);
      break;
    }
    return new Uint8Array(0);
  }
}

type Entry = Block | TerminalSize;

/** A stretch of output, and what must be known to drop what is before it. */
class Block {
  readonly canCutBefore: boolean;
  readonly beginsInGround: boolean;
  readonly modesBefore: string;
  readonly modesAfterDrawing: string;
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  length = 0;
  lineFeeds = 0;
  hasBarrier = false;

  constructor(canCutBefore: boolean, scanner: EscapeScanner) {
    this.canCutBefore = canCutBefore;
    this.beginsInGround = scanner.isGround;
    this.modesBefore = scanner.modes;
    this.modesAfterDrawing = scanner.modesAfterDrawing;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  get capacity(): number {
    return this.#bytes.length;
  }

  append(data: Uint8Array, result: { lineFeeds: number; hasBarrier: boolean }): void {
    const needed = this.length + data.length;
    if (needed > this.#bytes.length) {
      // Keystrokes get little; what looks like a flood gets the whole block at once.
      const isFlood = data.length >= FLOOD_CHUNK_BYTES;
      const grown = new Uint8Array(
        Math.max(needed, isFlood ? BLOCK_BYTES + data.length : FIRST_BLOCK_BYTES, this.#bytes.length * 2),
      );
      grown.set(this.bytes);
      this.#bytes = grown;
    }
    this.#bytes.set(data, this.length);
    this.length = needed;
    this.lineFeeds += result.lineFeeds;
    this.hasBarrier ||= result.hasBarrier;
  }
}

function beginsInGround(entry: Entry): boolean {
  return entry instanceof Block && entry.beginsInGround;
}

/** Blocks grow while a drawing is under way; this one does not. */
function copyOfEntry(entry: Entry): Uint8Array | TerminalSize {
  return entry instanceof Block ? entry.bytes : entry;
}

async function draw(
  size: TerminalSize,
  base: string,
  entries: readonly (Uint8Array | TerminalSize)[],
): Promise<string> {
  const terminal = new headless.Terminal({
    cols: size.columns,
    rows: size.rows,
    scrollback: SCROLLBACK_LINES,
    allowProposedApi: true,
    // It would print what it cannot parse: a learner could fill the server's log.
    logLevel: 'off',
  });
  try {
    const serializer = new SerializeAddon();
    terminal.loadAddon(serializer);
    terminal.write(base);
    for (const entry of entries) {
      if (entry instanceof Uint8Array) terminal.write(entry);
      else {
        await drawn(terminal);
        terminal.resize(entry.columns, entry.rows);
      }
    }
    await drawn(terminal);
    // The serializer moves the cursor from where the last cell left it, one column off behind a full line.
    const { cursorX, cursorY } = terminal.buffer.active;
    const cursor = cursorX < terminal.cols ? `\x1b[${cursorY + 1};${cursorX + 1}H` : '';
    // It also lets the colours of the normal buffer's cursor run into the alternate buffer.
    const drawing = serializer.serialize({ excludeModes: true }).replace('\x1b[?1049h\x1b[H', '\x1b[m$&');
    return drawing + cursor;
  } catch {
    // Output that the emulator cannot cope with costs the learner the old screen, never the server its life.
    return '';
  } finally {
    terminal.dispose();
  }
}

/** xterm draws what was written in slices of 12 ms. */
function drawn(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => terminal.write('', resolve));
}
