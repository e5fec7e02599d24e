/** The picture of a lab's network: each node is a button that opens its terminal, each end of a link shows what passes it. */
import type { ReadonlySignal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { LinkView } from '../../server/contract/api.ts';
import { useLook } from '../attempt/use-look.ts';
import type { WatchStore } from '../attempt/watch-store.ts';
import { useFocusStops, type FocusStops } from '../ui/focus-stops.ts';
import { drawingsOf, mostReadable } from './choose-drawing.ts';
import type { Drawing } from './drawing.ts';
import { EndpointCard } from './endpoint-card.tsx';
import { endpointName, type PageEndpoint, type PageLink, type PageNode, type PageTopology } from './graph.ts';
import { describeLink } from './labels.ts';
import { LiveLink, TrafficLabel } from './live-link.tsx';
import { liveTopology } from './live-topology.ts';
import { leadAcross } from './move-focus.ts';
import { peerOf, Ports, useShownEndpoint } from './ports.tsx';
import { words } from './words.ts';

export interface TopologyPictureProps {
  readonly topology: PageTopology;
  /** Absent where there are no terminals: the nodes are then no buttons. */
  readonly onOpen?: ((node: string) => void) | undefined;
  /** The most height it may take, CSS pixels; a large network takes somewhat more. */
  readonly mostHeight?: number | undefined;
  /** Absent where no network can run: the picture is then as the lab describes it. */
  readonly watch?: WatchStore | undefined;
  /** Links that do something to frames, as they are this moment. */
  readonly links?: ReadonlySignal<readonly LinkView[]> | undefined;
  /** Opens an interface; `from` gets the focus back. */
  readonly onEndpoint?: ((endpoint: PageEndpoint, from: Element) => void) | undefined;
}

const LARGE_NODES = 12;
const LARGE_HEIGHT = 1.3;
/** Names of nodes have eight pixels then. Below it the picture scrolls in its place. */
const LEAST_SCALE = 0.6;

export function TopologyPicture(props: TopologyPictureProps): JSX.Element {
  const { topology, onOpen, watch, links, onEndpoint } = props;
  const mostHeight = (props.mostHeight ?? Infinity) * (topology.nodes.length > LARGE_NODES ? LARGE_HEIGHT : 1);
  const box = useRef<HTMLDivElement>(null);
  const look = useMemo(
    () => ({ endpoints: topology.links.flatMap(({ endpoints }) => endpoints.map(endpointName)) }),
    [topology],
  );
  useLook(box, watch, look);
  const current = useLiveTopology(topology, watch, links?.value);
  const [room, setRoom] = useState<number | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    setRoom(element.clientWidth);
    const observer = new ResizeObserver(() => setRoom(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const hasTraffic = watch !== undefined;
  const written = useMemo(() => drawingsOf(topology, hasTraffic), [topology, hasTraffic]);
  const drawings = useMemo(
    () => (current === topology ? written : drawingsOf(current, hasTraffic)),
    [current, topology, written, hasTraffic],
  );
  return (
    <div class="topology" ref={box}>
      {room !== null && room > 0 && (
        <Svg
          topology={current}
          drawing={mostReadable(drawings, room, mostHeight)}
          frame={mostReadable(written, room, mostHeight).viewBox}
          onOpen={onOpen}
          mostHeight={mostHeight}
          watch={watch}
          onEndpoint={onEndpoint}
        />
      )}
    </div>
  );
}

/** The same object while nothing of it changes. */
function useLiveTopology(
  topology: PageTopology,
  watch: WatchStore | undefined,
  links: readonly LinkView[] | undefined,
): PageTopology {
  void watch?.turns.value;
  const current = watch ? liveTopology(topology, (endpoint) => watch.interface(endpoint), links) : topology;
  const words = JSON.stringify(current.links);
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- what it says decides, not which object says it.
  return useMemo(() => (words === JSON.stringify(topology.links) ? topology : current), [topology, words]);
}

interface SvgProps extends TopologyPictureProps {
  readonly mostHeight: number;
  readonly drawing: Drawing;
  /** The room it takes, whatever the learner changes: nothing around the picture may move. */
  readonly frame: Drawing['viewBox'];
}

function Svg({ topology, drawing, frame, onOpen, mostHeight, watch, onEndpoint }: SvgProps): JSX.Element {
  const [lit, setLit] = useState<string | null>(null);
  const shownEndpoint = useShownEndpoint();
  const ports = topology.links.flatMap(({ endpoints }) =>
    endpoints.map((endpoint) => `port ${endpointName(endpoint)}`),
  );
  // Without terminals only the ends of links are buttons.
  const stops = useFocusStops(
    onOpen ? [...topology.nodes.map(({ name }) => `node ${name}`), ...ports] : ports,
    leadAcross,
  );
  const { x, y, width, height } = drawing.viewBox;
  const scale = Math.max(LEAST_SCALE, Math.min(1, mostHeight / frame.height));
  const touches = ({ endpoints }: PageLink): boolean => endpoints.some(({ node }) => node === lit);
  const { shown } = shownEndpoint;
  const isStill = watch?.source.value === 'recorded' && watch.recording?.isPlaying.value !== true;
  const picture = (
    <svg
      class={`topology-picture${lit === null ? '' : ' has-lit'}${isStill ? ' is-still' : ''}`}
      viewBox={`${x} ${y} ${width} ${height}`}
      style={{
        minWidth: `${frame.width * LEAST_SCALE}px`,
        maxWidth: `${frame.width * scale}px`,
        aspectRatio: `${frame.width} / ${frame.height}`,
      }}
      role="group"
      aria-label={words.summary(topology.nodes.length, topology.links.length)}
      {...stops.area}
    >
      {drawing.lines.map((line) => {
        const { link, from, to } = line;
        const ends = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
        return (
          <g class={`topology-link${touches(link) ? ' is-lit' : ''}`} key={link.endpoints.map(endpointName).join(' ')}>
            <title>{describeLink(link)}</title>
            <line {...ends} class="topology-grip" />
            {watch ? <LiveLink line={line} watch={watch} /> : <line {...ends} class="topology-wire" />}
          </g>
        );
      })}
      {topology.nodes.map((node) => (
        <Node key={node.name} node={node} drawing={drawing} stops={stops} onOpen={onOpen} onLight={setLit} />
      ))}
      <g aria-hidden="true">
        {drawing.labels.map((label) => {
          const { link, text, kind, at, isShown, endpoint } = label;
          const words = `topology-label is-${kind}${touches(link) ? ' is-lit' : ''}${isShown ? '' : ' is-hidden'}`;
          const key = `${link.endpoints.map(endpointName).join(' ')} ${kind} ${text} ${at.x} ${at.y}`;
          if (kind === 'traffic' && watch && endpoint) {
            const nodeX = drawing.points.get(endpoint.node)?.x ?? 0;
            return <TrafficLabel label={label} nodeX={nodeX} watch={watch} class={words} key={key} />;
          }
          return (
            <text class={words} x={at.x} y={at.y} key={key}>
              {text}
            </text>
          );
        })}
      </g>
      {watch && <Ports drawing={drawing} watch={watch} state={shownEndpoint} stops={stops} onOpen={onEndpoint} />}
    </svg>
  );
  return (
    <>
      {picture}
      {watch && shown && (
        <EndpointCard
          endpoint={shown.endpoint}
          peer={peerOf(topology, shown.endpoint)}
          anchor={shown.anchor}
          watch={watch}
          onClose={shown.isOpen ? shownEndpoint.close : null}
        />
      )}
    </>
  );
}

interface NodeProps {
  readonly node: PageNode;
  readonly drawing: Drawing;
  readonly stops: FocusStops;
  readonly onOpen: ((node: string) => void) | undefined;
  readonly onLight: (node: string | null) => void;
}

const GLYPHS: Readonly<Record<PageNode['kind'], string>> = {
  host: 'M-8-5h16v10h-16zM-4-1.500l2 1.500-2 1.500M0 2h3',
  router:
    'M0-7V7M-9 0H9M-2.500-4.500 0-7l2.500 2.500M-2.500 4.500 0 7l2.500-2.500M-6.500-2.500-9 0l2.500 2.500M6.500-2.500 9 0l-2.500 2.500',
  switch: 'M-9-3H9M6.500-5.500 9-3 6.500-.500M9 4H-9M-6.500 1.500-9 4l2.500 2.500',
};

function Node({ node, drawing, stops, onOpen, onLight }: NodeProps): JSX.Element {
  const { x, y } = drawing.points.get(node.name) ?? { x: 0, y: 0 };
  const { isSmall, node: size } = drawing;
  const shape = (
    <>
      <rect
        x={-size.width / 2}
        y={-size.height / 2}
        width={size.width}
        height={size.height}
        rx={node.kind === 'router' ? size.height / 2 : node.kind === 'switch' ? 3 : 9}
      />
      <path
        class="topology-glyph"
        d={GLYPHS[node.kind]}
        transform={isSmall ? `translate(${16 - size.width / 2} 0) scale(0.9)` : 'translate(0 -9)'}
      />
      <text class="topology-name" x={isSmall ? 11 : 0} y={isSmall ? 5 : 17} text-anchor="middle">
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
      <g {...common} role="img" aria-label={words.node(node.name, words.kinds[node.kind])}>
        {shape}
      </g>
    );
  }
  return (
    <g
      {...common}
      {...stops.stop(`node ${node.name}`)}
      role="button"
      aria-label={words.openTerminal(node.name, words.kinds[node.kind])}
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
