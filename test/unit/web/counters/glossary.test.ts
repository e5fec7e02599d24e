import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { counterFault } from '../../../../server/course/kernel-counters.ts';
import { parseProcCounters, PROC_COUNTER_FILES } from '../../../../server/observe/proc-counters.ts';
import { meaningOf } from '../../../../web/counters/glossary.ts';
import { meaningOf as inChinese } from '../../../../web/counters/glossary-zh.ts';

const UNKNOWN = meaningOf('Ip.Nothing').words;
const own = parseProcCounters(PROC_COUNTER_FILES.map((name) => readFileSync(`/proc/self/${name}`, 'utf8')));

test('every counter that this kernel shows has words and a place in the source', () => {
  const names = [...own.keys()];
  expect(names.length).toBeGreaterThan(250);
  const silent = names.filter((name) => {
    const { words, source } = meaningOf(name);
    return words === UNKNOWN || source === '';
  });
  // Kernels add counters; one that authors cannot name yet needs no words yet.
  expect(silent.filter((name) => counterFault(name) === null)).toEqual([]);
});

test('every counter that a lab may name has words', () => {
  const source = readFileSync('server/course/kernel-counters.ts', 'utf8');
  const groups = [...source.matchAll(/^ {2}(\w+):\s*\n?\s*('[^;]*?'),\n(?= {2}\w|\})/gms)];
  expect(groups.length).toBeGreaterThan(10);
  const names = groups.flatMap(([, group, text = '']) =>
    text
      .replaceAll(/'\s*\+\s*'|'/g, '')
      .split(/\s+/)
      .filter((field) => field !== '')
      .map((field) => `${group}.${field}`),
  );
  expect(names.length).toBeGreaterThan(350);
  expect(names.filter((name) => meaningOf(name).words === UNKNOWN)).toEqual([]);
});

test('every counter with words has them in Chinese too', () => {
  for (const name of ['Ip.FragCreates', 'eth0.rx_dropped', 'qdisc.eth0.drops', 'conntrack.count', 'IcmpMsg.OutType8']) {
    expect(inChinese(name).words, name).toMatch(/[\u4e00-\u9fff].*。$/);
    expect(inChinese(name).source, name).toBe(meaningOf(name).source);
  }
  expect(inChinese('Ip.Nothing').words).toContain('还没有');
});

test('interfaces, queues and types of ICMP', () => {
  expect(meaningOf('eth0.100.rx_packets').words).toContain('Frames');
  expect(meaningOf('qdisc.eth0.drops').words).toContain('queue');
  expect(meaningOf('IcmpMsg.OutType8').words).toContain('type 8 sent');
  expect(meaningOf('Ip.FragCreates')).toEqual({
    words: 'Fragments made by this node: a packet cut into three adds three.',
    source: 'net/ipv4/ip_output.c',
  });
});
