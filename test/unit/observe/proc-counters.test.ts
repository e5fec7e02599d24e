import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseProcCounters } from '../../../server/observe/proc-counters.ts';

const recorded = (name: string): string => readFileSync(new URL(`fixtures/${name}.txt`, import.meta.url), 'utf8');
const files = ['snmp', 'netstat', 'dev', 'snmp6'].map(recorded);

test('reads every counter of the files of Linux 6.18', () => {
  const counters = parseProcCounters(files);
  expect(counters.get('Ip.FragCreates')).toBe(3);
  expect(counters.get('Ip.OutTransmits')).toBe(9);
  expect(counters.get('IcmpMsg.InType8')).toBe(1);
  expect(counters.get('Tcp.PassiveOpens')).toBe(1);
  expect(counters.get('Tcp.MaxConn')).toBe(-1);
  expect(counters.get('TcpExt.TW')).toBe(1);
  expect(counters.get('IpExt.InNoECTPkts')).toBe(9);
  expect(counters.get('MPTcpExt.WinProbe')).toBe(0);
  expect(counters.get('Ip6.OutRequests')).toBe(3);
  expect(counters.get('Icmp6.OutType135')).toBe(1);
  expect(counters.get('Udp6.InDatagrams')).toBe(0);
  expect(counters.get('eth0.rx_bytes')).toBeGreaterThan(0);
  expect(counters.get('eth0.tx_packets')).toBeGreaterThan(0);
  expect(counters.get('lo.rx_packets')).toBe(0);
  expect(counters.size).toBeGreaterThan(350);
  expect([...counters.values()].every(Number.isFinite)).toBe(true);
});

test('a file that is not there adds nothing', () => {
  const counters = parseProcCounters([files[0] ?? null, null, null, null]);
  expect(counters.has('Ip.InReceives')).toBe(true);
  expect(counters.has('eth0.rx_packets')).toBe(false);
});

test('names of interfaces may hold dots, at signs and colons', () => {
  const dev = `heading\nheading\n eth0.100: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\nveth@x:1: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\nbroken: 1 2\n`;
  const counters = parseProcCounters([null, null, dev, null]);
  expect(counters.get('eth0.100.rx_packets')).toBe(2);
  expect(counters.get('eth0.100.multicast')).toBe(8);
  expect(counters.get('eth0.100.tx_dropped')).toBe(12);
  expect(counters.get('eth0.100.collisions')).toBe(14);
  expect(counters.get('veth@x:1.rx_bytes')).toBe(1);
  expect(counters.has('broken.rx_bytes')).toBe(false);
});
