import { expect, it } from 'vitest';
import type { Packet } from '../../../../web/packets/packet.ts';
import { Relations } from '../../../../web/packets/relations.ts';
import { wholeOf } from '../../../../web/packets/whole-packet.ts';
import { eth, icmp, ip4, tcp } from '../../packet/build.ts';
import { capture, opened, related } from './capture.ts';

/** `3 answered 4` for each tie, as the packets say it. */
function tiesOf(packets: readonly Packet[], kinds: readonly string[]): string[] {
  const relations = related(packets);
  return packets.flatMap((packet) =>
    relations
      .of(packet)
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ kind, to }) => `${packet.number} ${kind} ${to.number}`),
  );
}

function packetsOf(frames: readonly Uint8Array[]): Packet[] {
  return frames.map((bytes, index) => ({ number: index + 1, timeMs: 1000 + index, length: bytes.length, bytes }));
}

it('leads from a question to its answer and back, in every echo of a capture', () => {
  const packets = capture('icmp.pcap');
  const asked = packets.filter((packet) => typeOf(packet) === 8);
  const relations = related(packets);
  const answers = asked.flatMap((packet) => relations.of(packet).filter(({ kind }) => kind === 'answered'));
  expect(answers.length).toBeGreaterThan(3);
  for (const { to } of answers) {
    expect(typeOf(to)).toBe(0);
    expect(relations.of(to).some(({ kind, to: back }) => kind === 'answers' && typeOf(back) === 8)).toBe(true);
  }
});

it('knows who opens a connection, what acknowledges what, and which response is to which request', () => {
  const packets = capture('http.pcap');
  const relations = related(packets);
  const all = packets.map((packet) => relations.of(packet).map(({ kind }) => kind));
  expect(all.flat()).toContain('acknowledges');
  const first = packets.find((packet) =>
    opened(packet).layers.some(({ fields }) => fields.some(({ name }) => name === 'http.response.code')),
  );
  if (!first) throw new Error('The capture has no response.');
  const request = relations.of(first).find(({ kind }) => kind === 'answers');
  expect(opened(request?.to ?? first).layers.at(-1)?.fields[0]).toMatchObject({ name: 'http.request.method' });
});

it('tells a segment that is sent again from the next one', () => {
  const segment = (seq: number, payload: string): Uint8Array =>
    eth(0x0800, ip4(6, tcp(40_000, 80, new TextEncoder().encode(payload), { seq, flags: 0x18 })));
  const packets = packetsOf([segment(1, 'one'), segment(4, 'two'), segment(1, 'one')]);
  expect(tiesOf(packets, ['repeats', 'repeated'])).toEqual(['1 repeated 3', '3 repeats 1']);
});

it('ties fragments, and puts them together as the receiver does', () => {
  const whole = icmp(
    8,
    0,
    Uint8Array.from({ length: 64 }, (_, index) => index),
  );
  const piece = (from: number, to: number, more: boolean): Uint8Array =>
    eth(0x0800, ip4(1, whole.subarray(from, to), { id: 7, flagsAndOffset: (more ? 0x2000 : 0) | (from / 8) }));
  const packets = packetsOf([piece(0, 24, true), piece(48, whole.length, false), piece(24, 48, true)]);
  expect(tiesOf(packets, ['fragment'])).toEqual([
    '1 fragment 2',
    '1 fragment 3',
    '2 fragment 1',
    '2 fragment 3',
    '3 fragment 1',
    '3 fragment 2',
  ]);
  const joined = wholeOf(packets);
  expect(joined?.bytes).toEqual(eth(0x0800, ip4(1, whole, { id: 7 })));
  expect(wholeOf(packets.slice(0, 2))).toBeNull();
});

it('leads from an error to the packet that it is about', () => {
  const lost = ip4(17, Uint8Array.from({ length: 20 }), { id: 0x1234 });
  const error = eth(
    0x0800,
    ip4(1, icmp(11, 0, [0, 0, 0, 0, ...lost.subarray(0, 28)]), { src: [10, 0, 0, 9], dst: [10, 0, 0, 1] }),
  );
  expect(tiesOf(packetsOf([eth(0x0800, lost), error]), ['about', 'reported'])).toEqual(['1 reported 2', '2 about 1']);
});

it('forgets what left the list', () => {
  const relations = new Relations();
  const ask = (id: number): Uint8Array => eth(0x0800, ip4(1, icmp(8, 0, Uint8Array.from([0, 0, id >> 8, id & 255]))));
  const packets = packetsOf(Array.from({ length: 1200 }, (_, index) => ask(index)));
  for (const packet of packets) relations.add(packet, opened(packet), packet.number - 100);
  const late = { number: 1201, timeMs: 3000, length: 0, bytes: answerTo(0) };
  relations.add(late, opened(late), 1101);
  expect(relations.of(late)).toEqual([]);
});

function answerTo(id: number): Uint8Array {
  const reply = icmp(0, 0, Uint8Array.from([0, 0, id >> 8, id & 255]));
  return eth(0x0800, ip4(1, reply, { src: [10, 0, 0, 2], dst: [10, 0, 0, 1] }));
}

function typeOf(packet: Packet): number {
  const icmpLayer = opened(packet).layers.find(({ protocol }) => protocol === 'icmp');
  return Number(icmpLayer?.fields.find(({ name }) => name === 'icmp.type')?.value);
}
