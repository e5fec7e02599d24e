/**
 * Finds room for what is written on links. A label goes to the first of its places that is free of nodes, other labels and
 * lines; an address then to one that only a line crosses; what finds none is hidden until its node is pointed at. Pure.
 */
import { boxesMeet, segmentMeets, type Box, type Segment } from './boxes.ts';
import type { PageEndpoint, PageLink } from './graph.ts';
import { CHARACTER, IMPAIRED, TRAFFIC_ROOM, type LinkLabels } from './labels.ts';
import type { Point } from './plane.ts';

export const LINE_HEIGHT = 13;
const GAP = 7;
/** The halo of a label leaves the frames of nodes alone. */
const NODE_GAP = 1;
/** From the edge of a node, along the line. */
const DISTANCES = [GAP, 18, 26, 36, 48, 62, 78, 96] as const;
/** Lines whose slope is less than about 25 degrees have their labels above and below. */
const LEVEL = 0.9;

export interface Label {
  readonly link: PageLink;
  readonly text: string;
  readonly kind: 'interface' | 'address' | 'impairment' | 'traffic' | 'middle';
  /** The end it stands at; null in the middle. */
  readonly endpoint: PageEndpoint | null;
  /** Left end of the baseline. */
  readonly at: Point;
  readonly box: Box;
  readonly isShown: boolean;
}

export interface LinkLine extends Segment {
  readonly link: PageLink;
  readonly texts: LinkLabels;
}

type Line = Pick<Label, 'text' | 'kind' | 'endpoint'>;

const ESSENTIAL: ReadonlySet<Label['kind']> = new Set(['address', 'impairment', 'middle']);

/** Boxes of the lines of one label, in their order. */
type Place = readonly Box[];

export function placeLabels(lines: readonly LinkLine[], nodeBoxes: readonly Box[], nodeSize: Size): Label[] {
  const taken: Box[] = nodeBoxes.map(({ x, y, width, height }) => ({
    x: x - NODE_GAP,
    y: y - NODE_GAP,
    width: width + 2 * NODE_GAP,
    height: height + 2 * NODE_GAP,
  }));
  const labels: Label[] = [];
  const put = (link: PageLink, texts: readonly Line[], places: readonly Place[]): void => {
    if (texts.length === 0) return;
    const isFree = (place: Place): boolean => place.every((box) => !taken.some((other) => boxesMeet(box, other)));
    const isClear = (place: Place): boolean => place.every((box) => !lines.some((line) => segmentMeets(line, box)));
    const free = places.filter(isFree);
    // On a line is better than nowhere for an address; the name of a port of a switch, and what passes it, can be asked for.
    const found = free.find(isClear) ?? (texts.some(({ kind }) => ESSENTIAL.has(kind)) ? free[0] : undefined);
    const place = found ?? places[0];
    if (!place) return;
    if (found) taken.push(...found);
    texts.forEach((line, index) => {
      const box = place[index];
      if (box)
        labels.push({ ...line, link, box, at: { x: box.x, y: box.y + LINE_HEIGHT - 3 }, isShown: found !== undefined });
    });
  };
  // Ends first: where a frame leaves and arrives says more than the middle.
  for (const { link, from, to, texts } of lines) {
    const along = direction(from, to);
    put(link, endLines(link.endpoints[0], texts.ends[0]), endPlaces(widths(texts.ends[0]), from, along, nodeSize));
    put(
      link,
      endLines(link.endpoints[1], texts.ends[1]),
      endPlaces(widths(texts.ends[1]), to, { x: -along.x, y: -along.y }, nodeSize),
    );
  }
  for (const { link, from, to, texts } of lines) {
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    const words = texts.middle.map((text): Line => ({ text, kind: 'middle', endpoint: null }));
    put(link, words, middlePlaces(widths(texts.middle), middle, direction(from, to)));
  }
  return labels;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

function endLines(endpoint: PageEndpoint, texts: readonly string[]): Line[] {
  return texts.map((text, index) => ({
    text,
    kind:
      text === TRAFFIC_ROOM
        ? 'traffic'
        : index === 0
          ? 'interface'
          : text.startsWith(IMPAIRED)
            ? 'impairment'
            : 'address',
    endpoint,
  }));
}

function widths(texts: readonly string[]): number[] {
  return texts.map((text) => text.length * CHARACTER);
}

function direction(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
}

function endPlaces(lineWidths: readonly number[], node: Point, along: Point, size: Size): Place[] {
  const edge = Math.min(
    size.width / 2 / Math.max(1e-6, Math.abs(along.x)),
    size.height / 2 / Math.max(1e-6, Math.abs(along.y)),
  );
  const at = (distance: number): Point => ({
    x: node.x + along.x * (edge + distance),
    y: node.y + along.y * (edge + distance),
  });
  const places: Place[] = [];
  if (Math.abs(along.x) >= LEVEL) places.push(aboveAndBelow(lineWidths, at(GAP), Math.sign(along.x)));
  for (const distance of DISTANCES) places.push(...around(lineWidths, at(distance), along));
  const width = Math.max(...lineWidths);
  const height = lineWidths.length * LINE_HEIGHT;
  places.push(stack(lineWidths, node.x - width / 2, node.y + size.height / 2 + 3, 'centre'));
  places.push(stack(lineWidths, node.x - width / 2, node.y - size.height / 2 - 3 - height, 'centre'));
  return places;
}

function middlePlaces(lineWidths: readonly number[], middle: Point, along: Point): Place[] {
  const width = Math.max(0, ...lineWidths);
  const height = lineWidths.length * LINE_HEIGHT;
  const above = stack(lineWidths, middle.x - width / 2, middle.y - height - 3, 'centre');
  const below = stack(lineWidths, middle.x - width / 2, middle.y + 4, 'centre');
  const beside = around(lineWidths, middle, along);
  return Math.abs(along.x) >= LEVEL ? [above, below, ...beside] : [...beside, above, below];
}

/** The interface above the line and the addresses below it, beginning at the node. */
function aboveAndBelow(lineWidths: readonly number[], start: Point, sign: number): Place {
  return lineWidths.map((width, index) => ({
    x: sign > 0 ? start.x : start.x - width,
    y: index === 0 ? start.y - LINE_HEIGHT - 3 : start.y + 4 + (index - 1) * LINE_HEIGHT,
    width,
    height: LINE_HEIGHT,
  }));
}

/** To the right and left of a point: level with it where the line runs upright, otherwise with a corner to it. */
function around(lineWidths: readonly number[], { x, y }: Point, along: Point): Place[] {
  const width = Math.max(0, ...lineWidths);
  const height = lineWidths.length * LINE_HEIGHT;
  const [right, left] = [x + GAP, x - GAP - width];
  const tops = Math.abs(along.x) < 0.25 ? [y - height / 2] : [y + 1, y - height - 1];
  return tops.flatMap((top) => [stack(lineWidths, right, top, 'left'), stack(lineWidths, left, top, 'right')]);
}

function stack(lineWidths: readonly number[], x: number, y: number, align: 'left' | 'centre' | 'right'): Place {
  const widest = Math.max(0, ...lineWidths);
  const shift = { left: 0, centre: 0.5, right: 1 }[align];
  return lineWidths.map((width, index) => ({
    x: x + (widest - width) * shift,
    y: y + index * LINE_HEIGHT,
    width,
    height: LINE_HEIGHT,
  }));
}
