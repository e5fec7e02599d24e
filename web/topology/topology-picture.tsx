/** The picture of a lab's network. Each node is a button that opens its terminal. */
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { draw, NODE, type Drawing } from './drawing.ts';
import type { PageLink, PageNode, PageTopology } from './graph.ts';
import { describeLink, type Detail } from './labels.ts';
import type { Direction } from './lay-out.ts';

export interface TopologyPictureProps {
  readonly topology: PageTopology;
  /** Absent where there are no terminals: the nodes are then no buttons. */
  readonly onOpen?: ((node: string) => void) | undefined;
  /** The most height it may take, CSS pixels. */
  readonly mostHeight?: number | undefined;
}

/** Ways to draw a topology, and how much smaller than the best one each may be and still be preferred. */
const MANNERS: readonly { direction: Direction; detail: Detail; liking: number }[] = [
  { direction: 'across', detail: 'full', liking: 1 },
  { direction: 'across', detail: 'brief', liking: 0.95 },
  { direction: 'folded', detail: 'full', liking: 0.88 },
  { direction: 'folded', detail: 'brief', liking: 0.84 },
  { direction: 'down', detail: 'full', liking: 0.8 },
  { direction: 'across', detail: 'bare', liking: 0.62 },
  { direction: 'folded', detail: 'bare', liking: 0.6 },
];

export function TopologyPicture({ topology, onOpen, mostHeight }: TopologyPictureProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<number | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    setRoom(element.clientWidth);
    const observer = new ResizeObserver(() => setRoom(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const drawings = useMemo(
    () => MANNERS.map(({ direction, detail, liking }) => ({ liking, drawing: draw(topology, direction, detail) })),
    [topology],
  );
  return (
    <div class="topology" ref={box}>
      {room !== null && room > 0 && (
        <Svg
          topology={topology}
          drawing={mostReadable(drawings, room, mostHeight)}
          onOpen={onOpen}
          mostHeight={mostHeight}
        />
      )}
    </div>
  );
}

interface Candidate {
  readonly drawing: Drawing;
  readonly liking: number;
}

function mostReadable(candidates: readonly Candidate[], room: number, mostHeight = Infinity): Drawing {
  const score = ({ drawing: { viewBox, labels }, liking }: Candidate): number => {
    const scale = Math.min(1, room / viewBox.width, mostHeight / viewBox.height);
    const shown = labels.length === 0 ? 1 : labels.filter(({ isShown }) => isShown).length / labels.length;
    return scale * liking * (0.5 + 0.5 * shown);
  };
  const [first, ...others] = candidates;
  if (!first) throw new Error('There is no way to draw a topology.');
  return others.reduce((best, other) => (score(other) > score(best) ? other : best), first).drawing;
}

interface SvgProps extends TopologyPictureProps {
  readonly drawing: Drawing;
}

function Svg({ topology, drawing, onOpen, mostHeight }: SvgProps): JSX.Element {
  const [lit, setLit] = useState<string | null>(null);
  const { x, y, width, height } = drawing.viewBox;
  const scale = Math.min(1, (mostHeight ?? Number.POSITIVE_INFINITY) / height);
  const touches = ({ endpoints }: PageLink): boolean => endpoints.some(({ node }) => node === lit);
  return (
    <svg
      class={`topology-picture${lit === null ? '' : ' has-lit'}`}
      viewBox={`${x} ${y} ${width} ${height}`}
      style={{ maxWidth: `${width * scale}px`, aspectRatio: `${width} / ${height}` }}
      role="group"
      aria-label={`The network of this lab: ${summary(topology)}`}
    >
      {drawing.lines.map(({ link, from, to }) => (
        <g class={`topology-link${touches(link) ? ' is-lit' : ''}`} key={describeLink(link)}>
          <title>{describeLink(link)}</title>
          <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} class="topology-grip" />
          <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
        </g>
      ))}
      {topology.nodes.map((node) => (
        <Node key={node.name} node={node} drawing={drawing} onOpen={onOpen} onLight={setLit} />
      ))}
      <g aria-hidden="true">
        {drawing.labels.map(({ link, text, kind, at, isShown }) => (
          <text
            class={`topology-label is-${kind}${touches(link) ? ' is-lit' : ''}${isShown ? '' : ' is-hidden'}`}
            x={at.x}
            y={at.y}
            key={`${describeLink(link)} ${kind} ${text} ${at.x} ${at.y}`}
          >
            {text}
          </text>
        ))}
      </g>
    </svg>
  );
}

interface NodeProps {
  readonly node: PageNode;
  readonly drawing: Drawing;
  readonly onOpen: ((node: string) => void) | undefined;
  readonly onLight: (node: string | null) => void;
}

const GLYPHS: Readonly<Record<PageNode['kind'], string>> = {
  host: 'M-8-5h16v10h-16zM-4-1.500l2 1.500-2 1.500M0 2h3',
  router:
    'M0-7V7M-9 0H9M-2.500-4.500 0-7l2.500 2.500M-2.500 4.500 0 7l2.500-2.500M-6.500-2.500-9 0l2.500 2.500M6.500-2.500 9 0l-2.500 2.500',
  switch: 'M-9-3H9M6.500-5.500 9-3 6.500-.500M9 4H-9M-6.500 1.500-9 4l2.500 2.500',
};

function Node({ node, drawing, onOpen, onLight }: NodeProps): JSX.Element {
  const { x, y } = drawing.points.get(node.name) ?? { x: 0, y: 0 };
  const shape = (
    <>
      <rect
        x={-NODE.width / 2}
        y={-NODE.height / 2}
        width={NODE.width}
        height={NODE.height}
        rx={node.kind === 'router' ? NODE.height / 2 : node.kind === 'switch' ? 3 : 9}
      />
      <path class="topology-glyph" d={GLYPHS[node.kind]} transform="translate(0 -9)" />
      <text class="topology-name" y="17" text-anchor="middle">
        {node.name.length > 10 ? `${node.name.slice(0, 9)}…` : node.name}
      </text>
    </>
  );
  const common = {
    class: `topology-node is-${node.kind}`,
    transform: `translate(${x} ${y})`,
    onPointerEnter: () => onLight(node.name),
    onPointerLeave: () => onLight(null),
  };
  if (!onOpen) {
    return (
      <g {...common} role="img" aria-label={`${node.name}, ${node.kind}`}>
        {shape}
      </g>
    );
  }
  return (
    <g
      {...common}
      role="button"
      tabindex={0}
      aria-label={`Open a terminal on ${node.name} (${node.kind})`}
      onFocus={() => onLight(node.name)}
      onBlur={() => onLight(null)}
      onClick={() => onOpen(node.name)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onOpen(node.name);
      }}
    >
      {shape}
    </g>
  );
}

function summary({ nodes, links }: PageTopology): string {
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
  return `${count(nodes.length, 'node')}, ${count(links.length, 'link')}`;
}
