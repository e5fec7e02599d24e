import { describe, expect, it } from 'vitest';
import { WatchHistory } from '../../../../web/attempt/watch-history.ts';
import { countersOf, lineFor, nameOf, numbersOf, stagesOf } from '../../../../web/kernel-path/stages-of.ts';
import { readNumber } from '../../../../web/kernel-path/read-number.ts';
import { lessonWords } from '../../../../server/course/lesson-words.ts';
import { pictureHtml } from '../../../../server/course/pictures.ts';
import { counterFault } from '../../../../server/course/kernel-counters.ts';

const KINDS = ['host', 'router', 'switch'] as const;
const DIRECTIONS = ['rx', 'tx'] as const;

describe('the stages of the kernel path', () => {
  it('name only counters that the kernel has', () => {
    for (const kind of KINDS) {
      for (const direction of DIRECTIONS) {
        const names = countersOf(stagesOf(kind, direction), ['eth0', 'eth1']);
        expect(names.length).toBeGreaterThan(10);
        expect(names.flatMap((name) => counterFault(name)?.message ?? [])).toEqual([]);
      }
    }
  });

  it('are each there once, say where their number is, and show a command', () => {
    for (const direction of DIRECTIONS) {
      const stages = [...stagesOf('router', direction), ...stagesOf('switch', direction)];
      for (const stage of stages) {
        expect(stage.commands.length, stage.id).toBeGreaterThan(0);
        expect(stage.where, stage.id).not.toBe('');
      }
      const ids = stagesOf('router', direction).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('count each counter at one stage of a path', () => {
    for (const direction of DIRECTIONS) {
      const counters = stagesOf('router', direction).flatMap((stage) => stage.numbers.map(({ counter }) => counter));
      expect(new Set(counters).size).toBe(counters.length);
    }
  });

  it('follow the order of the kernel', () => {
    const order = stagesOf('router', 'rx').map(({ id }) => id);
    const inOrder = ['nic', 'dma', 'hardirq', 'softirq', 'skb', 'taps', 'link', 'ip-in', 'prerouting', 'routing'];
    expect(order).toEqual([...inOrder, 'forward', 'reassembly', 'input', 'transport', 'queue', 'application']);
  });

  it('are the ones that a page without scripts lists', () => {
    for (const direction of DIRECTIONS) {
      const written = pictureHtml(
        { name: 'kernel-path', node: 'h1', direction },
        { topology: { nodes: [], links: [], faults: [] }, recording: null, words: lessonWords('en') },
        '',
      );
      const listed = [...written.matchAll(/<li>(.*?)<\/li>/g)].map(([, title]) => title);
      expect(listed).toEqual(stagesOf('host', direction).map(({ title }) => title));
    }
  });

  it('branch to forwarding on routers and to the bridge on switches', () => {
    const branches = (kind: (typeof KINDS)[number]): string[] =>
      stagesOf(kind, 'rx').flatMap(({ id, branch }) => (branch === undefined ? [] : [id]));
    expect(KINDS.map(branches)).toEqual([[], ['forward'], ['bridge']]);
  });

  it('have no live numbers where a veth has no such stage', () => {
    const absent = DIRECTIONS.flatMap((direction) => stagesOf('host', direction)).filter(({ notHere }) => notHere);
    expect(absent.map(({ id }) => id)).toEqual(['dma', 'hardirq', 'ring', 'nic']);
    expect(absent.every(({ numbers }) => numbers.length === 0)).toBe(true);
  });
});

describe('numbers of a node', () => {
  const nic = stagesOf('host', 'rx')[0];
  const frames = (interfaces: readonly string[]) => (nic ? numbersOf(nic, interfaces)[0] : undefined);

  it('are named after the interfaces they are the sum of', () => {
    const names = [['eth0'], ['eth0', 'eth1'], ['a', 'b', 'c', 'd']].map((list) => {
      const number = frames(list);
      return number && nameOf(number);
    });
    expect(names).toEqual(['eth0.rx_packets', 'eth0 + eth1 .rx_packets', 'all .rx_packets']);
  });

  it('add up what is known, and are unknown while nothing is', () => {
    const eth0 = new WatchHistory<'value'>();
    eth0.add({ value: 10 }, 1000, 0);
    eth0.add({ value: 14 }, 2000, 1000);
    const watch = { counter: (_: string, name: string) => (name.startsWith('eth0') ? eth0 : null) };
    const both = frames(['eth0', 'eth1']);
    const other = frames(['eth1']);
    if (!both || !other) throw new Error('The first stage counts frames.');
    expect(readNumber(watch, 'r1', both, 2000)).toEqual({ total: 14, perSecond: 2, lastMinute: 4 });
    expect(readNumber(watch, 'r1', other, 2000)).toEqual({ total: null, perSecond: 0, lastMinute: 0 });
  });

  it('are asked for by commands that name the first interface', () => {
    const node = { name: 'r1', kind: 'router', interfaces: ['eth1', 'eth0'] } as const;
    expect(lineFor('ip -s link show dev %dev', node)).toBe('ip -s link show dev eth1');
    expect(lineFor('tc -s qdisc show dev %dev', { ...node, interfaces: [] })).toBe('tc -s qdisc show dev lo');
  });
});
