/** How fast frames are decoded and filtered, beside tshark on the same capture. Prints nothing; `bench()` returns the figures. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './figure.ts';
import type { Figure } from './figure.ts';
import { decodeFrame } from '../../server/packet/decode.ts';
import { compileFilter } from '../../server/packet/filter.ts';
import { writePcap } from '../../server/packet/pcap-write.ts';
import { readFormat, readRecords } from '../../server/packet/pcap.ts';
import type { PacketRecord } from '../../server/packet/pcap.ts';

const FRAMES = 10_000;
const ROUNDS = 9;
const FIXTURES = ['icmp', 'http', 'tcp', 'tls', 'link'];
/** Names a field of every header, so that all headers of a frame are read. */
const HEADERS = 'eth.type == 1 || ip.ttl == 256 - 1 || tcp.flags.syn == 1';
const FILTERS = [
  'icmp && ip.flags.mf == 1',
  'tcp.flags.syn == 1 && tcp.flags.ack == 0',
  'http.request.method == "GET"',
  'ip.addr == 10.0.0.0/8 && !arp',
];

export async function bench(): Promise<Figure[]> {
  const capture = tenThousandFrames();
  const records = read(capture);
  const folder = mkdtempSync(join(tmpdir(), 'vethlab-bench-'));
  try {
    const path = join(folder, 'capture.pcap');
    writeFileSync(path, capture);
    const figures: Figure[] = [headers(records), fullFields(records, path), reading(capture)];
    for (const filter of FILTERS) figures.push(counting(filter, capture, path));
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function headers(records: readonly PacketRecord[]): Figure {
  const filter = compiled(HEADERS.replace('256 - 1', '255'));
  const ms = medianTime(() => {
    for (const record of records) filter(record.bytes, { length: record.length });
  });
  return {
    name: 'headers read',
    ours: Math.round((records.length / ms) * 1000),
    reference: null,
    goal: 300_000,
    unit: '/s',
    better: 'higher',
  };
}

function fullFields(records: readonly PacketRecord[], path: string): Figure {
  const ms = medianTime(() => {
    for (const record of records) decodeFrame(record.bytes, { originalLength: record.length });
  });
  const theirs = time(() => void tshark(['-r', path, '-T', 'json', '--no-duplicate-keys']));
  return {
    name: 'all fields decoded',
    ours: Math.round((records.length / ms) * 1000),
    reference: Math.round((records.length / theirs) * 1000),
    goal: 50_000,
    unit: '/s',
    better: 'higher',
  };
}

function reading(capture: Uint8Array): Figure {
  const ms = medianTime(() => void read(capture));
  return { name: 'records of a pcap read', ours: round(ms), reference: null, goal: 10, unit: 'ms', better: 'lower' };
}

function counting(filter: string, capture: Uint8Array, path: string): Figure {
  let ours = 0;
  const ms = medianTime(() => {
    const matches = compiled(filter);
    ours = read(capture).filter((record) => matches(record.bytes, { length: record.length })).length;
  });
  let theirs = 0;
  const reference = time(() => {
    theirs = tshark([
      '-r',
      path,
      '-Y',
      filter,
      '-T',
      'fields',
      '-e',
      'frame.number',
      '-o',
      'ip.defragment:FALSE',
      '-o',
      'tcp.desegment_tcp_streams:FALSE',
    ])
      .split('\n')
      .filter(Boolean).length;
  });
  if (ours !== theirs) throw new Error(`"${filter}" selects ${ours} frames here and ${theirs} in tshark.`);
  return {
    name: `count by "${filter}"`,
    ours: round(ms),
    reference: round(reference),
    goal: 15,
    unit: 'ms',
    better: 'lower',
  };
}

function compiled(text: string): (frame: Uint8Array, meta: { length: number }) => boolean {
  const filter = compileFilter(text);
  if (!filter.ok) throw new Error(filter.message);
  return filter.matches;
}

/** Copies of recorded frames, each copy with addresses of its own: repeated segments would be retransmissions to tshark. */
function tenThousandFrames(): Uint8Array {
  const frames = FIXTURES.flatMap((name) =>
    read(readFileSync(new URL(`../unit/packet/fixtures/${name}.pcap`, import.meta.url))),
  );
  const copies = Array.from({ length: FRAMES }, (_, index) => {
    const record = frames[index % frames.length] as PacketRecord;
    return { ...record, bytes: withAddresses(record.bytes, Math.floor(index / frames.length)) };
  });
  return writePcap(copies);
}

function withAddresses(frame: Uint8Array, copy: number): Uint8Array {
  const bytes = Uint8Array.from(frame);
  const places = bytes[12] === 0x08 ? [27, 31] : [24, 40];
  if (bytes[13] !== 6) for (const place of places) bytes[place] = copy;
  return bytes;
}

function read(capture: Uint8Array): PacketRecord[] {
  const format = readFormat(capture);
  if (typeof format === 'string') throw new Error('This is no capture.');
  return [...readRecords(capture, format.start, format)];
}

function tshark(args: readonly string[]): string {
  return execFileSync('tshark', ['-n', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1024 * 1024 * 1024,
  });
}

function medianTime(run: () => void): number {
  return median(Array.from({ length: ROUNDS }, () => time(run)));
}

function time(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
