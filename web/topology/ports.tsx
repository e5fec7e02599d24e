/** The ends of links: each shows its panel while pointed at or focused, and keeps it open when it is chosen. */
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { WatchStore } from '../attempt/watch-store.ts';
import type { FocusStops } from '../ui/focus-stops.ts';
import type { Drawing, Port } from './drawing.ts';
import { endpointName, type PageEndpoint, type PageTopology } from './graph.ts';
import { isDown, liveEnd } from './live-end.ts';
import { words } from './words.ts';

export interface ShownEndpoint {
  readonly endpoint: PageEndpoint;
  readonly anchor: Element;
  /** Opened to stay. */
  readonly isOpen: boolean;
}

export interface ShownState {
  readonly shown: ShownEndpoint | null;
  point(endpoint: PageEndpoint, anchor: Element): void;
  leave(): void;
  open(endpoint: PageEndpoint, anchor: Element): void;
  close(): void;
}

/** At most one panel at a time. */
export function useShownEndpoint(): ShownState {
  const [shown, setShown] = useState<ShownEndpoint | null>(null);
  const close = (): void => {
    if (shown?.isOpen && shown.anchor instanceof SVGElement) shown.anchor.focus({ preventScroll: true });
    setShown(null);
  };
  useEffect(() => {
    if (!shown) return undefined;
    const leave = (event: PointerEvent): void => {
      const target = event.target as Element;
      if (!target.closest('.endpoint-card') && !shown.anchor.contains(target)) setShown(null);
    };
    const escape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setShown(null);
    };
    addEventListener('pointerdown', leave);
    addEventListener('keydown', escape);
    return () => {
      removeEventListener('pointerdown', leave);
      removeEventListener('keydown', escape);
    };
  }, [shown]);
  return {
    shown,
    point: (endpoint, anchor) => setShown((before) => (before?.isOpen ? before : { endpoint, anchor, isOpen: false })),
    leave: () => setShown((before) => (before?.isOpen ? before : null)),
    open: (endpoint, anchor) => setShown({ endpoint, anchor, isOpen: true }),
    close,
  };
}

interface PortsProps {
  readonly drawing: Drawing;
  readonly watch: WatchStore;
  readonly state: ShownState;
  readonly stops: FocusStops;
  /** Opens an interface elsewhere; without it the panel stays open here. */
  readonly onOpen?: ((endpoint: PageEndpoint, from: Element) => void) | undefined;
}

export function Ports({ drawing, watch, state, stops, onOpen }: PortsProps): JSX.Element {
  return (
    <>
      {drawing.ports.map((port) => (
        <PortMark
          key={endpointName(port.endpoint)}
          port={port}
          watch={watch}
          state={state}
          stops={stops}
          onOpen={onOpen}
        />
      ))}
    </>
  );
}

interface PortMarkProps {
  readonly port: Port;
  readonly watch: WatchStore;
  readonly state: ShownState;
  readonly stops: FocusStops;
  readonly onOpen: PortsProps['onOpen'];
}

function PortMark({ port: { endpoint, at }, watch, state, stops, onOpen }: PortMarkProps): JSX.Element {
  const open = (from: Element): void => {
    if (!onOpen) return state.open(endpoint, from);
    state.leave();
    onOpen(endpoint, from);
  };
  const end = liveEnd(watch, endpoint);
  const name = endpointName(endpoint);
  const faults = [
    isDown(end) ? (words.states[end.state ?? ''] ?? String(end.state)) : '',
    end.lost > 0 ? words.dropsPackets : '',
  ].filter(Boolean);
  return (
    <g
      class={`topology-port${faults.length > 0 ? ' is-fault' : ''}`}
      transform={`translate(${at.x} ${at.y})`}
      {...stops.stop(`port ${name}`)}
      role="button"
      aria-label={words.interface(name, faults)}
      aria-expanded={state.shown?.isOpen === true && endpointName(state.shown.endpoint) === name}
      onPointerEnter={(event) => event.pointerType === 'mouse' && state.point(endpoint, event.currentTarget)}
      onPointerLeave={() => state.leave()}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && state.point(endpoint, event.currentTarget)}
      onBlur={() => state.leave()}
      onClick={(event) => open(event.currentTarget)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        open(event.currentTarget);
      }}
    >
      <circle class="topology-grip" r="11" />
      <circle class="topology-dot" r="4.5" />
      {faults.length > 0 && <path class="topology-cross" d="M-2.500-2.500l5 5M2.500-2.500l-5 5" />}
    </g>
  );
}

export function peerOf(topology: PageTopology, endpoint: PageEndpoint): PageEndpoint | null {
  const name = endpointName(endpoint);
  for (const {
    endpoints: [a, b],
  } of topology.links) {
    if (endpointName(a) === name) return b;
    if (endpointName(b) === name) return a;
  }
  return null;
}
