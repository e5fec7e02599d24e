/** The list: only the rows in sight are drawn and summarised, however many there are. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Summary } from '../../server/packet/summary.ts';
import type { Packet } from './packet.ts';
import type { PacketStore } from './packet-store.ts';
import { RelationMark } from './relation-marks.tsx';
import { summaryInPage } from './summary-in-page.ts';
import { words } from './words.ts';

/** In step with packets.css. */
const ROW_PX = 26;
const TALL_ROW_PX = 46;
const NARROW_PX = 720;
const BEYOND_ROWS = 6;

export interface PacketListProps {
  readonly store: PacketStore;
  readonly id: string;
  readonly isFollowing: boolean;
  readonly onFollow: (isFollowing: boolean) => void;
  /** The learner wants to go into the opened packet. */
  readonly onEnter: () => void;
}

export function PacketList({ store, id, isFollowing, onFollow, onEnter }: PacketListProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 286, isNarrow: false });
  const summaries = useRef(new WeakMap<Packet, Summary>());
  const packets = store.packets.value;
  const selected = store.selected.value;
  const rowPx = view.isNarrow ? TALL_ROW_PX : ROW_PX;
  const droppedBefore = useRef(store.dropped.value);

  // Before the first paint: rows that turn to narrow ones afterwards would move.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const measure = (): void =>
      setView((old) => ({ ...old, height: element.clientHeight, isNarrow: element.clientWidth < NARROW_PX }));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // A full list that is followed stays at its end by itself: to ask where it is would have the browser lay out the page anew.
  useLayoutEffect(() => {
    const element = box.current;
    if (element && isFollowing) element.scrollTop = (packets.length + 1) * rowPx;
  }, [packets.length, isFollowing, rowPx, view.height]);
  useLayoutEffect(() => {
    const element = box.current;
    const gone = Math.max(0, store.dropped.value - droppedBefore.current);
    droppedBefore.current = store.dropped.value;
    // What the reader looks at stays in its place while older packets go.
    if (element && !isFollowing && gone > 0) element.scrollTop = Math.max(0, element.scrollTop - gone * rowPx);
  }, [packets, isFollowing, rowPx]);

  const moveTo = (index: number): void => {
    const packet = packets[Math.max(0, Math.min(packets.length - 1, index))];
    const element = box.current;
    if (!packet || !element) return;
    onFollow(false);
    store.select(packet);
    const top = packets.indexOf(packet) * rowPx;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowPx * 2 > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + rowPx * 2 - element.clientHeight;
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = selected ? packets.indexOf(selected) : -1;
    const page = Math.max(1, Math.floor(view.height / rowPx) - 2);
    const target = targetOf(event.key, at, packets.length, page);
    if (target !== null) moveTo(target);
    else if (event.key === 'Enter' && selected) onEnter();
    else if (event.key === 'Escape' && selected) store.select(null);
    else return;
    event.preventDefault();
  };
  const onScroll = (): void => {
    const element = box.current;
    if (!element) return;
    setView((old) => ({ ...old, top: element.scrollTop }));
    const isAtEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - rowPx;
    if (!isAtEnd && isFollowing && element.scrollTop < view.top) onFollow(false);
  };

  const from = Math.max(0, Math.floor(view.top / rowPx) - BEYOND_ROWS);
  const to = Math.min(packets.length, Math.ceil((view.top + view.height) / rowPx) + BEYOND_ROWS);
  const rows = packets.slice(from, to);
  const isSelectedDrawn = selected !== null && rows.includes(selected);
  return (
    <div
      class={view.isNarrow ? 'packet-list is-narrow' : 'packet-list'}
      ref={box}
      role="grid"
      tabindex={0}
      aria-label={words.packetsAt(store.endpoint.value)}
      aria-rowcount={packets.length + 1}
      aria-colcount={words.columns.length}
      aria-activedescendant={isSelectedDrawn ? `${id}-${selected.number}` : undefined}
      onKeyDown={onKeyDown}
      onScroll={onScroll}
    >
      <div class="packet-row packet-head" role="row" aria-rowindex={1}>
        {words.columns.map((name) => (
          <span key={name} role="columnheader">
            {name}
          </span>
        ))}
      </div>
      <div class="packet-rows" role="rowgroup" style={{ height: `${packets.length * rowPx}px` }}>
        {rows.map((packet, index) => (
          <Row
            key={packet.number}
            id={`${id}-${packet.number}`}
            packet={packet}
            summary={summaryOf(packet, summaries.current)}
            seconds={(packet.timeMs - store.firstMs) / 1000}
            top={(from + index) * rowPx}
            index={from + index + 2}
            isSelected={packet === selected}
            marks={<RelationMark packet={packet} store={store} onGo={(to) => moveTo(packets.indexOf(to))} />}
            onSelect={() => {
              onFollow(false);
              store.select(packet);
            }}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly id: string;
  readonly packet: Packet;
  readonly summary: Summary;
  readonly seconds: number;
  readonly top: number;
  readonly index: number;
  readonly isSelected: boolean;
  readonly marks: JSX.Element;
  readonly onSelect: () => void;
}

function Row({ id, packet, summary, seconds, top, index, isSelected, marks, onSelect }: RowProps): JSX.Element {
  return (
    <div
      class="packet-row"
      id={id}
      role="row"
      aria-rowindex={index}
      aria-selected={isSelected}
      data-kind={kindOf(summary.protocol)}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onSelect}
    >
      <span role="gridcell">{packet.number}</span>
      <span role="gridcell">{seconds.toFixed(6)}</span>
      <span role="gridcell">{summary.source}</span>
      <span role="gridcell">{summary.destination}</span>
      <span role="gridcell">{summary.protocol}</span>
      <span role="gridcell">{packet.length}</span>
      <span role="gridcell" title={summary.info}>
        {marks}
        {summary.info}
      </span>
    </div>
  );
}

function summaryOf(packet: Packet, known: WeakMap<Packet, Summary>): Summary {
  const before = known.get(packet);
  if (before) return before;
  const made = summaryInPage(packet);
  known.set(packet, made);
  return made;
}

/** The row a key leads to; null for keys that lead nowhere. */
function targetOf(key: string, at: number, count: number, page: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return at < 0 ? count - 1 : at + 1;
    case 'ArrowUp':
      return at < 0 ? count - 1 : at - 1;
    case 'PageDown':
      return at + page;
    case 'PageUp':
      return at - page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** The layer that a protocol's colour comes from; its name is in the row too. */
function kindOf(protocol: string): string {
  if (/^(ARP|Ethernet|VLAN|802|STP|LLC)/.test(protocol)) return 'link';
  if (/^(ICMP|IPv[46]|GRE)/.test(protocol)) return 'internet';
  return /^(TCP|UDP)$/.test(protocol) ? 'transport' : 'application';
}
