/** All that is drawn of a topology: places of nodes, lines, labels, and the frame around the whole. Pure. */
import { boundsOf, segmentMeets, type Box } from './boxes.ts';
import type { PageEndpoint, PageLink, PageTopology } from './graph.ts';
import { CHARACTER, labelsOf, type Detail, type LinkLabels } from './labels.ts';
import { layOut } from './lay-out.ts';
import type { Direction, Point } from './plane.ts';
import { LINE_HEIGHT, placeLabels, type Label, type LinkLine, type Size } from './place-labels.ts';

/** A node with its sign above its name. */
const NODE: Size = { width: 74, height: 52 };
/** A node with its sign beside its name, for networks that are large for their place. */
const SMALL_NODE_HEIGHT = 28;
const SMALL_NODE_WIDTHS = { least: 58, most: 112, around: 38, character: 8.2 } as const;
const LABEL_GAP = 9;
const MARGIN = 8;
/** From the edge of a node to the middle of the mark of a link's end. */
const OUTSIDE = 3;

/** A line that seems to end at a node which it passes misleads: it counts as many faults of a label. */
const HIDDEN_PASSAGE = 4;

/** Of a link, between the marks of its ends: what passes on a shorter one is not seen. */
const LEAST_LINK = 12;

/** A way to draw a topology. */
export interface Manner {
  readonly direction: Direction;
  readonly detail: Detail;
  /** So much wider than high is what is spread in all directions. */
  readonly sideways: number;
  /** With `hasTraffic` there is room at ends for what goes through them. */
  readonly hasTraffic: boolean;
  /** All distances are so much larger than what is written needs as a rule. */
  readonly growth: number;
}

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
  readonly node: Size;
  /** The sign of a node stands beside its name. */
  readonly isSmall: boolean;
  /** Labels without a place or on a line, links too short to see, and lines that pass behind a node. */
  readonly faults: number;
}

export function draw(topology: PageTopology, manner: Manner): Drawing {
  const { direction, detail, sideways, hasTraffic, growth } = manner;
  const isSmall = detail === 'busy' || detail === 'bare';
  const node = isSmall ? smallNode(topology) : NODE;
  const texts = new Map(
    topology.links.map((link) => [link, fromLeaf(topology, link, labelsOf(link, detail, hasTraffic), isSmall)]),
  );
  const isRoomMade = detail !== 'bare';
  const room = (link: PageLink, along: Direction): number =>
    roomFor(isRoomMade ? texts.get(link) : { ends: [[], []], middle: [] }, along, node);
  const turn = Math.max(0, ...topology.links.map((link) => room(link, 'down')));
  const least = isSmall
    ? {
        width: node.width + (isRoomMade ? 9 : 5),
        height: node.height + 8 + (isRoomMade && hasTraffic ? LINE_HEIGHT : 0),
      }
    : { width: node.width * 1.7, height: node.height * 1.9 };
  const placed = layOut(topology, direction, {
    link: (a, b) => Math.max(0, ...linksBetween(topology, a, b).map((link) => room(link, direction))),
    least,
    turn,
    sideways,
    isDense: isSmall,
  });
  const points = new Map([...placed].map(([name, { x, y }]) => [name, { x: x * growth, y: y * growth }]));
  const lines = topology.links.flatMap((link) => lineOf(link, points, texts.get(link), parallelOffset(topology, link)));
  const boxes = new Map([...points].map(([name, { x, y }]) => [name, boxAt(x, y, node)]));
  const labels = placeLabels(lines, [...boxes.values()], node);
  const shown = labels.filter(({ isShown }) => isShown);
  const bounds = boundsOf([...boxes.values(), ...shown.map(({ box }) => box)]);
  const viewBox = {
    x: bounds.x - MARGIN,
    y: bounds.y - MARGIN,
    width: bounds.width + 2 * MARGIN,
    height: bounds.height + 2 * MARGIN,
  };
  const crossed = shown.filter(({ box }) => lines.some((line) => segmentMeets(line, box))).length;
  const missing = isRoomMade ? labels.length - shown.length : 0;
  const ports = lines.map((line) => portsOf(line, node));
  const stubs = ports.filter(([a, b]) => Math.hypot(b.at.x - a.at.x, b.at.y - a.at.y) < LEAST_LINK).length;
  const faults = missing + crossed + stubs + HIDDEN_PASSAGE * hiddenPassages(lines, boxes);
  return { points, lines, labels, ports: ports.flat(), viewBox, node, isSmall, faults };
}

/** As wide as the longest name needs: all are equal. */
function smallNode({ nodes }: PageTopology): Size {
  const { least, most, around, character } = SMALL_NODE_WIDTHS;
  const longest = Math.max(0, ...nodes.map(({ name }) => name.length));
  return { width: Math.min(most, Math.max(least, around + longest * character)), height: SMALL_NODE_HEIGHT };
}

/** What is written at one end only stands where there are fewer other links. */
function fromLeaf(topology: PageTopology, link: PageLink, texts: LinkLabels, isSmall: boolean): LinkLabels {
  if (!isSmall) return texts;
  const degree = ({ node }: PageEndpoint): number =>
    topology.links.filter(({ endpoints }) => endpoints.some((end) => end.node === node)).length;
  const [a, b] = link.endpoints;
  return degree(a) <= degree(b) ? texts : { ...texts, ends: [texts.ends[1], texts.ends[0]] };
}

function boxAt(x: number, y: number, { width, height }: Size): Box {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** Lines that a reader cannot follow, because they pass behind a node that is none of their ends. */
function hiddenPassages(lines: readonly LinkLine[], boxes: ReadonlyMap<string, Box>): number {
  return lines.reduce((sum, line) => {
    const ends = line.link.endpoints.map(({ node }) => node);
    return sum + [...boxes].filter(([name, box]) => !ends.includes(name) && segmentMeets(line, box)).length;
  }, 0);
}

function portsOf({ link: { endpoints }, from, to }: LinkLine, node: Size): [Port, Port] {
  const edge = (here: Point, there: Point): Point => {
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    const part = Math.min(
      node.width / 2 / Math.max(1e-6, Math.abs(dx)),
      node.height / 2 / Math.max(1e-6, Math.abs(dy)),
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
function roomFor(labels: LinkLabels | undefined, direction: Direction, node: Size): number {
  if (!labels) return 0;
  if (direction === 'down') {
    const lines = labels.ends[0].length + labels.ends[1].length + labels.middle.length;
    return node.height + Math.max(46, lines * LINE_HEIGHT + 24);
  }
  // The interface is above the line, the addresses below: the wider of both counts. The middle is above.
  const [a, b] = labels.ends.map((lines) => widthOf(lines)) as [number, number];
  const above =
    widthOf(labels.ends[0].slice(0, 1)) + widthOf(labels.ends[1].slice(0, 1)) + widthOf(labels.middle) + 2 * LABEL_GAP;
  return node.width + Math.max(64, 2 * LABEL_GAP + Math.max(a + b + 14, above));
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
