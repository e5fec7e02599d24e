import { describe, expect, test } from 'vitest';
import { CaptureRing, ringFiles, wholeRecords } from '../../../server/sandbox/capture-ring.ts';
import type { Outer } from '../../../server/sandbox/runtime.ts';

function record(byte: number, length = 4): Buffer {
  const bytes = Buffer.alloc(16 + length, byte);
  bytes.writeUInt32LE(length, 8);
  bytes.writeUInt32LE(length, 12);
  return bytes;
}

const header = Buffer.alloc(24);

/** An outer context that has nothing but these files. */
function outerWith(files: Map<string, Buffer>): Outer {
  const outer: Pick<Outer, 'listFiles' | 'readPart'> = {
    listFiles: () => Promise.resolve([...files.keys()]),
    readPart: (path, offset, length) =>
      Promise.resolve(files.get(path.slice(path.lastIndexOf('/') + 1))?.subarray(offset, offset + length) ?? null),
  };
  return outer as Outer;
}

test('ringFiles puts files in the order they were written', () => {
  expect(ringFiles(['2-', '1-10', '1-', '1-9', 'x', '2-1']).map(({ name }) => name)).toEqual([
    '1-',
    '1-9',
    '1-10',
    '2-',
    '2-1',
  ]);
});

test('wholeRecords stops before a record that is not written to its end', () => {
  const bytes = Buffer.concat([record(1), record(2)]);
  expect(wholeRecords(bytes)).toBe(40);
  expect(wholeRecords(bytes.subarray(0, 39))).toBe(20);
  expect(wholeRecords(bytes.subarray(0, 25))).toBe(20);
  expect(wholeRecords(Buffer.alloc(0))).toBe(0);
});

describe('CaptureRing', () => {
  test('goes on where it was, through a half-written record and into the next file', async () => {
    const files = new Map([['1-', Buffer.concat([header, record(1), record(2).subarray(0, 7)])]]);
    const ring = new CaptureRing(outerWith(files), '/ring');
    const first = await ring.readSince(null);
    expect(first.records).toEqual(record(1));
    files.set('1-', Buffer.concat([header, record(1), record(2)]));
    files.set('1-1', Buffer.concat([header, record(3)]));
    const second = await ring.readSince(first.cursor);
    expect(second).toMatchObject({ records: Buffer.concat([record(2), record(3)]), isGap: false });
    expect(await ring.readSince(second.cursor)).toMatchObject({
      records: Buffer.alloc(0),
      cursor: second.cursor,
      isGap: false,
    });
  });

  test('tells when the file it had read to is gone', async () => {
    const files = new Map([['1-', Buffer.concat([header, record(1)])]]);
    const ring = new CaptureRing(outerWith(files), '/ring');
    const { cursor } = await ring.readSince(null);
    files.clear();
    files.set('1-4', Buffer.concat([header, record(9)]));
    expect(await ring.readSince(cursor)).toMatchObject({ records: record(9), isGap: true });
  });

  test('an empty ring has nothing, and later starts at its first record', async () => {
    const files = new Map<string, Buffer>();
    const ring = new CaptureRing(outerWith(files), '/ring');
    const { cursor, records } = await ring.readSince(null);
    expect(records).toHaveLength(0);
    files.set('1-', Buffer.concat([header, record(1)]));
    expect(await ring.readSince(cursor)).toMatchObject({ records: record(1) });
  });
});
