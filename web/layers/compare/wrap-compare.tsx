/** A wrapped payload beside the frames that really left: the lines that send it, and what was captured of it. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { AttemptStore } from '../../attempt/attempt-store.ts';
import type { CodeButtonParts } from '../../lesson/code-buttons.tsx';
import { CommandList } from '../../kernel-path/command-list.tsx';
import type { PacketStore } from '../../packets/packet-store.ts';
import { endpointName, type PageTopology } from '../../topology/graph.ts';
import { TIMESTAMP_BYTES, type WrappedPacket } from '../wrap.ts';
import { realPackets, type RealPacket } from './real-packets.ts';
import { sendLines } from './send-lines.ts';
import { words } from './words.ts';

export interface WrapCompareProps {
  readonly topology: PageTopology;
  readonly attempt: AttemptStore;
  readonly buttons: CodeButtonParts;
  readonly transport: 'tcp' | 'udp';
  /** The application's own header; empty for none. */
  readonly head: string;
  readonly text: string;
  readonly times: number;
  readonly wrapped: readonly WrappedPacket[];
}

/** More packets are compared in sum. */
const MOST_ROWS = 12;

/** Nothing in a lab where nobody can be reached. */
export function WrapCompare(props: WrapCompareProps): JSX.Element | null {
  const { topology, attempt, transport, wrapped, head, text, times } = props;
  const way = useMemo(() => wayThrough(topology), [topology]);
  const isReady = attempt.sandbox.value.state === 'ready';
  const box = useRef<HTMLDivElement>(null);
  const store = usePackets(box, attempt, way?.endpoint ?? null, transport);
  if (!way) return null;
  const lines = sendLines(way.address, transport, { head, text, times });
  const payload = new TextEncoder().encode(head + text.repeat(times));
  const real = store ? realPackets(store.packets.value, payload, transport) : [];
  return (
    <div class="wrap-compare" ref={box}>
      <p class="wrap-title" aria-hidden="true">
        {words.title}
      </p>
      {!isReady && <p class="muted">{words.start}</p>}
      {isReady && !lines && <p class="muted">{words.tooLong}</p>}
      {isReady && lines && (
        <>
          <p>{words.howTo(way.from, way.to)}</p>
          {lines.listen !== null && (
            <CommandList
              {...props.buttons}
              node={way.to}
              commands={[{ line: lines.listen, shows: words.listen(way.to) }]}
            />
          )}
          <CommandList
            {...props.buttons}
            node={way.from}
            commands={[
              { line: lines.send, shows: lines.listen === null ? words.sendOnly(way.from) : words.send(way.from) },
            ]}
          />
          <div role="status">
            {real.length === 0 ? (
              <p class="muted">{words.waiting(way.endpoint)}</p>
            ) : (
              <Comparison wrapped={wrapped} real={real} endpoint={way.endpoint} transport={transport} />
            )}
          </div>
        </>
      )}
    </div>
  );
}

interface ComparisonProps {
  readonly wrapped: readonly WrappedPacket[];
  readonly real: readonly RealPacket[];
  readonly endpoint: string;
  readonly transport: 'tcp' | 'udp';
}

function Comparison({ wrapped, real, endpoint, transport }: ComparisonProps): JSX.Element {
  const expected = wrapped.map((packet): RealPacket => ({
    ethernet: packet.ethernet,
    ip: packet.ip,
    transport: packet.transport,
    data: packet.applicationHeader + packet.payload,
  }));
  const notes = notesOn(expected, real, transport);
  const rows = Array.from({ length: Math.min(MOST_ROWS, Math.max(expected.length, real.length)) }, (_, index) => index);
  return (
    <>
      <p class={notes.length === 0 ? 'wrap-same' : 'wrap-differs'}>
        {notes.length === 0 ? `✓ ${words.same}` : `✕ ${words.differs} ${notes.join(' ')}`}
      </p>
      <div class="table-scroll" tabindex={0} role="group" aria-label={words.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.packet}</th>
              <th scope="col" />
              {PARTS.map((part) => (
                <th key={part} scope="col">
                  {words.part[part]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((index) => (
              <>
                <Row key={`w${index}`} index={index} name={words.wrapped} packet={expected[index]} other={undefined} />
                <Row
                  key={`r${index}`}
                  index={null}
                  name={words.captured(endpoint)}
                  packet={real[index]}
                  other={expected[index]}
                />
              </>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

const PARTS = ['ethernet', 'ip', 'transport', 'data'] as const;

interface RowProps {
  readonly index: number | null;
  readonly name: string;
  readonly packet: RealPacket | undefined;
  /** What it is compared with. */
  readonly other: RealPacket | undefined;
}

function Row({ index, name, packet, other }: RowProps): JSX.Element {
  return (
    <tr>
      <td>{index === null ? '' : index + 1}</td>
      <th scope="row">{name}</th>
      {PARTS.map((part) => {
        const isOther = other !== undefined && packet?.[part] !== other[part];
        return (
          <td key={part} class={isOther ? 'is-changed' : undefined}>
            {isOther ? '≠ ' : ''}
            {packet?.[part] ?? '–'}
          </td>
        );
      })}
    </tr>
  );
}

function notesOn(expected: readonly RealPacket[], real: readonly RealPacket[], transport: 'tcp' | 'udp'): string[] {
  const isSame = (a: RealPacket | undefined, b: RealPacket | undefined): boolean =>
    PARTS.every((part) => a?.[part] === b?.[part]);
  if (expected.length === real.length && real.every((packet, index) => isSame(packet, expected[index]))) return [];
  const [first, wanted] = [real[0], expected[0]];
  const notes: string[] = [];
  if (expected.length !== real.length) notes.push(words.number(expected.length, real.length));
  if (transport === 'tcp' && first && wanted && first.transport !== wanted.transport) {
    notes.push(wanted.transport - first.transport === TIMESTAMP_BYTES ? words.timestamps : words.options);
  } else if (expected.length > 1 || real.length > 1) notes.push(words.mtu);
  return notes.length > 0 ? notes : [words.options];
}

interface Way {
  readonly from: string;
  /** Of `from`, captured. */
  readonly endpoint: string;
  readonly to: string;
  readonly address: string;
}

/** From the first host to the last one that has an IPv4 address; null where there are no two. */
function wayThrough({ nodes, links }: PageTopology): Way | null {
  const ends = links.flatMap((link) => link.endpoints);
  const reachable = nodes
    .filter(({ kind }) => kind === 'host')
    .flatMap(({ name }) => {
      const end = ends.find(
        ({ node, addresses }) => node === name && addresses.some((address) => address.includes('.')),
      );
      const address = end?.addresses.find((one) => one.includes('.'))?.split('/')[0];
      return end && address !== undefined ? [{ name, end, address }] : [];
    });
  const [from, to] = [reachable[0], reachable.at(-1)];
  if (!from || !to || from === to) return null;
  return { from: from.name, endpoint: endpointName(from.end), to: to.name, address: to.address };
}

/** The packets of the sender's interface, while this is on the screen and a network runs. */
function usePackets(
  box: { readonly current: HTMLElement | null },
  attempt: AttemptStore,
  endpoint: string | null,
  transport: 'tcp' | 'udp',
): PacketStore | null {
  const [store, setStore] = useState<PacketStore | null>(null);
  const [isSeen, setSeen] = useState(false);
  const isReady = attempt.sandbox.value.state === 'ready';
  useEffect(() => {
    if (!box.current) return undefined;
    const observer = new IntersectionObserver((entries) => setSeen(entries.at(-1)?.isIntersecting ?? false));
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  const isWanted = isReady && isSeen && endpoint !== null;
  useEffect(() => {
    if (!isWanted || store) return;
    import('../../packets/packet-store.ts').then(
      ({ PacketStore: Store }) => {
        // Later fragments have no transport header: the filter knows them by their protocol.
        const filter = transport === 'udp' ? 'ip.proto == 17' : 'tcp.len > 0';
        setStore(new Store({ attemptId: attempt.id, recording: null, endpoint, filter, bpf: '' }));
      },
      () => undefined,
    );
  }, [isWanted]);
  useEffect(() => {
    store?.setFilter(transport === 'udp' ? 'ip.proto == 17' : 'tcp.len > 0');
  }, [store, transport]);
  useEffect(() => {
    store?.setState(isReady, isSeen);
    return () => store?.setState(false, false);
  }, [store, isReady, isSeen]);
  return store;
}
