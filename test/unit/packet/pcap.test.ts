import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaptureDamage, readFormat, readRecords } from '../../../server/packet/pcap.ts';
import type { PacketRecord } from '../../../server/packet/pcap.ts';
import { writePcap, writePcapng } from '../../../server/packet/pcap-write.ts';
import { records } from './compare.ts';

const link = readFileSync(new URL('fixtures/link.pcap', import.meta.url));

function facts(list: readonly PacketRecord[]): unknown[] {
  return list.map((record) => [
    record.seconds,
    record.nanoseconds,
    record.length,
    Buffer.from(record.bytes).toString('hex'),
  ]);
}

describe('capture files', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vethlab-pcap-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['pcap', 'nsecpcap', 'pcapng'])('as editcap writes %s hold the same packets', (format) => {
    const source = join(folder, 'source.pcap');
    const target = join(folder, `target.${format}`);
    writeFileSync(source, link);
    execFileSync('editcap', ['-F', format, source, target], { stdio: 'ignore' });
    expect(facts(records(readFileSync(target)))).toEqual(facts(records(link)));
  });

  it('of the other byte order read the same', () => {
    const swapped = Uint8Array.from(link);
    const view = new DataView(swapped.buffer);
    const swap32 = (at: number): void => view.setUint32(at, view.getUint32(at, true), false);
    swap32(0);
    for (const at of [8, 12, 16, 20]) swap32(at);
    for (const record of records(link)) {
      const start = record.end - record.bytes.length - 16;
      for (const at of [0, 4, 8, 12]) swap32(start + at);
    }
    expect(facts(records(swapped))).toEqual(facts(records(link)));
  });

  it('that we write are read by tshark with times, lengths and interfaces', () => {
    const frames = records(link).map((record) => ({ timeMs: record.timeMs, bytes: record.bytes }));
    const read = (bytes: Uint8Array, ...fields: string[]): string[] => {
      const path = join(folder, 'ours');
      writeFileSync(path, bytes);
      const wanted = fields.flatMap((field) => ['-e', field]);
      return execFileSync('tshark', ['-n', '-r', path, '-T', 'fields', ...wanted], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
        .split('\n')
        .filter(Boolean);
    };
    const expected = records(link).map(
      (record) => `${record.seconds}.${String(record.nanoseconds).padStart(9, '0')}\t${record.length}`,
    );
    expect(read(writePcap(frames), 'frame.time_epoch', 'frame.len')).toEqual(expected);
    const halves = writePcapng([
      { name: 'h1:eth0', frames: frames.slice(0, 3) },
      { name: 'r1:eth0', frames: frames.slice(3, 5) },
    ]);
    expect(read(halves, 'frame.interface_name', 'frame.len')).toEqual(
      frames.slice(0, 5).map((frame, index) => `${index < 3 ? 'h1:eth0' : 'r1:eth0'}\t${frame.bytes.length}`),
    );
    expect(facts(records(halves))).toEqual(facts(records(link).slice(0, 5)));
  });

  it('that still grow are read on from where they ended', () => {
    for (const whole of [link, writePcapng([{ name: 'h1:eth0', frames: records(link) }])]) {
      const format = readFormat(whole.subarray(0, 24));
      if (typeof format === 'string') throw new Error(format);
      const seen: PacketRecord[] = [];
      for (let size = 0, at = format.start; size <= whole.length + 100; size += 100) {
        for (const record of readRecords(whole.subarray(0, size), at, format)) {
          seen.push(record);
          at = record.end;
        }
      }
      expect(facts(seen)).toEqual(facts(records(link)));
    }
  });

  it('say when they are none', () => {
    expect(readFormat(Uint8Array.of(1, 2))).toBe('incomplete');
    expect(readFormat(new TextEncoder().encode('this is a text, not a capture'))).toBe('unknown');
    const damaged = Uint8Array.from(link);
    damaged.set([255, 255, 255, 127], 24 + 8);
    expect(() => records(damaged)).toThrow(CaptureDamage);
    expect(() => records(damaged)).toThrowErrorMatchingInlineSnapshot(
      `[CaptureDamage: The record at byte 24 claims 2147483647 bytes, which no frame has.]`,
    );
  });
});
