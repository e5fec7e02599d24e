import { describe, expect, it } from 'vitest';
import { questionsAbout } from '../../../../../web/packets/ask/packet-questions.ts';
import { questionsAmong, questionsOnTheWay } from '../../../../../web/packets/ask/list-questions.ts';
import { isRight, rightWords, type Question } from '../../../../../web/packets/ask/question.ts';
import { arp, eth, icmp, ip4, tcp } from '../../../packet/build.ts';
import { capture, opened, related } from '../capture.ts';

const CAPTURES = ['icmp.pcap', 'tcp.pcap', 'http.pcap', 'link.pcap', 'tls.pcap', 'vxlan.pcap'];
const seeded = (): (() => number) => {
  let state = 7;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
};

function rightAnswer({ form }: Question): readonly string[] {
  return form.type === 'number' ? [String(form.right)] : form.type === 'choice' ? [form.right] : form.right;
}

function allQuestions(name: string): Question[] {
  const random = seeded();
  const packets = capture(name);
  const relations = related(packets);
  return packets.flatMap((packet) => [
    ...questionsAbout(packet, opened(packet), random),
    ...questionsAmong(packet, relations.of(packet), packets, random),
  ]);
}

describe('questions about recorded packets', () => {
  it('have one right answer, among the choices, and bytes that are in the packet', () => {
    for (const question of CAPTURES.flatMap(allQuestions)) {
      const { form, packet, bytes } = question;
      expect(isRight(question, rightAnswer(question)), question.text).toBe(true);
      expect(isRight(question, ['something else'])).toBe(false);
      if (form.type !== 'number') for (const one of rightAnswer(question)) expect(form.choices).toContain(one);
      if (form.type === 'choice') expect(new Set(form.choices).size).toBe(form.choices.length);
      for (const { offset, length } of bytes) expect(offset + length).toBeLessThanOrEqual(packet.bytes.length);
      expect(question.why).not.toContain('undefined');
      expect(question.why).not.toContain('NaN');
    }
  });

  it('are of many kinds', () => {
    const kinds = new Set(CAPTURES.flatMap(allQuestions).map(({ key }) => key.slice(0, key.indexOf(' '))));
    for (const kind of ['layer', 'header', 'bytes', 'mtu', 'behind', 'port', 'carried', 'ack', 'answer']) {
      expect([...kinds]).toContain(kind);
    }
  });
});

it('a field belongs to the layer that writes it', () => {
  const frame = arp(1, { mac: [2, 0, 0, 0, 0, 1], ip: [10, 0, 0, 1] }, { mac: [0, 0, 0, 0, 0, 0], ip: [10, 0, 0, 2] });
  const packet = { number: 1, timeMs: 1, length: frame.length, bytes: frame };
  const question = questionsAbout(packet, opened(packet), seeded()).find(({ key }) => key === 'layer arp.opcode');
  expect(question?.form).toMatchObject({ right: 'Link' });
  expect(question?.bytes).toEqual([{ offset: 20, length: 2 }]);
});

it('what a router changes is what the capture says', () => {
  const echo = icmp(8, 0, Uint8Array.from([0, 1, 0, 1]));
  const at = (ttl: number, mac: number): Uint8Array =>
    eth(0x0800, ip4(1, echo, { ttl }), [2, 0, 0, 0, 0, mac], [2, 0, 0, 0, 0, mac + 1]);
  const seen = (bytes: Uint8Array) => [{ timeMs: 1, length: bytes.length, bytes }];
  const passed = [
    { endpoint: 'h1:eth0', packets: seen(at(64, 1)) },
    { endpoint: 'r1:eth0', packets: seen(at(64, 1)) },
    { endpoint: 'r1:eth1', packets: seen(at(63, 5)) },
    { endpoint: 'h2:eth0', packets: seen(at(63, 5)) },
  ];
  const of = { number: 4, timeMs: 1, length: 42, bytes: at(63, 5) };
  const [changes, ttl] = questionsOnTheWay(of, passed);
  if (!changes || !ttl) throw new Error('Nothing was asked.');
  expect(changes.text).toContain('r1');
  expect(rightWords(changes, 'none')).toBe('eth.dst, eth.src, ip.ttl, ip.checksum');
  expect(isRight(changes, ['ip.checksum', 'ip.ttl', 'eth.src', 'eth.dst'])).toBe(true);
  expect(isRight(changes, ['ip.ttl', 'eth.src', 'eth.dst'])).toBe(false);
  expect(isRight(ttl, [' 63 '])).toBe(true);
  expect(questionsOnTheWay(of, passed.slice(0, 2))).toEqual([]);
});

it('asks which number acknowledges a segment, round the end of the circle too', () => {
  const frame = eth(0x0800, ip4(6, tcp(40_000, 80, new TextEncoder().encode('hello'), { seq: 0xffff_fffe })));
  const packet = { number: 1, timeMs: 1, length: frame.length, bytes: frame };
  const question = questionsAbout(packet, opened(packet), seeded()).find(({ key }) => key.startsWith('ack '));
  expect(question?.form).toEqual({ type: 'number', right: 3 });
});
