import { describe, expect, it } from 'vitest';
import { boxesMeet, segmentMeets, type Box } from '../../../../web/topology/boxes.ts';
import { drawingsOf, mostReadable } from '../../../../web/topology/choose-drawing.ts';
import { draw, type Drawing, type Manner } from '../../../../web/topology/drawing.ts';
import type { PageLink, PageTopology } from '../../../../web/topology/graph.ts';
import { labelsOf, type Detail } from '../../../../web/topology/labels.ts';
import type { Direction } from '../../../../web/topology/plane.ts';

const DIRECTIONS: readonly Direction[] = ['across', 'folded', 'down'];
const DETAILS: readonly Detail[] = ['full', 'brief', 'busy', 'bare'];

function manner(direction: Direction, detail: Detail, more: Partial<Manner> = {}): Manner {
  return { direction, detail, sideways: 1.35, hasTraffic: false, growth: 1, ...more };
}

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

const LARGE: Readonly<Record<string, PageTopology>> = {
  'a star of 12': topology(range(11).map((i) => [`h${i}`, 'sw1'] as const)),
  'a star of 30': topology(range(29).map((i) => [`h${i}`, 'sw1'] as const)),
  'a ring of 12': topology(range(12).map((i) => [`r${i}`, `r${(i + 1) % 12}`] as const)),
  'a tree of 20': topology([
    ['r1', 'www'],
    ...range(3).flatMap(
      (i) =>
        [['r1', `r1${i}`], [`r1${i}`, `sw${i}`], ...range(4).map((j) => [`sw${i}`, `pc${i}${j}`] as const)] as const,
    ),
  ]),
  'a dumbbell of 20': topology([
    ['r1', 'r2'],
    ...range(9).map((i) => [`left${i}`, 'r1'] as const),
    ...range(9).map((i) => [`right${i}`, 'r2'] as const),
  ]),
  'a line of 12': topology(range(11).map((i) => [`n${i}`, `n${i + 1}`] as const)),
};

function nodeBoxes({ points, node }: Drawing): Map<string, Box> {
  return new Map(
    [...points].map(([name, { x, y }]) => [name, { x: x - node.width / 2, y: y - node.height / 2, ...node }]),
  );
}

function shownLabels({ labels }: Drawing): Box[] {
  return labels.filter(({ isShown }) => isShown).map(({ box }) => box);
}

/** Width and most height in CSS pixels: the lesson and the panel of the workspace, at three sizes of the window. */
const PLACES = {
  'lesson, 1440': [600, 572],
  'lesson, 1024': [430, 572],
  'lesson, phone': [330, 572],
  'panel, 1440': [680, 247],
  'panel, 1024': [470, 247],
  'panel, phone': [330, 247],
} as const;

describe('drawing a topology', () => {
  describe.each(Object.entries(SHAPES))('%s', (_, shape) => {
    it.each(
      DIRECTIONS.flatMap((direction) =>
        DETAILS.flatMap((detail) => [0.9, 1.35, 3.6].map((sideways) => [direction, detail, sideways] as const)),
      ),
    )('keeps nodes apart and shown labels legible, %s and %s, %s times as wide', (direction, detail, sideways) => {
      const drawing = draw(shape, manner(direction, detail, { sideways, hasTraffic: true }));
      const { points, viewBox } = drawing;
      expect(points.size).toBe(shape.nodes.length);
      const all = [...nodeBoxes(drawing).values(), ...shownLabels(drawing)];
      for (const [index, box] of all.entries()) {
        for (const other of all.slice(index + 1)) expect(boxesMeet(box, other)).toBe(false);
        expect(box.x).toBeGreaterThanOrEqual(viewBox.x);
        expect(box.y).toBeGreaterThanOrEqual(viewBox.y);
        expect(box.x + box.width).toBeLessThanOrEqual(viewBox.x + viewBox.width);
        expect(box.y + box.height).toBeLessThanOrEqual(viewBox.y + viewBox.height);
      }
    });
  });

  describe.each(Object.entries(LARGE))('chosen for its place: %s', (_, shape) => {
    const candidates = drawingsOf(shape, true);
    it.each(Object.entries(PLACES))('is read in the %s', (_name, [width, mostHeight]) => {
      const drawing = mostReadable(candidates, width, mostHeight);
      const { viewBox, lines } = drawing;
      // Names of more than 8 px on a desk. Below 0.6 the picture scrolls: a little, where the place is small.
      const scale = Math.min(1, width / viewBox.width, mostHeight / viewBox.height);
      expect(scale).toBeGreaterThan(width < 500 ? 0.5 : 0.62);
      const boxes = [...nodeBoxes(drawing)];
      for (const line of lines) {
        const ends = line.link.endpoints.map(({ node }) => node);
        const behind = boxes.filter(([name, box]) => !ends.includes(name) && segmentMeets(line, box));
        expect(behind.map(([name]) => `${ends.join('–')} behind ${name}`)).toEqual([]);
      }
      const crossed = shownLabels(drawing).filter((box) => lines.some((line) => segmentMeets(line, box)));
      expect(crossed).toEqual([]);
    });
  });

  it('has the two halves of a dumbbell on either side', () => {
    const { points } = draw(LARGE['a dumbbell of 20'] ?? topology([]), manner('across', 'busy'));
    const xOf = (name: string): number => points.get(name)?.x ?? Number.NaN;
    expect(xOf('r1')).toBeLessThan(xOf('r2'));
    for (const i of range(9)) expect(xOf(`left${i}`)).toBeLessThan(xOf(`right${i}`));
  });

  it('puts nodes where the author has them, however far their labels need', () => {
    const shape = SHAPES['a ring of 4'] ?? topology([]);
    const at = { a: [0, 0], b: [1, 0], c: [1, 1], d: [0, 1] } as const;
    const nodes = shape.nodes.map((node) => ({ ...node, at: at[node.name as keyof typeof at] }));
    const { points, labels } = draw({ ...shape, nodes }, manner('across', 'full'));
    const place = (name: string) => points.get(name) ?? { x: Number.NaN, y: Number.NaN };
    expect(place('a').y).toBe(place('b').y);
    expect(place('a').x).toBe(place('d').x);
    expect(place('b').x).toBeGreaterThan(place('a').x);
    expect(place('d').y).toBeGreaterThan(place('a').y);
    expect(labels.every(({ isShown }) => isShown)).toBe(true);
    const [first, ...others] = nodes;
    const partly = { ...shape, nodes: [{ ...first!, at: undefined }, ...others] };
    expect(draw(partly as PageTopology, manner('across', 'full')).points).toEqual(
      draw(shape, manner('across', 'full')).points,
    );
  });

  it('shows every label of a short line', () => {
    const { labels } = draw(SHAPES['a line of 3'] ?? topology([]), manner('across', 'full'));
    expect(labels.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['eth1', '10.0.1.1/24', '10.0.1.254/24', '10.0.2.1/24', '10.0.2.254/24', 'MTU 1400']),
    );
    expect(labels.every(({ isShown }) => isShown)).toBe(true);
  });

  it('draws a line as a line, from left to right in the order of the links', () => {
    const { points } = draw(SHAPES['a line of 10'] ?? topology([]), manner('across', 'brief'));
    const xs = range(10).map((i) => points.get(`n${i}`)?.x ?? Number.NaN);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    expect(new Set([...points.values()].map(({ y }) => y)).size).toBe(1);
  });

  it('opens a ring instead of drawing its nodes in one line', () => {
    const { viewBox } = draw(SHAPES['a ring of 4'] ?? topology([]), manner('across', 'brief'));
    expect(viewBox.height).toBeGreaterThan(viewBox.width / 3);
  });

  it('draws two links between the same nodes beside each other', () => {
    const { lines } = draw(
      topology([
        ['h1', 'h2'],
        ['h1', 'h2'],
      ]),
      manner('across', 'full'),
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
