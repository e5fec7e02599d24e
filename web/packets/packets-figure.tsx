/** `::packets`: the learner's own packets at an interface as they pass, each of which opens. */
import { render, type JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import '../ui/styles/packets.css';
import { FilterBox } from './filter-box.tsx';
import { PacketDetail } from './packet-detail.tsx';
import { PacketList } from './packet-list.tsx';
import { MOST_PACKETS, type PacketStore } from './packet-store.ts';
import { PacketTrail } from './packet-trail.tsx';

export interface PacketsFigureProps {
  readonly store: PacketStore;
  readonly attemptId: string;
  /** As `h1:eth0`. */
  readonly endpoints: readonly string[];
  /** The lab's own capture filter; empty for none. */
  readonly bpf: string;
}

export function drawPackets(place: HTMLElement, props: PacketsFigureProps): void {
  render(<PacketsFigure {...props} />, place);
}

function PacketsFigure({ store, attemptId, endpoints, bpf }: PacketsFigureProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const [isFollowing, setFollowing] = useState(true);
  const selected = store.selected.value;
  const isRunning = store.isRunning.value;
  const close = (): void => {
    store.select(null);
    box.current?.querySelector<HTMLElement>('.packet-list')?.focus();
  };
  const [node, name] = splitEndpoint(store.endpoint.value);
  return (
    <div class="packets" ref={box}>
      <div class="packets-bar">
        <label>
          <span class="visually-hidden">Interface</span>
          <select value={store.endpoint.value} onChange={(event) => store.setEndpoint(event.currentTarget.value)}>
            {endpoints.map((endpoint) => (
              <option key={endpoint} value={endpoint}>
                {endpoint}
              </option>
            ))}
          </select>
        </label>
        <button class="button small" type="button" onClick={() => store.setRunning(!isRunning)}>
          {isRunning ? '■ Stop' : '▶ Start'}
        </button>
        <button class="button small" type="button" onClick={() => store.clear()}>
          Clear
        </button>
        <label class="packets-follow">
          <input
            type="checkbox"
            checked={isFollowing}
            onChange={(event) => setFollowing(event.currentTarget.checked)}
          />
          Follow
        </label>
        <a
          class="button small"
          href={`/api/attempts/${attemptId}/captures/${node}/${encodeURIComponent(name)}.pcapng`}
          download
        >
          Download
        </a>
        <FilterBox store={store} id={id} />
      </div>
      <PacketList
        store={store}
        id={id}
        isFollowing={isFollowing}
        onFollow={setFollowing}
        onEnter={() => box.current?.querySelector<HTMLElement>('.packet-part')?.focus()}
      />
      <Status store={store} bpf={bpf} />
      {selected && (
        <PacketDetail packet={selected} onClose={close}>
          <PacketTrail store={store} packet={selected} />
        </PacketDetail>
      )}
    </div>
  );
}

function Status({ store, bpf }: { readonly store: PacketStore; readonly bpf: string }): JSX.Element {
  const count = store.packets.value.length;
  const refusal = store.refusal.value;
  if (refusal !== null) return <p class="packets-status packet-fault">✕ {refusal}</p>;
  const words = [
    `${count} ${count === 1 ? 'packet' : 'packets'}`,
    bpf === '' ? '' : `of those that match ${bpf}`,
    store.dropped.value > 0 ? `${store.dropped.value} older ones left the list (it holds ${MOST_PACKETS})` : '',
    store.skipped.value > 0 ? `${store.skipped.value} not shown: they came too fast` : '',
    store.isGap.value ? 'some more were lost by the capture' : '',
  ].filter((part) => part !== '');
  return (
    <p class="packets-status">
      {words.join(' · ')}
      {store.isOn.value ? ' · live' : store.isRunning.value ? ' · your network is not running' : ' · stopped'}
    </p>
  );
}

function splitEndpoint(endpoint: string): [node: string, name: string] {
  const at = endpoint.indexOf(':');
  return [endpoint.slice(0, at), endpoint.slice(at + 1)];
}
