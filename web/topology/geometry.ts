/** Sizes of what is drawn: nodes, link ends, labels and the frame around the whole. Pure. */
import type { PageLink, PageTopology } from './graph.ts';
import { CHARACTER, labelsOf, type Detail, type LinkLabels } from './labels.ts';
import { layOut, type Direction, type Point } from './lay-out.ts';

export const NODE = { width: 74, height: 52 } as const;
const LINE_HEIGHT = 13;
const LABEL_GAP = 9;
const MARGIN = 10;

export interface DrawnLink {
  readonly link: PageLink;
  readonly from: Point;
  readonly to: Point;
  readonly labels: readonly Label[];
}

export interface Label {
  readonly text: string;
  readonly at: Point;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly kind: 'interface' | 'address' | 'middle';
}

export interface Drawing {
  readonly points: ReadonlyMap<string, Point>;
  readonly links: readonly DrawnLink[];
  readonly viewBox: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

export function draw(topology: PageTopology, direction: Direction, detail: Detail): Drawing {
  const labels = new Map(topology.links.map((link) => [link, labelsOf(link, detail)]));
  const lengthOf = (a: string, b: string): number => {
    const between = topology.links.filter(
      ({ endpoints: [x, y] }) => (x.node === a && y.node === b) || (x.node === b && y.node === a),
    );
    return Math.max(0, ...between.map((link) => roomFor(labels.get(link), direction)));
  };
  const least = detail === 'bare' ? NODE.width * 1.25 : NODE.width * 1.7;
  const turn = Math.max(0, ...topology.links.map((link) => roomFor(labels.get(link), 'down')));
  const points = layOut(topology, direction, { link: lengthOf, least, turn });
  const links = topology.links.flatMap((link): DrawnLink[] => {
    const [a, b] = [points.get(link.endpoints[0].node), points.get(link.endpoints[1].node)];
    const texts = labels.get(link);
    return a && b && texts ? [drawLink(link, a, b, texts, parallelOffset(topology, link))] : [];
  });
  return { points, links, viewBox: frame(points, links) };
}

/** Centre to centre, so that what is written at both ends and in the middle does not meet. */
function roomFor(labels: LinkLabels | undefined, direction: Direction): number {
  if (!labels) return 0;
  if (direction === 'down') {
    const lines = labels.ends[0].length + labels.ends[1].length + labels.middle.length;
    return NODE.height + Math.max(46, lines * LINE_HEIGHT + 24);
  }
  // The interface is above the line, the addresses below: the wider of both counts. The middle is above.
  const [a, b] = labels.ends.map((lines) => widthOf(lines)) as [number, number];
  const above =
    widthOf(labels.ends[0].slice(0, 1)) + widthOf(labels.ends[1].slice(0, 1)) + widthOf(labels.middle) + 2 * LABEL_GAP;
  return NODE.width + Math.max(64, 2 * LABEL_GAP + Math.max(a + b + 14, above));
}

function widthOf(lines: readonly string[]): number {
  return Math.max(0, ...lines.map((line) => line.length)) * CHARACTER;
}

/** Several links between the same two nodes lie beside each other. */
function parallelOffset({ links }: PageTopology, link: PageLink): number {
  const key = ({ endpoints: [a, b] }: PageLink): string => [a.node, b.node].toSorted().join(' ');
  const siblings = links.filter((other) => key(other) === key(link));
  return (siblings.indexOf(link) - (siblings.length - 1) / 2) * 22;
}

function drawLink(link: PageLink, a: Point, b: Point, texts: LinkLabels, offset: number): DrawnLink {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const along = { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
  const shift = { x: -along.y * offset, y: along.x * offset };
  const from = { x: a.x + shift.x, y: a.y + shift.y };
  const to = { x: b.x + shift.x, y: b.y + shift.y };
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  return {
    link,
    from,
    to,
    labels: [
      ...endLabels(texts.ends[0], from, along),
      ...endLabels(texts.ends[1], to, { x: -along.x, y: -along.y }),
      ...middleLabels(texts.middle, middle, along),
    ],
  };
}

/** Beside a line that runs across: interface above, addresses below. Beside one that runs down: all to the right of it. */
function endLabels(lines: readonly string[], node: Point, along: Point): Label[] {
  const edge = edgeDistance(along) + LABEL_GAP;
  const kindOf = (index: number): Label['kind'] => (index === 0 ? 'interface' : 'address');
  if (Math.abs(along.x) >= 0.55) {
    const x = node.x + along.x * edge;
    const y = node.y + along.y * edge;
    return lines.map((text, index) => ({
      text,
      kind: kindOf(index),
      anchor: along.x > 0 ? ('start' as const) : ('end' as const),
      at: { x, y: index === 0 ? y - 6 : y + 3 + index * LINE_HEIGHT },
    }));
  }
  const block = lines.length * LINE_HEIGHT;
  const top = along.y > 0 ? node.y + edge * along.y + 6 : node.y + edge * along.y - block + 6;
  return lines.map((text, index) => ({
    text,
    kind: kindOf(index),
    anchor: 'start' as const,
    at: { x: node.x + along.x * (edge + block / 2) + 9, y: top + index * LINE_HEIGHT + 4 },
  }));
}

function middleLabels(lines: readonly string[], middle: Point, along: Point): Label[] {
  const isAcross = Math.abs(along.x) >= 0.55;
  return lines.map((text, index) => ({
    text,
    kind: 'middle' as const,
    anchor: isAcross ? ('middle' as const) : ('start' as const),
    at: {
      x: isAcross ? middle.x : middle.x + 9,
      y: isAcross ? middle.y - 6 - (lines.length - 1 - index) * LINE_HEIGHT : middle.y + 4 + index * LINE_HEIGHT,
    },
  }));
}

/** From the centre of a node to its border in a direction. */
function edgeDistance({ x, y }: Point): number {
  return Math.min(NODE.width / 2 / Math.max(1e-6, Math.abs(x)), NODE.height / 2 / Math.max(1e-6, Math.abs(y)));
}

function frame(points: ReadonlyMap<string, Point>, links: readonly DrawnLink[]): Drawing['viewBox'] {
  const xs: number[] = [];
  const ys: number[] = [];
  for (const { x, y } of points.values()) {
    xs.push(x - NODE.width / 2, x + NODE.width / 2);
    ys.push(y - NODE.height / 2, y + NODE.height / 2);
  }
  for (const { labels } of links) {
    for (const { text, at, anchor } of labels) {
      const width = text.length * CHARACTER;
      const left = anchor === 'start' ? at.x : anchor === 'end' ? at.x - width : at.x - width / 2;
      xs.push(left, left + width);
      ys.push(at.y - LINE_HEIGHT, at.y + 3);
    }
  }
  if (xs.length === 0) return { x: 0, y: 0, width: 1, height: 1 };
  const [x, y] = [Math.min(...xs) - MARGIN, Math.min(...ys) - MARGIN];
  return { x, y, width: Math.max(...xs) + MARGIN - x, height: Math.max(...ys) + MARGIN - y };
}
