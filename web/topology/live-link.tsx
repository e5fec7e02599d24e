/** What moves on a link: packets each way, what was dropped, and an end that is down. */
import type { JSX } from 'preact';
import type { WatchStore } from '../attempt/watch-store.ts';
import type { Label, LinkLine } from './place-labels.ts';
import { isDown, liveEnd } from './live-end.ts';
import { paceOf, shortRate } from './rates.ts';
import { words } from './words.ts';

/** Between the two directions of a link. */
const LANE = 3;

interface LiveLinkProps {
  readonly line: LinkLine;
  readonly watch: WatchStore;
}

/** The line itself, dashed when an end cannot send, and packets along it. */
export function LiveLink({ line: { link, from, to }, watch }: LiveLinkProps): JSX.Element {
  const [a, b] = [liveEnd(watch, link.endpoints[0]), liveEnd(watch, link.endpoints[1])];
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [x, y] = [(-(to.y - from.y) / length) * LANE, ((to.x - from.x) / length) * LANE];
  const flow = (perSecond: number, way: 1 | -1): JSX.Element | null => {
    const pace = paceOf(perSecond);
    if (pace === 'idle') return null;
    const [start, end] = way === 1 ? [from, to] : [to, from];
    return (
      <line
        class={`topology-flow is-${pace}`}
        x1={start.x + x * way}
        y1={start.y + y * way}
        x2={end.x + x * way}
        y2={end.y + y * way}
      />
    );
  };
  return (
    <>
      <line
        class={isDown(a) || isDown(b) ? 'topology-wire is-down' : 'topology-wire'}
        x1={from.x}
        y1={from.y}
        x2={to.x}
        y2={to.y}
      />
      {flow(a.sent, 1)}
      {flow(b.sent, -1)}
    </>
  );
}

interface TrafficLabelProps {
  readonly label: Label;
  /** Of the middle of its node: what stands left of it is aligned to the right. */
  readonly nodeX: number;
  readonly watch: WatchStore;
  readonly class: string;
}

/** `↑12 ↓12` packets a second, or why there can be none. */
export function TrafficLabel({ label, nodeX, watch, class: className }: TrafficLabelProps): JSX.Element | null {
  if (!label.endpoint) return null;
  const end = liveEnd(watch, label.endpoint);
  const { at, box } = label;
  const isRight = box.x + box.width / 2 < nodeX;
  return (
    <text class={className} x={isRight ? box.x + box.width : at.x} y={at.y} text-anchor={isRight ? 'end' : 'start'}>
      {isDown(end) && <tspan class="topology-fault">{`✕ ${words.states[end.state ?? ''] ?? end.state}`}</tspan>}
      {!isDown(end) && end.lost > 0 && <tspan class="topology-fault">{`✕${shortRate(end.lost)} `}</tspan>}
      {!isDown(end) && end.sent + end.received > 0 && `↑${shortRate(end.sent)} ↓${shortRate(end.received)}`}
    </text>
  );
}
