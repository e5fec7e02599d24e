/** All that is drawn of a topology: places of nodes, lines, labels, and the frame around the whole. Pure. */
import { boundsOf, type Box } from './boxes.ts';
import type { PageEndpoint, PageLink, PageTopology } from './graph.ts';
import { CHARACTER, labelsOf, type Detail, type LinkLabels } from './labels.ts';
import { layOut } from './lay-out.ts';
import type { Direction, Point } from './plane.ts';
import { LINE_HEIGHT, placeLabels, type Label, type LinkLine } from './place-labels.ts';

export const NODE = { width: 74, height: 52 } as const;
const LABEL_GAP = 9;
const MARGIN = 8;
/** From the edge of a node to the middle of the mark of a link's end. */
const OUTSIDE = 3;

/** Where a link meets a node. */
export interface Port {
  readonly endpoint: PageEndpoint;
  readonly at: Point;
}

export interface Drawing {
  readonly points: ReadonlyMap<string, Point>;
  readonly lines: readonly LinkLine[];
  readonly labels: readonly Label[];
  readonly ports: readonly Port[];
  readonly viewBox: Box;
}

/** With `hasTraffic` there is room at each end for what goes through it. */
export function draw(topology: PageTopology, direction: Direction, detail: Detail, hasTraffic = false): Drawing {
  const texts = new Map(topology.links.map((link) => [link, labelsOf(link, detail, hasTraffic)]));
  const turn = Math.max(0, ...topology.links.map((link) => roomFor(texts.get(link), 'down')));
  const least =
    detail === 'bare'
      ? { width: NODE.width * 1.15, height: NODE.height * 1.15 }
      : { width: NODE.width * 1.7, height: NODE.height * 1.9 };
  const points = layOut(topology, direction, {
    link: (a, b) => Math.max(0, ...linksBetween(topology, a, b).map((link) => roomFor(texts.get(link), direction))),
    least,
    turn,
    isStaggered: detail === 'bare',
  });
  const lines = topology.links.flatMap((link) => lineOf(link, points, texts.get(link), parallelOffset(topology, link)));
  const nodeBoxes = [...points.values()].map(({ x, y }): Box => ({
    x: x - NODE.width / 2,
    y: y - NODE.height / 2,
    ...NODE,
  }));
  const labels = placeLabels(lines, nodeBoxes, NODE);
  const bounds = boundsOf([...nodeBoxes, ...labels.filter(({ isShown }) => isShown).map(({ box }) => box)]);
  const viewBox = {
    x: bounds.x - MARGIN,
    y: bounds.y - MARGIN,
    width: bounds.width + 2 * MARGIN,
    height: bounds.height + 2 * MARGIN,
  };
  return { points, lines, labels, ports: lines.flatMap(portsOf), viewBox };
}

function portsOf({ link: { endpoints }, from, to }: LinkLine): Port[] {
  const edge = (here: Point, there: Point): Point => {
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    const part = Math.min(
      NODE.width / 2 / Math.max(1e-6, Math.abs(dx)),
      NODE.height / 2 / Math.max(1e-6, Math.abs(dy)),
    );
    // A little outside, so that its mark leaves the name of the node alone.
    const out = part + OUTSIDE / (Math.hypot(dx, dy) || 1);
    return { x: here.x + dx * out, y: here.y + dy * out };
  };
  return [
    { endpoint: endpoints[0], at: edge(from, to) },
    { endpoint: endpoints[1], at: edge(to, from) },
  ];
}

function linksBetween({ links }: PageTopology, a: string, b: string): PageLink[] {
  return links.filter(({ endpoints: [x, y] }) => (x.node === a && y.node === b) || (x.node === b && y.node === a));
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
function parallelOffset(topology: PageTopology, link: PageLink): number {
  const [a, b] = link.endpoints;
  const siblings = linksBetween(topology, a.node, b.node);
  return (siblings.indexOf(link) - (siblings.length - 1) / 2) * 22;
}

/** One line, or none where an end does not exist. */
function lineOf(
  link: PageLink,
  points: ReadonlyMap<string, Point>,
  texts: LinkLabels | undefined,
  offset: number,
): LinkLine[] {
  const [a, b] = [points.get(link.endpoints[0].node), points.get(link.endpoints[1].node)];
  if (!a || !b || !texts) return [];
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const shift = { x: (-(b.y - a.y) / length) * offset, y: ((b.x - a.x) / length) * offset };
  return [{ link, texts, from: { x: a.x + shift.x, y: a.y + shift.y }, to: { x: b.x + shift.x, y: b.y + shift.y } }];
}
