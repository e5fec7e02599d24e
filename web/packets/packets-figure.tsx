/** `::packets`: the learner's own packets at an interface as they pass, each of which opens. */
import { render, type JSX } from 'preact';
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import type { WatchStore } from '../attempt/watch-store.ts';
import { RecordedMark } from '../recording/source-note.tsx';
import { words as recordedWords } from '../recording/words.ts';
import '../ui/styles/packets.css';
import { AskPanel } from './ask/ask-panel.tsx';
import { AskStore } from './ask/ask-store.ts';
import { FilterBox } from './filter-box.tsx';
import type { Packet } from './packet.ts';
import { PacketDetail } from './packet-detail.tsx';
import { PacketList } from './packet-list.tsx';
import { MOST_PACKETS, type PacketStore } from './packet-store.ts';
import { PacketTrail } from './packet-trail.tsx';
import { RelationList } from './relation-marks.tsx';
import { words } from './words.ts';

export interface PacketsFigureProps {
  readonly store: PacketStore;
  readonly watch: WatchStore;
  /** Null for a visitor. */
  readonly attemptId: string | null;
  /** As `h1:eth0`. */
  readonly endpoints: readonly string[];
  /** The lab's own capture filter; empty for none. */
  readonly bpf: string;
}

export function drawPackets(place: HTMLElement, props: PacketsFigureProps): void {
  render(<PacketsFigure {...props} />, place);
}

export function PacketsFigure({ store, watch, attemptId, endpoints, bpf }: PacketsFigureProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const askButton = useRef<HTMLButtonElement>(null);
  const id = useId();
  const [isFollowing, setFollowing] = useState(true);
  const [isAsking, setAsking] = useState(false);
  const ask = useMemo(() => new AskStore(store), [store]);
  const selected = store.selected.value;
  const isRunning = store.isRunning.value;
  const close = (): void => {
    store.select(null);
    box.current?.querySelector<HTMLElement>('.packet-list')?.focus();
  };
  const toggleAsking = (): void => {
    if (!isAsking) void ask.next();
    setAsking(!isAsking);
    // What had it, if anything, is gone with the question.
    if (isAsking) askButton.current?.focus({ preventScroll: true });
  };
  const enter = (): void => box.current?.querySelector<HTMLElement>('.packet-part[tabindex="0"]')?.focus();
  return (
    <div class="packets" ref={box}>
      <div class="packets-bar">
        <label>
          <span class="visually-hidden">{words.interface}</span>
          <select value={store.endpoint.value} onChange={(event) => store.setEndpoint(event.currentTarget.value)}>
            {endpoints.map((endpoint) => (
              <option key={endpoint} value={endpoint}>
                {endpoint}
              </option>
            ))}
          </select>
        </label>
        {attemptId !== null && (
          <>
            <button class="button small" type="button" onClick={() => store.setRunning(!isRunning)}>
              {isRunning ? `■ ${words.stop}` : `▶ ${words.start}`}
            </button>
            <button class="button small" type="button" onClick={() => store.clear()}>
              {words.clear}
            </button>
            <label class="packets-follow">
              <input
                type="checkbox"
                checked={isFollowing}
                onChange={(event) => setFollowing(event.currentTarget.checked)}
              />
              {words.follow}
            </label>
            <Download attemptId={attemptId} endpoint={store.endpoint.value} />
          </>
        )}
        <button ref={askButton} class="button small" type="button" aria-pressed={isAsking} onClick={toggleAsking}>
          ? {words.askMe}
        </button>
        <FilterBox store={store} id={id} />
      </div>
      <div class="packets-place">
        <PacketList
          store={store}
          id={id}
          isFollowing={isFollowing && attemptId !== null}
          onFollow={setFollowing}
          onEnter={enter}
        />
        <EmptyWords store={store} />
      </div>
      <Status store={store} watch={watch} bpf={bpf} />
      {isAsking && <AskPanel ask={ask} onStop={toggleAsking} />}
      {selected && <Opened store={store} packet={selected} onClose={close} onEnter={enter} />}
    </div>
  );
}

interface OpenedProps {
  readonly store: PacketStore;
  readonly packet: Packet;
  readonly onClose: () => void;
  /** Puts the focus into what is opened. */
  readonly onEnter: () => void;
}

/** A packet of the list, or, where it is a fragment, the whole that it belongs to. */
function Opened({ store, packet, onClose, onEnter }: OpenedProps): JSX.Element {
  const [opened, setWhole] = useState<{ of: Packet; packet: Packet; count: number } | null>(null);
  const whole = opened?.of === packet ? opened : null;
  // A button of a packet that leads to another is gone with it: who pressed it goes on in what it opened.
  const isLed = useRef(false);
  useEffect(() => {
    if (isLed.current) onEnter();
    isLed.current = false;
  }, [packet, whole]);
  const lead = (go: () => void): void => {
    isLed.current = true;
    go();
  };
  if (whole) {
    const title = words.wholePacket(whole.count);
    return (
      <PacketDetail
        key={`whole ${packet.number}`}
        packet={whole.packet}
        title={title}
        onClose={() => lead(() => setWhole(null))}
      >
        {null}
      </PacketDetail>
    );
  }
  return (
    <PacketDetail key={packet.number} packet={packet} onClose={onClose}>
      <RelationList
        packet={packet}
        store={store}
        onGo={(to) => lead(() => store.select(to))}
        onOpenWhole={(one, count) => lead(() => setWhole({ of: packet, packet: one, count }))}
      />
      <PacketTrail store={store} packet={packet} />
    </PacketDetail>
  );
}

function Download({ attemptId, endpoint }: { readonly attemptId: string; readonly endpoint: string }): JSX.Element {
  const at = endpoint.indexOf(':');
  const [node, name] = [endpoint.slice(0, at), endpoint.slice(at + 1)];
  const href = `/api/attempts/${attemptId}/captures/${node}/${encodeURIComponent(name)}.pcapng`;
  return (
    <a class="button small" href={href} download>
      {words.download}
    </a>
  );
}

/** In place of rows, why there are none. */
function EmptyWords({ store }: { readonly store: PacketStore }): JSX.Element | null {
  if (store.packets.value.length > 0 || store.refusal.value !== null) return null;
  const isFiltered = store.filter.value.trim() !== '';
  const sentence =
    store.isOn.value || store.isRecorded.value
      ? words.noneYet(store.endpoint.value, isFiltered)
      : store.isRunning.value
        ? words.noneHere
        : words.noneStopped;
  return <p class="packets-empty muted">{sentence}</p>;
}

interface StatusProps {
  readonly store: PacketStore;
  readonly watch: WatchStore;
  readonly bpf: string;
}

function Status({ store, watch, bpf }: StatusProps): JSX.Element {
  const refusal = store.refusal.value;
  if (refusal !== null) return <p class="packets-status packet-fault">✕ {refusal}</p>;
  const [dropped, skipped] = [store.dropped.value, store.skipped.value];
  const parts = [
    words.count(store.packets.value.length),
    bpf === '' || store.isRecorded.value ? '' : words.ofThoseThatMatch(bpf),
    store.isByTshark.value ? words.byTshark : '',
    dropped > 0 ? words.leftTheList(dropped, MOST_PACKETS) : '',
    skipped > 0 ? words.notShown(skipped) : '',
    store.isGap.value ? words.lost : '',
    store.isRecorded.value
      ? ''
      : store.isOn.value
        ? words.live
        : store.isRunning.value
          ? words.notRunning
          : words.stopped,
  ];
  return (
    <p class="packets-status">
      {store.isRecorded.value && (
        <>
          <RecordedMark watch={watch} /> {watch.isVisiting ? recordedWords.joinForOwn : recordedWords.startForOwn}{' '}
        </>
      )}
      {parts.filter((part) => part !== '').join(' · ')}
    </p>
  );
}
