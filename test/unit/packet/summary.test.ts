import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decodeFrame } from '../../../server/packet/decode.ts';
import { compileFilter } from '../../../server/packet/filter.ts';
import { summarize, summaryLine } from '../../../server/packet/summary.ts';
import { ip4Frame, tcp } from './build.ts';
import { records } from './compare.ts';
import { tsharkSummaries } from './tshark.ts';

const fixture = (name: string): Buffer => readFileSync(new URL(`fixtures/${name}.pcap`, import.meta.url));
const lines = (capture: Uint8Array): string[] => {
  const conversations = new Map<string, 'http' | 'tls'>();
  return records(capture).map((record) =>
    summaryLine(summarize(decodeFrame(record.bytes, { originalLength: record.length, conversations }))),
  );
};
/** What only the whole conversation tells: relative numbers, and which frame answers which. */
const plain = (line: string): string =>
  line
    .replace(/ \((?:request|reply) in \d+\)/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

it.each(['link', 'icmp', 'http'])('the lines of %s.pcap are those of tshark, but for TCP segments', (name) => {
  const theirs = tsharkSummaries(fixture(name)).map(plain);
  const ours = lines(fixture(name)).map(plain);
  const isSegment = (line: string): boolean => / TCP /.test(line);
  expect(ours.filter((line) => !isSegment(line))).toEqual(theirs.filter((line) => !isSegment(line)));
});

it('a TCP segment is told by its own numbers', () => {
  const frame = ip4Frame(6, tcp(40000, 80, [], { flags: 0x012, options: Uint8Array.of(2, 4, 5, 0xb4) }));
  expect(summaryLine(summarize(decodeFrame(frame)))).toMatchInlineSnapshot(
    `"10.0.0.1 → 10.0.0.2 TCP 40000 → 80 [SYN, ACK] Seq=1000 Ack=2000 Win=500 Len=0 MSS=1460"`,
  );
});

it('a filter follows a conversation on an odd port from its first segment', () => {
  const filter = compileFilter('http');
  if (!filter.ok) throw new Error(filter.message);
  const response = ip4Frame(
    6,
    tcp(8000, 40000, new TextEncoder().encode('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n')),
  );
  const rest = ip4Frame(6, tcp(8000, 40000, new TextEncoder().encode('some body')));
  expect(filter.matches(rest)).toBe(false);
  expect(filter.matches(response)).toBe(true);
  expect(filter.matches(rest)).toBe(true);
});
