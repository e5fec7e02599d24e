import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Counters } from '../../../server/observe/observer.ts';
import { ProbeLedger, type ProbeTraffic } from '../../../server/observe/probe-ledger.ts';
import { newMark, ProbeFilter } from '../../../server/observe/probe-mark.ts';

const traffic: ProbeTraffic = { from: 'h1', count: 1, fragments: 1, bytes: 64, proto: 'icmp', isToSelf: false };
const reading = (h1: Record<string, number>, h2: Record<string, number> = {}): Map<string, Counters> =>
  new Map([
    ['h1', new Map(Object.entries(h1))],
    ['h2', new Map(Object.entries(h2))],
  ]);
const adjusted = (ledger: ProbeLedger, node: string, raw: Record<string, number>) =>
  Object.fromEntries(ledger.adjust(node, new Map(Object.entries(raw))));

describe('the ledger of probes', () => {
  test('takes out what a probe added, while it runs and after', () => {
    const ledger = new ProbeLedger();
    const settle = ledger.begin(traffic, reading({ 'Icmp.OutEchos': 5, 'Ip.InReceives': 9 }));
    expect(adjusted(ledger, 'h1', { 'Icmp.OutEchos': 6, 'Ip.InReceives': 10 })).toEqual({
      'Icmp.OutEchos': 5,
      'Ip.InReceives': 9,
    });
    settle(reading({ 'Icmp.OutEchos': 6, 'Ip.InReceives': 10 }));
    expect(adjusted(ledger, 'h1', { 'Icmp.OutEchos': 8, 'Ip.InReceives': 12 })).toEqual({
      'Icmp.OutEchos': 7,
      'Ip.InReceives': 11,
    });
  });

  test('leaves what is more than a probe can add to the learner', () => {
    const ledger = new ProbeLedger();
    ledger.begin(
      traffic,
      reading({ 'Icmp.OutEchos': 0, 'Tcp.OutSegs': 0, 'Ip.FragCreates': 0 }),
    )(reading({ 'Icmp.OutEchos': 4, 'Tcp.OutSegs': 7, 'Ip.FragCreates': 9 }));
    expect(ledger.settled['h1']).toEqual({ 'Icmp.OutEchos': 1, 'Ip.FragCreates': 1 });
  });

  test('holds echo requests sent by another node to be the learner’s', () => {
    const ledger = new ProbeLedger();
    ledger.begin(
      traffic,
      reading({}, { 'Icmp.OutEchos': 0, 'Icmp.InEchos': 0 }),
    )(reading({}, { 'Icmp.OutEchos': 1, 'Icmp.InEchos': 2 }));
    expect(ledger.settled['h2']).toEqual({ 'Icmp.InEchos': 1 });
  });

  test('never makes a counter smaller than it was, nor negative', () => {
    const values = fc.nat({ max: 1000 });
    fc.assert(
      fc.property(values, values, values, (before, grown, later) => {
        const ledger = new ProbeLedger();
        const settle = ledger.begin(traffic, reading({ 'eth0.rx_packets': before }));
        const during = adjusted(ledger, 'h1', { 'eth0.rx_packets': before + grown })['eth0.rx_packets'] ?? -1;
        settle(reading({ 'eth0.rx_packets': before + grown }));
        const after = adjusted(ledger, 'h1', { 'eth0.rx_packets': before + grown + later })['eth0.rx_packets'] ?? -1;
        expect(during).toBeGreaterThanOrEqual(before);
        expect(after).toBe(during + later);
        expect(adjusted(ledger, 'h1', { 'eth0.rx_packets': 0 })['eth0.rx_packets']).toBe(0);
      }),
    );
  });
});

describe('the mark of probes', () => {
  const mark = newMark(1000, randomBytes);
  mark.endMs = 2000;
  const ethernet = [...Buffer.alloc(12), 8, 0];
  const ip = (protocol: number, payload: readonly number[], flags = 0): Uint8Array =>
    Uint8Array.from([
      ...ethernet,
      0x45,
      0,
      0,
      20 + payload.length,
      0,
      7,
      flags >> 8,
      flags & 255,
      64,
      protocol,
      0,
      0,
      10,
      0,
      0,
      1,
      10,
      0,
      0,
      2,
      ...payload,
    ]);
  const echo = (id: number, data: readonly number[] = []): number[] => [8, 0, 0, 0, id >> 8, id & 255, 0, 1, ...data];
  const pattern = [...Buffer.from(mark.pattern, 'hex')];

  test('is known by its identifier, by its payload, in fragments and in errors that quote it', () => {
    const filter = new ProbeFilter([mark]);
    expect(filter.isProbe(ip(1, echo(mark.id)), 1500)).toBe(true);
    expect(filter.isProbe(ip(1, echo(1, [...pattern, ...pattern])), 1500)).toBe(true);
    expect(filter.isProbe(ip(1, [...pattern, ...pattern], 0x2001), 1500)).toBe(true);
    // The last piece of the same packet, too short to hold the pattern.
    expect(filter.isProbe(ip(1, [1, 2, 3], 0x0005), 1500)).toBe(true);
    expect(filter.isProbe(ip(1, [3, 4, 0, 0, 0, 0, 5, 120, ...ip(1, echo(mark.id)).subarray(14)]), 1500)).toBe(true);
  });

  test('is not seen in the frames of others, nor long before or after', () => {
    const filter = new ProbeFilter([mark]);
    expect(filter.isProbe(ip(1, echo(mark.id ^ 1)), 1500)).toBe(false);
    expect(filter.isProbe(ip(17, [0, 0, 0, 0, 0, 0, 0, 0]), 1500)).toBe(false);
    expect(filter.isProbe(ip(1, echo(mark.id)), 999)).toBe(false);
    expect(filter.isProbe(ip(1, echo(mark.id)), 2000 + 6000)).toBe(false);
  });

  test('any bytes can be asked about', () => {
    const filter = new ProbeFilter([mark, { ...mark, pattern: '' }]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (tail) => {
        for (const type of [
          [8, 0],
          [0x86, 0xdd],
          [0x81, 0],
          [8, 6],
        ])
          filter.isProbe(Uint8Array.from([...ethernet.slice(0, 12), ...type, ...tail]), 1500);
      }),
    );
  });
});
