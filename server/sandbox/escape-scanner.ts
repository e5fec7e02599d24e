/**
 * Follows the escape sequences of terminal output (ECMA-48, DEC STD 070, as xterm.js 6 reads them) without drawing anything:
 * fast enough for floods. Says where output may be cut and which modes hold there. Knows no session and no terminal.
 */

type State = 'ground' | 'escape' | 'escape-intermediate' | 'csi' | 'string' | 'string-escape' | 'c1';

const BEL = 0x07;
const LF = 0x0a;
const CR = 0x0d;
const ESC = 0x1b;
const MAX_SEQUENCE_BYTES = 256;
const MAX_RENDITION_BYTES = 256;

/** Final bytes of CSI sequences that stay within the cursor's line or draw nothing. */
const LINE_FINALS = new Set('mKCDG`a@PXbIZncst');
/** Private modes of which a restored terminal needs the last setting. 6, 7 and the alternate buffer are kept apart. */
const CARRIED_PRIVATE_MODES = new Set([
  '1',
  '9',
  '12',
  '25',
  '45',
  '66',
  '1000',
  '1002',
  '1003',
  '1004',
  '1005',
  '1006',
  '1015',
  '1016',
  '2004',
]);
const ALTERNATE_BUFFER_MODES = new Set(['47', '1047', '1049']);
/** Private modes without a lasting effect on what is drawn. */
const IGNORED_PRIVATE_MODES = new Set(['4', '8', '1007', '1034', '1048', '2026']);

const CHARSET_MODES = ['G0', 'G1', 'G2', 'G3', 'shift'];

interface SavedCursor {
  readonly rendition: string;
  readonly charset: readonly (readonly [string, string | null])[];
}

const UNSAVED: SavedCursor = { rendition: '', charset: CHARSET_MODES.map((name) => [name, null]) };

/** What a stretch of output did. */
export interface ScanResult {
  /** True when something moved up or down, cleared, scrolled a region or was not understood. */
  readonly hasBarrier: boolean;
  readonly lineFeeds: number;
}

export class EscapeScanner {
  #state: State = 'ground';
  #sequence = '';
  #isOscString = false;
  #isAfterCr = false;
  #atLineStart = true;
  #modes = new Map<string, string>();
  #rendition = '';
  /** What a saved cursor (DECSC) of each buffer brings back besides its place. */
  #saved: Record<'normal' | 'alternate', SavedCursor> = { normal: UNSAVED, alternate: UNSAVED };
  #isAlternate = false;
  #isOrigin = false;
  #isInsert = false;
  #noWrap = false;
  /** Each buffer has its own scrolling region. */
  #region = { normal: '', alternate: '' };
  #hasBarrier = false;
  #lineFeeds = 0;

  /**
   * True right after CR LF of plain scrolling output in the normal buffer: the cursor is in column 0, and whatever was
   * before scrolls out of reach once enough line feeds have followed.
   */
  get canCutHere(): boolean {
    return this.#atLineStart && this.#isPlain;
  }

  get #isPlain(): boolean {
    return (
      this.#state === 'ground' &&
      !this.#isAlternate &&
      this.#region.normal === '' &&
      !this.#isOrigin &&
      !this.#isInsert &&
      !this.#noWrap
    );
  }

  get #buffer(): 'normal' | 'alternate' {
    return this.#isAlternate ? 'alternate' : 'normal';
  }

  /** True outside of any sequence: bytes before and after this point can be drawn one after the other. */
  get isGround(): boolean {
    return this.#state === 'ground';
  }

  /** Sequences that bring a new terminal to the modes and colours that hold here (not to its contents). */
  get modes(): string {
    return [...this.#modes.values()].join('') + this.#rendition;
  }

  /** Sequences that bring a terminal which was drawn anew (contents, colours and cursor) to the modes that hold here. */
  get modesAfterDrawing(): string {
    // Setting a scrolling region or the origin mode moves the cursor home.
    const margins = this.#region[this.#buffer] + (this.#isOrigin ? '\x1b[?6h' : '');
    return (
      (margins === '' ? '' : `\x1b7${margins}\x1b8`) +
      [...this.#modes.values()].join('') +
      (this.#isInsert ? '\x1b[4h' : '') +
      (this.#noWrap ? '\x1b[?7l' : '')
    );
  }

  /** The sequence that has begun and not ended, as it was written; empty in the ground state. */
  get unfinished(): string {
    switch (this.#state) {
      case 'ground':
      case 'c1':
        return '';
      case 'escape':
        return '\x1b';
      case 'escape-intermediate':
        return `\x1b${this.#sequence}`;
      case 'csi':
        return `\x1b[${this.#sequence}`;
      case 'string':
        return `\x1b${this.#isOscString ? ']' : 'P'}${this.#sequence}`;
      case 'string-escape':
        return `\x1b${this.#isOscString ? ']' : 'P'}${this.#sequence}\x1b`;
    }
  }

  /** What happened since the last call. */
  takeResult(): ScanResult {
    const result = { hasBarrier: this.#hasBarrier, lineFeeds: this.#lineFeeds };
    this.#hasBarrier = false;
    this.#lineFeeds = 0;
    return result;
  }

  /**
   * Reads on from `start`. Stops at the end, or behind the first CR LF at or after `stopAt` where the output can be cut.
   * Returns the offset where it stopped.
   */
  scan(data: Uint8Array, start: number, stopAt: number): number {
    const end = data.length;
    let index = start;
    while (index < end) {
      const byte = data[index++]!;
      if (this.#state === 'ground') {
        if (byte >= 0x20) {
          this.#atLineStart = false;
          this.#isAfterCr = false;
          // UTF-8 puts the C1 controls U+0080 to U+009F behind 0xc2.
          if (byte === 0xc2) this.#state = 'c1';
          // Plain text is most of a flood: stay here while it lasts.
          else while (index < end && data[index]! >= 0x20 && data[index] !== 0xc2) index++;
        } else if (byte === LF) {
          this.#lineFeeds++;
          this.#atLineStart = this.#isAfterCr;
          this.#isAfterCr = false;
          if (this.#atLineStart && index >= stopAt && this.#isPlain) return index;
        } else if (byte === CR) {
          this.#isAfterCr = true;
          this.#atLineStart = false;
        } else {
          this.#control(byte);
        }
      } else {
        this.#step(byte);
      }
    }
    return index;
  }

  #control(byte: number): void {
    this.#isAfterCr = false;
    this.#atLineStart = false;
    if (byte === ESC) this.#enter('escape');
    else if (byte === 0x0e || byte === 0x0f) this.#setMode('shift', String.fromCharCode(byte));
    else if (byte === 0x0b || byte === 0x0c) this.#lineFeeds++;
  }

  #enter(state: State): void {
    this.#state = state;
    this.#sequence = '';
    this.#isAfterCr = false;
    this.#atLineStart = false;
  }

  #step(byte: number): void {
    switch (this.#state) {
      case 'ground':
        return;
      case 'c1':
        this.#state = 'ground';
        if (byte === 0x9b) this.#enter('csi');
        else if (byte === 0x90 || byte === 0x98 || byte === 0x9e || byte === 0x9f) this.#enterString(false);
        else if (byte === 0x9d) this.#enterString(true);
        else if (byte >= 0x80 && byte < 0xa0) this.#hasBarrier = true;
        else if (byte < 0x20) this.#control(byte);
        return;
      case 'escape':
        this.#escape(byte);
        return;
      case 'escape-intermediate':
        if (byte < 0x20) this.#insideControl(byte);
        else if (byte < 0x30) this.#collect(byte);
        else this.#endEscape(byte);
        return;
      case 'csi':
        if (byte < 0x20) this.#insideControl(byte);
        else if (byte < 0x40) this.#collect(byte);
        else if (byte < 0x7f) this.#endCsi(byte);
        else if (byte > 0x7f) this.#hasBarrier = true;
        return;
      case 'string':
        if (byte === ESC) this.#state = 'string-escape';
        else if (byte === BEL && this.#isOscString) this.#endString();
        else if (byte === 0x18 || byte === 0x1a) this.#state = 'ground';
        else if (this.#sequence.length < MAX_SEQUENCE_BYTES) this.#sequence += String.fromCharCode(byte);
        return;
      case 'string-escape':
        this.#endString();
        if (byte !== 0x5c) {
          this.#enter('escape');
          this.#escape(byte);
        }
        return;
    }
  }

  #enterString(isOsc: boolean): void {
    this.#enter('string');
    this.#isOscString = isOsc;
  }

  #collect(byte: number): void {
    if (this.#sequence.length < MAX_SEQUENCE_BYTES) this.#sequence += String.fromCharCode(byte);
    else this.#hasBarrier = true;
  }

  /** Controls inside of a sequence take effect at once (ECMA-48); ESC starts anew, CAN and SUB give up. */
  #insideControl(byte: number): void {
    if (byte === ESC) this.#enter('escape');
    else if (byte === 0x18 || byte === 0x1a) this.#state = 'ground';
    else if (byte >= LF && byte <= 0x0f) this.#hasBarrier = true;
  }

  #escape(byte: number): void {
    const final = String.fromCharCode(byte);
    if (byte < 0x20) this.#insideControl(byte);
    else if (byte < 0x30) {
      this.#state = 'escape-intermediate';
      this.#sequence = final;
    } else if (final === '[') this.#enter('csi');
    else if (final === ']') this.#enterString(true);
    else if (final === 'P' || final === 'X' || final === '^' || final === '_') this.#enterString(false);
    else {
      this.#sequence = '';
      this.#endEscape(byte);
    }
  }

  #endEscape(byte: number): void {
    this.#state = 'ground';
    const final = String.fromCharCode(byte);
    const slot = this.#sequence.length === 1 ? '()*+'.indexOf(this.#sequence) : -1;
    if (slot >= 0) this.#setMode(`G${slot}`, `\x1b${this.#sequence}${final}`);
    else if (this.#sequence !== '') this.#hasBarrier = true;
    else if (final === 'c') this.#reset();
    else if (final === '=' || final === '>') this.#setMode('keypad', `\x1b${final}`);
    else if (final === '7') this.#saveCursor();
    else if (final === '8') {
      this.#restoreCursor();
      this.#hasBarrier = true;
    } else if (final !== '\\') this.#hasBarrier = true;
  }

  #endCsi(byte: number): void {
    this.#state = 'ground';
    const parameters = this.#sequence;
    const final = String.fromCharCode(byte);
    const text = `\x1b[${parameters}${final}`;
    if (final === 'm' && /^[\d;:]*$/.test(parameters)) this.#setRendition(parameters, text);
    else if ((final === 'h' || final === 'l') && /^\??[\d;]+$/.test(parameters))
      this.#setModes(parameters, final === 'h');
    else if (parameters.endsWith(' ') && final === 'q') this.#setMode(' q', text);
    else if (parameters === '!' && final === 'p') this.#softReset();
    else if (final === 'r' && /^[\d;]*$/.test(parameters)) {
      this.#hasBarrier = true;
      this.#region[this.#buffer] = /^[01]?;?$/.test(parameters) ? '' : text;
    } else if (!LINE_FINALS.has(final)) this.#hasBarrier = true;
  }

  #setRendition(parameters: string, text: string): void {
    if (parameters === '' || parameters === '0') this.#rendition = '';
    else if (parameters.startsWith('0;')) this.#rendition = text;
    else this.#rendition += text;
    if (this.#rendition.length > MAX_RENDITION_BYTES) this.#rendition = shortenRendition(this.#rendition);
  }

  #setModes(parameters: string, isSet: boolean): void {
    const prefix = parameters.startsWith('?') ? '?' : '';
    for (const number of parameters.slice(prefix.length).split(';')) {
      if (prefix === '?' && ALTERNATE_BUFFER_MODES.has(number)) {
        if (number === '1049' && isSet) this.#saveCursor();
        this.#isAlternate = isSet;
        if (number === '1049' && !isSet) this.#restoreCursor();
        this.#region.alternate = '';
        this.#hasBarrier = true;
      } else if (prefix === '?' && number === '6') {
        this.#isOrigin = isSet;
        this.#hasBarrier = true;
      } else if (prefix === '?' && number === '7') this.#noWrap = !isSet;
      else if (prefix === '' && number === '4') this.#isInsert = isSet;
      else if ((prefix === '?' && CARRIED_PRIVATE_MODES.has(number)) || (prefix === '' && number === '20')) {
        this.#setMode(prefix + number, `\x1b[${prefix}${number}${isSet ? 'h' : 'l'}`);
      } else if (prefix !== '?' || !IGNORED_PRIVATE_MODES.has(number)) this.#hasBarrier = true;
    }
  }

  #saveCursor(): void {
    const charset = CHARSET_MODES.map((name) => [name, this.#modes.get(name) ?? null] as const);
    this.#saved[this.#buffer] = { rendition: this.#rendition, charset };
  }

  #restoreCursor(): void {
    const { rendition, charset } = this.#saved[this.#buffer];
    this.#rendition = rendition;
    for (const [name, sequence] of charset) {
      if (sequence === null) this.#modes.delete(name);
      else this.#setMode(name, sequence);
    }
  }

  /** The order counts: mouse modes replace each other. */
  #setMode(name: string, sequence: string): void {
    this.#modes.delete(name);
    this.#modes.set(name, sequence);
  }

  #endString(): void {
    this.#state = 'ground';
    // An open hyperlink (OSC 8) colours the text that follows.
    if (this.#isOscString && this.#sequence.startsWith('8;')) {
      if (/^8;[^;]*;$/.test(this.#sequence)) this.#modes.delete('link');
      else this.#setMode('link', `\x1b]${this.#sequence}\x1b\\`);
    }
  }

  /** RIS */
  #reset(): void {
    this.#softReset();
    this.#isAlternate = false;
    this.#region = { normal: '', alternate: '' };
  }

  /** DECSTR */
  #softReset(): void {
    this.#modes.clear();
    this.#saved[this.#buffer] = UNSAVED;
    this.#rendition = '';
    this.#isOrigin = this.#isInsert = this.#noWrap = false;
    this.#region[this.#buffer] = '';
    this.#hasBarrier = true;
  }
}

/** Attributes add up until a reset; the last of each kind wins, and the last few sequences hold them in practice. */
function shortenRendition(rendition: string): string {
  const last = [...new Set(rendition.split('\x1b[').slice(1).reverse())].reverse();
  const kept = last.map((part) => `\x1b[${part}`);
  while (kept.join('').length > MAX_RENDITION_BYTES / 2) kept.shift();
  return kept.join('');
}
