import { expect, it } from 'vitest';
import { tabulate } from '../../../../web/packets/trail-table.ts';

function packet(macs: string, ttl: string, timeMs: number, flags = '0000') {
  const hexText = `${macs}08004500001c1234${flags}${ttl}0100000a0000010a0001020800f7ff00010001`;
  const bytes = Uint8Array.from(Buffer.from(hexText, 'hex'));
  return { timeMs, length: bytes.length, bytes };
}

const NEAR = '020000000102020000000101';
const FAR = '020000000202020000000201';

it('says what a router changed, and where', () => {
  const { columns, rows } = tabulate([
    { endpoint: 'h1:eth0', packets: [packet(NEAR, '40', 1000)] },
    { endpoint: 'r1:eth0', packets: [packet(NEAR, '40', 1000.01)] },
    { endpoint: 'r1:eth1', packets: [packet(FAR, '3f', 1000.03)] },
  ]);
  expect(columns.map(({ endpoint }) => endpoint)).toEqual(['h1:eth0', 'r1:eth0', 'r1:eth1']);
  expect(columns[2]?.afterMs).toBeCloseTo(0.03, 2);
  const changed = rows.filter(({ isChanged }) => isChanged).map(({ field }) => field);
  expect(changed).toEqual(['eth.dst', 'eth.src', 'ip.ttl']);
  const ttl = rows.find(({ field }) => field === 'ip.ttl')?.cells;
  expect(ttl).toEqual([
    { value: '64', isChanged: false },
    { value: '64', isChanged: false },
    { value: '63', isChanged: true },
  ]);
});

it('sets pieces beside the whole that they were cut from', () => {
  const { columns, rows } = tabulate([
    { endpoint: 'r1:eth0', packets: [packet(NEAR, '40', 1000)] },
    { endpoint: 'r1:eth1', packets: [packet(FAR, '3f', 1001, '2000'), packet(FAR, '3f', 1001, '0001')] },
  ]);
  expect(columns.map(({ piece }) => piece)).toEqual(['', 'piece 1 of 2', 'piece 2 of 2']);
  const more = rows.find(({ field }) => field === 'ip.flags.mf')?.cells.map(({ isChanged }) => isChanged);
  expect(more).toEqual([false, true, false]);
});
