/** Type a payload and see it wrapped: each header with its size, and what the MTU makes of the whole. */
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { AttemptStore } from '../attempt/attempt-store.ts';
import type { CodeButtonParts } from '../lesson/code-buttons.tsx';
import type { PageTopology } from '../topology/graph.ts';
import { WrapCompare } from './compare/wrap-compare.tsx';
import { frameLength, httpHeader, ipLength, LEAST_MTU, wrap, type Wrapped, type WrappedPacket } from './wrap.ts';
import { words } from './words.ts';

const MOST_MTU = 65_535;
const MOST_PAYLOAD = 70_000;
/** Of more packets than this, the ones in the middle are told in words. */
const SHOWN = 4;

export interface WrapBenchProps {
  /** The smallest of the lab's links, in bytes. */
  readonly mtu: number;
  readonly topology: PageTopology;
  /** Null for a visitor: there is nothing real to compare with. */
  readonly attempt: AttemptStore | null;
  readonly buttons: CodeButtonParts;
}

export function WrapBench({ mtu: labMtu, topology, attempt, buttons }: WrapBenchProps): JSX.Element {
  const [text, setText] = useState(words.firstPayload);
  const [repeat, setRepeat] = useState(1);
  const [transport, setTransport] = useState<'tcp' | 'udp'>('tcp');
  const [isHttp, setHttp] = useState(false);
  const [mtu, setMtu] = useState(labMtu);
  const textBytes = new TextEncoder().encode(text).length;
  const payloadBytes = Math.min(MOST_PAYLOAD, textBytes * repeat);
  const withHttp = isHttp && transport === 'tcp';
  const applicationHeaderBytes = withHttp ? httpHeader(payloadBytes).length : 0;
  const request = { payloadBytes, applicationHeaderBytes, transport, mtu };
  const wrapped = wrap(request);
  return (
    <div class="wrap-bench" role="group" aria-label={words.wrap}>
      <p class="wrap-title" aria-hidden="true">
        {words.wrap}
      </p>
      <form class="wrap-form" onSubmit={(event) => event.preventDefault()}>
        <label class="wrap-text">
          <span>{words.payload}</span>
          <textarea rows={2} maxLength={4000} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <label>
          <span>{words.times}</span>
          <NumberBox value={repeat} least={1} most={5000} onChange={setRepeat} />
        </label>
        <label>
          <span>MTU</span>
          <NumberBox value={mtu} least={LEAST_MTU} most={MOST_MTU} onChange={setMtu} />
        </label>
        <fieldset>
          <legend>{words.transport}</legend>
          {(['tcp', 'udp'] as const).map((one) => (
            <label key={one}>
              <input type="radio" name="transport" checked={transport === one} onChange={() => setTransport(one)} />
              {one.toUpperCase()}
            </label>
          ))}
          <label>
            <input
              type="checkbox"
              checked={withHttp}
              disabled={transport === 'udp'}
              onChange={(event) => setHttp(event.currentTarget.checked)}
            />
            {words.asHttp}
          </label>
        </fieldset>
      </form>
      <p class={`wrap-outcome is-${wrapped.outcome}`} role="status">
        {outcomeOf(wrapped, payloadBytes + applicationHeaderBytes, transport, mtu)}
      </p>
      <Packets packets={wrapped.packets} transport={transport} mtu={mtu} />
      {attempt && wrapped.outcome !== 'refused' && (
        <WrapCompare
          topology={topology}
          attempt={attempt}
          buttons={buttons}
          transport={transport}
          head={withHttp ? httpHeader(payloadBytes) : ''}
          text={text}
          times={repeat}
          wrapped={wrapped.packets}
        />
      )}
    </div>
  );
}

interface NumberBoxProps {
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}

/** What is being typed may be out of bounds for a moment; it counts once it is not. */
function NumberBox({ value, least, most, onChange }: NumberBoxProps): JSX.Element {
  const [typed, setTyped] = useState(String(value));
  return (
    <input
      type="number"
      min={least}
      max={most}
      value={typed}
      onInput={(event) => {
        setTyped(event.currentTarget.value);
        const number = event.currentTarget.valueAsNumber;
        if (Number.isInteger(number) && number >= least && number <= most) onChange(number);
      }}
      onBlur={() => setTyped(String(value))}
    />
  );
}

function outcomeOf(wrapped: Wrapped, dataBytes: number, transport: 'tcp' | 'udp', mtu: number): string {
  const { packets, outcome, announcedMss, mostCarried } = wrapped;
  const [first] = packets;
  switch (outcome) {
    case 'fits': {
      const used = first ? ipLength(first) : 0;
      return words.fits(used, mtu);
    }
    case 'segments':
      return words.segments(packets.length, dataBytes, announcedMss, mostCarried);
    case 'fragments':
      return words.fragments(packets.length, dataBytes + 28, mtu);
    case 'refused':
      return words.refused(dataBytes, transport.toUpperCase());
  }
}

interface PacketsProps {
  readonly packets: readonly WrappedPacket[];
  readonly transport: 'tcp' | 'udp';
  readonly mtu: number;
}

function Packets({ packets, transport, mtu }: PacketsProps): JSX.Element | null {
  if (packets.length === 0) return null;
  const isLong = packets.length > SHOWN;
  const shown = isLong ? [...packets.slice(0, SHOWN - 1), ...packets.slice(-1)] : packets;
  const most = Math.max(...packets.map(frameLength));
  const isCut = packets.some(({ moreFragments }) => moreFragments);
  return (
    <ol class="wrap-packets">
      {shown.map((packet, index) => {
        const isLast = index === shown.length - 1;
        const number = isLast ? packets.length : index + 1;
        return (
          <li key={number}>
            {isLong && isLast && <p class="wrap-between">{words.moreLikeThese(packets.length - SHOWN)}</p>}
            <p class="wrap-packet-head">
              {packets.length > 1 && <b>{number}</b>} {words.packetSizes(frameLength(packet), ipLength(packet), mtu)}
              {isCut && <span>{words.offset(packet.offset / 8, packet.moreFragments)}</span>}
            </p>
            <div class="wrap-bar" style={{ width: `${Math.max(40, (100 * frameLength(packet)) / most)}%` }}>
              <Part kind="link" name="Ethernet" bytes={packet.ethernet} />
              <Part kind="internet" name="IPv4" bytes={packet.ip} />
              <Part kind="transport" name={transport.toUpperCase()} bytes={packet.transport} />
              <Part kind="application" name="HTTP" bytes={packet.applicationHeader} />
              <Part
                kind="payload"
                name={isCut || packets.length > 1 ? words.data : words.payloadPart}
                bytes={packet.payload}
              />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

interface PartProps {
  readonly kind: 'link' | 'internet' | 'transport' | 'application' | 'payload';
  readonly name: string;
  readonly bytes: number;
}

/** As wide as its bytes, and never narrower than its words. */
function Part({ kind, name, bytes }: PartProps): JSX.Element | null {
  if (bytes === 0) return null;
  return (
    <span class={`wrap-part is-${kind}`} style={{ flexGrow: bytes }}>
      {name} <b>{bytes}</b>
    </span>
  );
}
