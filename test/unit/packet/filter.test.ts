import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeFrame } from '../../../server/packet/decode.ts';
import { FIELDS } from '../../../server/packet/fields.ts';
import { compileFilter } from '../../../server/packet/filter.ts';
import { writePcap } from '../../../server/packet/pcap-write.ts';
import { records } from './compare.ts';
import { DHCP_FRAMES, DNS_FRAMES, INTERNET_FRAMES, LINK_FRAMES, TUNNEL_FRAMES } from './crafted.ts';
import { tsharkMatches } from './tshark.ts';

const recorded = ['link', 'icmp', 'http', 'tcp', 'tls', 'vxlan', 'cut'].flatMap((name) =>
  records(readFileSync(new URL(`fixtures/${name}.pcap`, import.meta.url))),
);
const crafted = [LINK_FRAMES, INTERNET_FRAMES, TUNNEL_FRAMES, DNS_FRAMES, DHCP_FRAMES].flat();

/** One capture of everything, the recorded and the crafted. */
const capture = writePcap([...recorded, ...crafted.map((bytes, index) => ({ timeMs: 1.8e12 + index, bytes }))]);
const frames = records(capture);

function ours(text: string): number[] | string {
  const filter = compileFilter(text);
  if (!filter.ok) return filter.reason;
  return frames.flatMap((frame, index) => {
    const meta = { length: frame.length, timeMs: frame.timeMs, number: index + 1, linkType: frame.linkType };
    return filter.matches(frame.bytes, meta) ? [index + 1] : [];
  });
}

/** Where the two disagree; a filter that the decoder leaves to tshark is no disagreement. */
function disagreements(filters: readonly string[]): { lines: string[]; answered: number } {
  const theirs = tsharkMatches(capture, filters);
  const lines: string[] = [];
  let answered = 0;
  for (const [index, text] of filters.entries()) {
    const mine = ours(text);
    const reference = theirs[index] ?? '';
    if (typeof mine !== 'string') answered++;
    if (mine === 'unknown_field') continue;
    const isSame =
      typeof mine === 'string' || typeof reference === 'string'
        ? typeof mine === typeof reference
        : mine.join() === reference.join();
    if (!isSame) lines.push(`${text}: ours ${JSON.stringify(mine)}, tshark ${JSON.stringify(reference)}`);
  }
  return { lines, answered };
}

describe('beside tshark, filter by filter', () => {
  it('filters that people write select the same frames, and wrong ones are refused', () => {
    const filters = readFileSync(new URL('fixtures/filters.txt', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    const { lines, answered } = disagreements(filters);
    expect(lines).toEqual([]);
    expect(answered).toBeGreaterThan(200);
  }, 60_000);

  it('every field that it claims to know selects the same frames by presence and by each value seen', () => {
    const { lines, answered } = disagreements(filtersOfEveryField());
    expect(lines).toEqual([]);
    expect(answered).toBeGreaterThan(1000);
  }, 120_000);
});

/** `field`, and for some of the values that occur in the capture `field == value`, `!=`, `>` and the like. */
function filtersOfEveryField(): string[] {
  const seen = new Map<string, Set<number | string>>();
  for (const frame of frames) {
    for (const layer of decodeFrame(frame.bytes, { originalLength: frame.length }).layers) {
      for (const field of layer.fields) {
        const values = seen.get(field.name) ?? new Set();
        if (values.size < 4) values.add(field.value);
        seen.set(field.name, values);
      }
    }
  }
  return FIELDS.filter((field) => field.isExact && field.type !== 'time').flatMap((field) => {
    const values = [...(seen.get(field.name) ?? [])].filter((value) => value !== '');
    return [field.name, `!${field.name}`, ...values.flatMap((value) => comparisons(field.name, field.type, value))];
  });
}

function comparisons(name: string, type: string, value: number | string): string[] {
  if (type === 'string') {
    const quoted = `"${String(value).replaceAll(/[\\"]/g, '\\$&').replaceAll('\r', '\\r').replaceAll('\n', '\\n')}"`;
    return /[^\x20-\x7e\r\n]/.test(String(value))
      ? []
      : [`${name} == ${quoted}`, `${name} contains ${quoted}`, `${name} > ${quoted}`];
  }
  const bytes = String(value);
  if (type === 'bytes' || type === 'item') {
    return bytes.length > 200
      ? []
      : [`${name} == ${bytes}`, `${name} contains ${bytes.slice(0, 5)}`, `${name}[0] == ${bytes.slice(0, 2)}`];
  }
  const orders = [`${name} == ${value}`, `${name} != ${value}`, `${name} !== ${value}`];
  return type === 'bool' ? orders : [...orders, `${name} > ${value}`, `${name} <= ${value}`, `${name} in {${value}}`];
}

describe('a filter that is not compiled', () => {
  it.each([
    ['ip.ttl ==', 'syntax', 'Unexpected end of filter expression.', 9],
    ['ip.ttl == 300', 'syntax', '"300" too big for this field, maximum 255.', 10],
    [
      'tcp.analysis.retransmission',
      'unknown_field',
      '"tcp.analysis.retransmission" is not a field that this decoder knows exactly.',
      0,
    ],
    ['ip.proto == ICMP', 'unknown_field', 'The name of a value ("ICMP") is left to tshark.', 12],
    ['icmp && (arp', 'syntax', 'Unexpected end of filter expression.', 12],
  ])('%s says %s', (text, reason, message, position) => {
    expect(compileFilter(text)).toEqual({ ok: false, reason, message, position });
  });
});
