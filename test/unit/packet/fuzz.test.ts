import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrame } from '../../../server/packet/decode.ts';
import { compileFilter } from '../../../server/packet/filter.ts';
import { CaptureDamage, readFormat, readRecords } from '../../../server/packet/pcap.ts';
import { writePcap, writePcapng } from '../../../server/packet/pcap-write.ts';
import { summarize } from '../../../server/packet/summary.ts';
import { ALL_FRAMES } from './crafted.ts';

const mutated = fc
  .tuple(
    fc.constantFrom(...ALL_FRAMES),
    fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
    fc.option(fc.nat(), { nil: undefined }),
  )
  .map(([frame, changes, cut]) => {
    const bytes = Uint8Array.from(frame);
    for (const [at, value] of changes) bytes[at % bytes.length] = value;
    return cut === undefined ? bytes : bytes.subarray(0, cut % (bytes.length + 1));
  });
const frames = fc.oneof({ weight: 4, arbitrary: mutated }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) });

describe('whatever the bytes are', () => {
  it('decoding ends, throws nothing, and stays within the frame', () => {
    fc.assert(
      fc.property(frames, fc.nat(2000), (bytes, more) => {
        const decoded = decodeFrame(bytes, { originalLength: bytes.length + more, timeMs: 1.7e12 });
        for (const { offset, length, fields } of decoded.layers) {
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(length).toBeGreaterThanOrEqual(0);
          for (const field of fields) {
            expect(field.offset).toBeLessThanOrEqual(bytes.length);
            expect(typeof field.value === 'number' ? Number.isFinite(field.value) : field.value).not.toBe(false);
          }
        }
        JSON.stringify(decoded);
        summarize(decoded);
      }),
      { numRuns: 3000 },
    );
  });

  it('filters end and throw nothing', () => {
    const filters = [
      'ip.addr == 10.0.0.1 || !arp',
      'tcp contains "x" && tcp[13] & 2',
      'http matches "h" or dns.qry.name contains "e"',
      'frame[20:4] == 01:02:03:04 || len(udp.payload) > 3',
      'dhcp.option.type == 53 || icmpv6.opt.type == 1',
      'tls.handshake.type == 1 || json || gre || vxlan',
    ].map((text) => compileFilter(text));
    fc.assert(
      fc.property(frames, (bytes) => {
        for (const filter of filters) if (filter.ok) filter.matches(bytes);
      }),
      { numRuns: 2000 },
    );
    expect(filters.every((filter) => filter.ok)).toBe(true);
  });

  it('every filter text compiles or says why not', () => {
    const words = [
      'ip.addr',
      'tcp',
      '==',
      '!=',
      '(',
      ')',
      '{',
      '}',
      '[0:2]',
      '10.0.0.0/8',
      '"a\\x41"',
      '&',
      '&&',
      'or',
      'not',
      'in',
      ',',
      '..',
      '1',
      "'a'",
      'matches',
      'any',
      'len',
      '-',
    ];
    const texts = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((list) => list.join(' ')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const filter = compileFilter(text);
        if (filter.ok) filter.matches(ALL_FRAMES[0] ?? new Uint8Array(0));
        else expect(filter.message).not.toBe('');
      }),
      { numRuns: 3000 },
    );
  });

  it('captures are read up to their damage', () => {
    const some = ALL_FRAMES.slice(0, 6).map((bytes) => ({ timeMs: 1.7e12, bytes }));
    const files = [
      writePcap(some),
      writePcap(some, { nanoseconds: true }),
      writePcapng([{ name: 'h1:eth0', frames: some }]),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
        fc.nat(),
        (file, changes, cut) => {
          const bytes = Uint8Array.from(file).subarray(0, cut % (file.length + 1));
          for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
          const format = readFormat(bytes);
          if (typeof format === 'string') return;
          try {
            for (const record of readRecords(bytes, format.start, format))
              expect(record.end).toBeLessThanOrEqual(bytes.length);
          } catch (error) {
            expect(error).toBeInstanceOf(CaptureDamage);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});
