import { describe, expect, it } from 'vitest';
import { FAULT_WORDS, sayFault, type FaultKind, type FaultValues } from '../../../server/packet/faults.ts';
import { FAULT_WORDS_ZH } from '../../../server/packet/faults-zh.ts';
import { SUMMARY_WORDS, type SummaryWords } from '../../../server/packet/summary-words.ts';
import { SUMMARY_WORDS_ZH } from '../../../server/packet/summary-words-zh.ts';
import { RECEIVE_STAGES } from '../../../web/kernel-path/receive-stages.ts';
import { STAGES_ZH } from '../../../web/kernel-path/stages-zh.ts';
import { stagesOf } from '../../../web/kernel-path/stages-of.ts';
import { TRANSMIT_STAGES } from '../../../web/kernel-path/transmit-stages.ts';
import { GROUPS_ZH, MODEL_ZH, ROWS_ZH } from '../../../web/layers/model-rows-zh.ts';
import { MODEL } from '../../../web/layers/model-rows.ts';

const CHINESE = /[\u4e00-\u9fff]/;

describe('what a packet says in one line, in Chinese', () => {
  const everything = (words: SummaryWords): string[][] => {
    const numbers = Array.from({ length: 160 }, (_, number) => number);
    const arp = (opcode: number, flag: string): string =>
      words.arp(opcode, (name) => (name === flag ? '1' : name.endsWith('ipv4') ? '10.0.0.1' : '02:00:00:00:00:01'));
    return [
      [1, 2, 9].flatMap((opcode) =>
        ['', 'arp.isannouncement', 'arp.isgratuitous', 'arp.isprobe'].map((flag) => arp(opcode, flag)),
      ),
      numbers.flatMap((type) => [0, 1, 2, 3, 4, 13, 99].map((code) => words.icmp(type, code))),
      numbers.flatMap((type) => [0, 1, 2, 3, 4, 13, 99].map((code) => words.icmpv6(type, code))),
      [
        words.solicits('fe80::1'),
        words.from('02::'),
        words.isAt('02::'),
        words.ipProtocol('6'),
        words.ipFragment('off=0'),
        words.nextHeader('6'),
        words.ipv6Fragment('off=0'),
        ...[true, false].map((isResponse) => words.dns(isResponse, '0x1')),
        ...[1, 3].map((code) => words.dnsFailure(code)),
        words.etherType('0x88cc'),
        words.length('60'),
        words.continuation,
      ],
    ];
  };

  it('has Chinese words for each thing that is said, and tells apart what English tells apart', () => {
    const [english, chinese] = [everything(SUMMARY_WORDS), everything(SUMMARY_WORDS_ZH)];
    for (const text of chinese.flat()) expect(text).toMatch(CHINESE);
    const kinds = (texts: string[][]): number[] => texts.map((list) => new Set(list).size);
    expect(kinds(chinese)).toEqual(kinds(english));
  });
});

describe('what is wrong with a packet, in Chinese', () => {
  // Values that no other sentence has by itself.
  const faults: { readonly [Kind in FaultKind]: readonly [Kind, ...FaultValues[Kind]] } = {
    unknownLinkType: ['unknownLinkType', 7001],
    cut: ['cut', 7001],
    missing: ['missing'],
    tooDeep: ['tooDeep'],
    otherVersion: ['otherVersion', 'IPv6', 7001],
    headerLength: ['headerLength', 'TCP', 7001, 7002],
    optionLength: ['optionLength', 'TCP', 7001],
    ipv4LengthBelowHeader: ['ipv4LengthBelowHeader', 7001, 7002],
    ipv4Length: ['ipv4Length', 7001, 7002],
    ipv6PayloadLength: ['ipv6PayloadLength', 7001, 7002],
    ipv6OptionLength: ['ipv6OptionLength', 7001],
    neighborOptionLength: ['neighborOptionLength', 7001],
    udpLengthBelowHeader: ['udpLengthBelowHeader', 7001, 7002],
    udpLength: ['udpLength', 7001, 7002],
    dnsPointer: ['dnsPointer'],
    dnsLabel: ['dnsLabel'],
    dnsNameLength: ['dnsNameLength'],
    ednsOptionLength: ['ednsOptionLength'],
    dhcpOptionLength: ['dhcpOptionLength', 7001, 7002],
  };

  it.each(Object.entries(faults))('%s: a Chinese sentence with every value of the English one', (_kind, fault) => {
    const [english, chinese] = [sayFault(fault, FAULT_WORDS), sayFault(fault, FAULT_WORDS_ZH)];
    expect(chinese).toMatch(/[\u4e00-\u9fff].*。$/);
    const facts = (sentence: string): string[] =>
      (sentence.match(/\d{2,}|IPv6|IPv4|TCP|UDP|DNS|DHCP|RFC/g) ?? []).toSorted();
    expect(facts(chinese)).toEqual(facts(english));
  });

  it('tells apart what English tells apart', () => {
    const sentences = Object.values(faults).map((fault) => sayFault(fault, FAULT_WORDS_ZH));
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});

describe('the kernel path in Chinese', () => {
  it.each([
    ['rx', RECEIVE_STAGES],
    ['tx', TRANSMIT_STAGES],
  ] as const)('has words for every stage, number and command (%s)', (direction, stages) => {
    expect(Object.keys(STAGES_ZH[direction])).toEqual(stages.map(({ id }) => id));
    for (const stage of stages) {
      const texts = STAGES_ZH[direction][stage.id];
      expect(texts?.numbers.length, stage.id).toBe(stage.numbers.length);
      expect(texts?.commands.length, stage.id).toBe(stage.commands.length);
      expect(texts?.notHere === undefined, stage.id).toBe(stage.notHere === undefined);
      for (const words of [texts?.what, texts?.more, ...(texts?.numbers ?? []), ...(texts?.commands ?? [])])
        expect(words, stage.id).toMatch(CHINESE);
    }
  });

  it('changes words alone', () => {
    const [english, chinese] = [stagesOf('router', 'rx'), stagesOf('router', 'rx', STAGES_ZH)];
    const facts = (stages: typeof english): unknown =>
      stages.map(({ id, place, kernel, branch, numbers, commands }) => [
        id,
        place,
        kernel,
        branch,
        numbers.map(({ counter, kind }) => [counter, kind]),
        commands.map(({ line, scope }) => [line, scope]),
      ]);
    expect(facts(chinese)).toEqual(facts(english));
    expect(chinese.map(({ title }) => title)).not.toEqual(english.map(({ title }) => title));
  });
});

describe('the models in Chinese', () => {
  it('have words for every row, and no others', () => {
    expect(Object.keys(ROWS_ZH)).toEqual(MODEL.flatMap(({ rows }) => rows.map(({ title }) => title)));
    expect(Object.keys(GROUPS_ZH)).toEqual(MODEL.map(({ name }) => name));
    for (const [index, group] of MODEL.entries())
      for (const [place, row] of group.rows.entries()) {
        const chinese = MODEL_ZH[index]?.rows[place];
        expect(chinese?.commands.map(({ line }) => line)).toEqual(row.commands.map(({ line }) => line));
        expect(ROWS_ZH[row.title]?.commands.length).toBe(row.commands.length);
        expect(chinese?.more).toMatch(CHINESE);
        expect(chinese?.unit === null, row.title).toBe(row.unit === null);
      }
  });
});
