import headless from '@xterm/headless';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { expect, onTestFinished, test, vi } from 'vitest';
import { TerminalScreen, type ScreenSnapshot } from '../../../server/sandbox/terminal-screen.ts';

const SIZE = { columns: 60, rows: 10 };
const TRIM_AT_BYTES = 128 * 1024;

/** What a browser shows: text and attributes of each line, the cursor, and the modes. */
interface Shown {
  readonly lines: string[];
  readonly cursor: [number, number];
  readonly modes: unknown;
  readonly isAlternate: boolean;
}

async function show(pieces: readonly (string | Uint8Array)[], size = SIZE): Promise<Shown> {
  const terminal = new headless.Terminal({
    cols: size.columns,
    rows: size.rows,
    scrollback: 1000,
    allowProposedApi: true,
  });
  for (const piece of pieces) terminal.write(piece);
  await new Promise<void>((resolve) => terminal.write('', resolve));
  const buffer = terminal.buffer.active;
  const lines: string[] = [];
  for (let row = 0; row < buffer.length; row++) {
    const line = buffer.getLine(row)!;
    let text = '';
    for (let column = 0; column < size.columns; column++) {
      const cell = line.getCell(column)!;
      // Attributes of a blank show only when it is inverse.
      const isSeen = cell.getChars().trim() !== '' || cell.isInverse();
      const attributes = isSeen
        ? [cell.isBold() ? 'b' : '', cell.isInverse() ? 'i' : '', cell.isFgDefault() ? '' : cell.getFgColor()].join('')
        : '';
      text += (attributes ? `{${attributes}}` : '') + (cell.getChars() || ' ');
    }
    lines.push(text.trimEnd());
  }
  const shown: Shown = {
    lines,
    cursor: [buffer.cursorX, buffer.baseY + buffer.cursorY - buffer.length],
    modes: { ...terminal.modes },
    isAlternate: buffer.type === 'alternate',
  };
  terminal.dispose();
  return shown;
}

const restore = (snapshot: ScreenSnapshot, after: readonly Uint8Array[] = []): Promise<Shown> =>
  show([snapshot.data, snapshot.unfinished, ...after], snapshot.size);

/** The last lines, as many as both have: how far the scrollback reaches may differ. */
function expectSameTail(seen: Shown, expected: Shown, least: number): void {
  const count = Math.min(seen.lines.length, expected.lines.length);
  expect(count).toBeGreaterThanOrEqual(Math.min(least, expected.lines.length));
  expect(seen.lines.slice(-count)).toEqual(expected.lines.slice(-count));
  expect(seen.cursor).toEqual(expected.cursor);
  expect(seen.modes).toEqual(expected.modes);
  expect(seen.isAlternate).toBe(expected.isAlternate);
}

function feed(screen: TerminalScreen, data: Buffer, chunkBytes = 4096): void {
  for (let offset = 0; offset < data.length; offset += chunkBytes)
    screen.write(data.subarray(offset, offset + chunkBytes));
}

test('a new screen has nothing to restore', async () => {
  using screen = new TerminalScreen(SIZE);
  expect(screen.isEmpty).toBe(true);
  const { data, size, unfinished } = await screen.snapshot();
  expect([data, size, unfinished.length]).toEqual(['', SIZE, 0]);
});

test('a flood keeps the last lines, the colours and the modes from before it, and little memory', async () => {
  using screen = new TerminalScreen(SIZE);
  const text = Buffer.from(
    '\x1b[?2004h\x1b[?1h\x1b[1;32mbegin\r\n' +
      Array.from({ length: 40_000 }, (_, i) => `line ${i} of a flood\r\n`).join('') +
      'end$ ',
  );
  let largest = 0;
  for (let offset = 0; offset < text.length; offset += 4096) {
    screen.write(text.subarray(offset, offset + 4096));
    largest = Math.max(largest, screen.heldBytes);
  }
  expect(largest).toBeLessThan(300 * 1024);
  expectSameTail(await restore(await screen.snapshot()), await show([text]), 1010);
});

test('a flood of long lines keeps less scrollback but the whole screen', async () => {
  using screen = new TerminalScreen(SIZE);
  const text = Buffer.from(Array.from({ length: 3_000 }, (_, i) => `${i} ${'x'.repeat(700)}\r\n`).join(''));
  feed(screen, text);
  expect(screen.heldBytes).toBeLessThan(300 * 1024);
  expectSameTail(await restore(await screen.snapshot()), await show([text]), 200);
});

test('output that addresses the screen is drawn and not grown', async () => {
  let hasRoom = 0;
  using screen = new TerminalScreen(SIZE, () => hasRoom++);
  const text = Buffer.from(
    '\x1b[?1049h\x1b[?25l' +
      Array.from({ length: 60_000 }, (_, i) => `\x1b[${(i % 9) + 1};${(i % 50) + 1}H\x1b[3${i % 8}m${i}\x1b[K`).join(
        '',
      ),
  );
  for (let offset = 0; offset < text.length; offset += 4096) {
    screen.write(text.subarray(offset, offset + 4096));
    if (screen.isFull) await expect.poll(() => screen.isFull, { timeout: 10_000 }).toBe(false);
  }
  expect(hasRoom).toBeGreaterThan(0);
  const shown = await restore(await screen.snapshot());
  expectSameTail(shown, await show([text]), SIZE.rows);
  expect(shown.isAlternate).toBe(true);
  expect((await screen.snapshot()).data).toContain('\x1b[?25l');
});

test('leaving a full-screen program after a long stay brings the shell back', async () => {
  using screen = new TerminalScreen(SIZE);
  feed(screen, Buffer.from('before$ vim\r\n\x1b[?1049h'));
  for (let part = 0; part < 60; part++) {
    feed(screen, Buffer.from(`\x1b[${(part % 9) + 1};1H\x1b[Kpart ${part} `.repeat(300)));
    if (screen.isFull) await expect.poll(() => screen.isFull, { timeout: 10_000 }).toBe(false);
  }
  feed(screen, Buffer.from('\x1b[?1049lafter$ '));
  const shown = await restore(await screen.snapshot());
  expect(shown.isAlternate).toBe(false);
  expect(shown.lines.slice(0, 2)).toEqual(['before$ vim', 'after$']);
});

test('a snapshot in the middle of a sequence and of a character goes on where it stopped', async () => {
  for (const [first, second] of [
    ['red \x1b[3', '1mtext'],
    ['title \x1b]0;some', ' title\x07done'],
    ['charset \x1b', '(0qqq'],
  ] as const) {
    using screen = new TerminalScreen(SIZE);
    screen.write(Buffer.from(first));
    expectSameTail(await restore(await screen.snapshot(), [Buffer.from(second)]), await show([first + second]), 1);
  }
  const snowman = Buffer.from('snow ☃ man');
  using screen = new TerminalScreen(SIZE);
  screen.write(snowman.subarray(0, 7));
  const shown = await restore(await screen.snapshot(), [snowman.subarray(7)]);
  expect(shown.lines[0]).toBe('snow ☃ man');
});

test('sizes between which nothing was written are kept once', async () => {
  const screen = new TerminalScreen({ columns: 80, rows: 24 });
  screen.write(Buffer.from('kept\r\n'));
  for (let round = 0; round < 200_000; round++) screen.resize({ columns: 40 + (round % 100), rows: 24 });
  const startedMs = performance.now();
  expect((await screen.snapshot()).data).toContain('kept');
  expect(performance.now() - startedMs).toBeLessThan(2000);
});

test('a screen that was resized is restored at its size of now', async () => {
  using screen = new TerminalScreen(SIZE);
  screen.write(Buffer.from(`${'w'.repeat(60)}\r\nsecond\r\n`));
  screen.resize({ columns: 30, rows: 12 });
  screen.write(Buffer.from('third'));
  const snapshot = await screen.snapshot();
  expect(snapshot.size).toEqual({ columns: 30, rows: 12 });
  expect((await restore(snapshot)).lines.slice(0, 4)).toEqual(['w'.repeat(30), 'w'.repeat(30), 'second', 'third']);
});

test('whatever a shell prints before and in a flood, what is left looks like the whole', async () => {
  const piece = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom('text ', 'wide 漢字 ', '\r\n', '\r\n', 'tab\t', 'back\b\b', '\r', '\n', '\x07'),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        '\x1b[m',
        '\x1b[0m',
        '\x1b[1m',
        '\x1b[31m',
        '\x1b[0;32;1m',
        '\x1b[7m',
        '\x1b[K',
        '\x1b[2C',
        '\x1b[3D',
        '\x1b[?2004h',
        '\x1b[?2004l',
        '\x1b[?1h',
        '\x1b[?1l',
        '\x1b=',
        '\x1b>',
        '\x1b(0',
        '\x1b(B',
        '\x1b]0;title\x07',
        '\x1b]8;;http://x\x1b\\',
        '\x1b]8;;\x1b\\',
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '\x1b[H',
        '\x1b[2J',
        '\x1b[3;4H',
        '\x1b[A',
        '\x1bM',
        '\x1b[2;5r',
        '\x1b[r',
        '\x1b[?1049h',
        '\x1b[?7l',
        '\x1b[?7h',
        '\x1b[4h',
        '\x1b[4l',
        '\x1b[L',
        '\x1bc',
        '\x1b[!p',
        '\x0e',
        '\x0f',
        '\xc2\x9b1m',
      ),
    },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          { weight: 9, arbitrary: piece },
          fc.constant('\x1b[?1049l'),
          fc.constant('\x1b7'),
          fc.constant('\x1b8'),
        ),
        { maxLength: 60 },
      ),
      fc.array(piece, { maxLength: 8 }),
      fc.integer({ min: 500, max: 5000 }),
      async (before, unit, chunkBytes) => {
        const flood = [...unit, 'and a line of the flood\r\n'].join('');
        const text = Buffer.from(
          before.join('') + flood.repeat(Math.ceil((1.6 * TRIM_AT_BYTES) / flood.length)) + 'end$ ',
        );
        using screen = new TerminalScreen(SIZE);
        feed(screen, text, chunkBytes);
        await expect.poll(() => screen.isFull, { timeout: 10_000 }).toBe(false);
        const expected = await show([text]);
        const seen = await restore(await screen.snapshot());
        expect(seen.lines.slice(-SIZE.rows)).toEqual(expected.lines.slice(-SIZE.rows));
        expect(seen.cursor).toEqual(expected.cursor);
      },
    ),
    { numRuns: 40, seed: 7 },
  );
}, 60_000);

test('bytes that make no sense are survived without a word in the log', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => said.mockRestore());
  using screen = new TerminalScreen(SIZE);
  for (let part = 0; part < 60; part++) {
    screen.write(createHash('sha512').update(`${part}`).digest());
    screen.write(Buffer.from(`\x7f\x1b[99999999;3;4?x\x1b[>3;r\x1b]${part}\x1b_\x1bP\x9c\x1b[?${part}h`));
  }
  screen.resize({ columns: 2, rows: 1 });
  expect((await screen.snapshot()).size).toEqual({ columns: 2, rows: 1 });
  expect(said).not.toHaveBeenCalled();
});
