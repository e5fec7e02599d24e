import { describe, expect, it } from 'vitest';
import { boxesMeet } from '../../../../web/topology/boxes.ts';
import { draw, NODE } from '../../../../web/topology/drawing.ts';
import type { PageLink, PageTopology } from '../../../../web/topology/graph.ts';
import { labelsOf, type Detail } from '../../../../web/topology/labels.ts';
import type { Direction } from '../../../../web/topology/plane.ts';

const DIRECTIONS: readonly Direction[] = ['across', 'folded', 'down'];
const DETAILS: readonly Detail[] = ['full', 'brief', 'bare'];

function link(a: string, b: string, net: number): PageLink {
  return {
    endpoints: [
      { node: a, interface: `eth${net}`, addresses: [`10.0.${net}.1/24`] },
      { node: b, interface: `eth${net}`, addresses: [`10.0.${net}.254/24`] },
    ],
    mtu: net === 1 ? 1400 : null,
  };
}

function topology(links: readonly (readonly [string, string])[], more: readonly string[] = []): PageTopology {
  const names = [...new Set([...links.flat(), ...more])];
  return {
    nodes: names.map((name) => ({ name, kind: 'host' as const })),
    links: links.map(([a, b], index) => link(a, b, index + 1)),
  };
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const SHAPES: Readonly<Record<string, PageTopology>> = {
  'one node': topology([], ['h1']),
  'two nodes apart': topology([], ['h1', 'h2']),
  'a line of 3': topology([
    ['h1', 'r1'],
    ['r1', 'h2'],
  ]),
  'a line of 10': topology(range(9).map((i) => [`n${i}`, `n${i + 1}`] as const)),
  'a star of 30': topology(range(29).map((i) => [`h${i}`, 'sw1'] as const)),
  'a ring of 4': topology([
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'd'],
    ['d', 'a'],
  ]),
  'a tree of 9': topology([
    ['sw1', 'r1'],
    ['r1', 'sw2'],
    ...range(6).map((i) => [`h${i}`, i < 3 ? 'sw1' : 'sw2'] as const),
  ]),
  'a full mesh of 5': topology(range(5).flatMap((a) => range(a).map((b) => [`r${a}`, `r${b}`] as const))),
  'a ring of 12 with hosts': topology(
    range(12).flatMap(
      (i) =>
        [
          [`r${i}`, `r${(i + 1) % 12}`],
          [`r${i}`, `h${i}`],
        ] as const,
    ),
  ),
};

describe('drawing a topology', () => {
  describe.each(Object.entries(SHAPES))('%s', (_, shape) => {
    it.each(
      DIRECTIONS.flatMap((direction) =>
        DETAILS.flatMap((detail) => [false, true].map((hasTraffic) => [direction, detail, hasTraffic] as const)),
      ),
    )(
      'keeps nodes apart and shown labels legible, %s and %s, with room for traffic: %s',
      (direction, detail, hasTraffic) => {
        const { points, labels, viewBox } = draw(shape, direction, detail, hasTraffic);
        expect(points.size).toBe(shape.nodes.length);
        const nodes = [...points.values()].map(({ x, y }) => ({
          x: x - NODE.width / 2,
          y: y - NODE.height / 2,
          ...NODE,
        }));
        const shown = labels.filter(({ isShown }) => isShown).map(({ box }) => box);
        const all = [...nodes, ...shown];
        for (const [index, box] of all.entries()) {
          for (const other of all.slice(index + 1)) expect(boxesMeet(box, other)).toBe(false);
          expect(box.x).toBeGreaterThanOrEqual(viewBox.x);
          expect(box.y).toBeGreaterThanOrEqual(viewBox.y);
          expect(box.x + box.width).toBeLessThanOrEqual(viewBox.x + viewBox.width);
          expect(box.y + box.height).toBeLessThanOrEqual(viewBox.y + viewBox.height);
        }
      },
    );
  });

  it('puts nodes where the author has them, however far their labels need', () => {
    const shape = SHAPES['a ring of 4'] ?? topology([]);
    const at = { a: [0, 0], b: [1, 0], c: [1, 1], d: [0, 1] } as const;
    const nodes = shape.nodes.map((node) => ({ ...node, at: at[node.name as keyof typeof at] }));
    const { points, labels } = draw({ ...shape, nodes }, 'across', 'full');
    const place = (name: string) => points.get(name) ?? { x: Number.NaN, y: Number.NaN };
    expect(place('a').y).toBe(place('b').y);
    expect(place('a').x).toBe(place('d').x);
    expect(place('b').x).toBeGreaterThan(place('a').x);
    expect(place('d').y).toBeGreaterThan(place('a').y);
    expect(labels.every(({ isShown }) => isShown)).toBe(true);
    const [first, ...others] = nodes;
    const partly = { ...shape, nodes: [{ ...first!, at: undefined }, ...others] };
    expect(draw(partly as PageTopology, 'across', 'full').points).toEqual(draw(shape, 'across', 'full').points);
  });

  it('shows every label of a short line', () => {
    const { labels } = draw(SHAPES['a line of 3'] ?? topology([]), 'across', 'full');
    expect(labels.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['eth1', '10.0.1.1/24', '10.0.1.254/24', '10.0.2.1/24', '10.0.2.254/24', 'MTU 1400']),
    );
    expect(labels.every(({ isShown }) => isShown)).toBe(true);
  });

  it('draws a line as a line, from left to right in the order of the links', () => {
    const { points } = draw(SHAPES['a line of 10'] ?? topology([]), 'across', 'brief');
    const xs = range(10).map((i) => points.get(`n${i}`)?.x ?? Number.NaN);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    expect(new Set([...points.values()].map(({ y }) => y)).size).toBe(1);
  });

  it('opens a ring instead of drawing its nodes in one line', () => {
    const { viewBox } = draw(SHAPES['a ring of 4'] ?? topology([]), 'across', 'brief');
    expect(viewBox.height).toBeGreaterThan(viewBox.width / 3);
  });

  it('draws two links between the same nodes beside each other', () => {
    const { lines } = draw(
      topology([
        ['h1', 'h2'],
        ['h1', 'h2'],
      ]),
      'across',
      'full',
    );
    expect(lines[0]?.from.y).not.toBe(lines[1]?.from.y);
  });
});

describe('labels in brief', () => {
  it('writes the subnet once and the hosts at the ends', () => {
    expect(labelsOf(link('h1', 'h2', 7), 'brief', false)).toEqual({
      ends: [
        ['eth7', '.1'],
        ['eth7', '.254'],
      ],
      middle: ['10.0.7.0/24'],
    });
  });

  it('writes whole addresses where the ends do not share a subnet', () => {
    const apart = link('h1', 'h2', 7);
    const [a, b] = apart.endpoints;
    const { ends, middle } = labelsOf(
      { ...apart, endpoints: [a, { ...b, addresses: ['192.168.1.1/24'] }] },
      'brief',
      false,
    );
    expect(ends[1]).toEqual(['eth7', '192.168.1.1/24']);
    expect(middle).toEqual([]);
  });
});
