/** All of one interface this moment, and its last minute; above everything else, beside its place in the picture. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import type { WatchStore } from '../attempt/watch-store.ts';
import { Sparkline } from '../counters/sparkline.tsx';
import { endpointName, type PageEndpoint } from './graph.ts';
import { bytes, shortRate, whole } from './rates.ts';
import { words } from './words.ts';

export interface EndpointCardProps {
  readonly endpoint: PageEndpoint;
  /** Linked to it. */
  readonly peer: PageEndpoint | null;
  /** Where it is in the picture. */
  readonly anchor: Element;
  readonly watch: WatchStore;
  /** Present when it was opened to stay. */
  readonly onClose: (() => void) | null;
}

const GAP = 10;
const PARTS = 60;

export function EndpointCard({ endpoint, peer, anchor, watch, onClose }: EndpointCardProps): JSX.Element {
  const card = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = card.current;
    if (!element) return undefined;
    element.showPopover();
    const place = (): void => {
      const { left, right, top, bottom } = anchor.getBoundingClientRect();
      const { width, height } = element.getBoundingClientRect();
      const x = Math.min(
        Math.max(GAP, (left + right - width) / 2),
        document.body.getBoundingClientRect().right - width - GAP,
      );
      const isRoomBelow = bottom + GAP + height <= innerHeight;
      element.style.left = `${x}px`;
      element.style.top = `${isRoomBelow ? bottom + GAP : Math.max(GAP, top - GAP - height)}px`;
    };
    place();
    addEventListener('scroll', place, { capture: true, passive: true });
    addEventListener('resize', place);
    return () => {
      removeEventListener('scroll', place, { capture: true });
      removeEventListener('resize', place);
    };
  }, [anchor]);
  const isOpen = onClose !== null;
  useLayoutEffect(() => {
    if (isOpen) card.current?.querySelector('button')?.focus({ preventScroll: true });
  }, [isOpen, anchor]);

  const name = endpointName(endpoint);
  return (
    <div
      class={isOpen ? 'endpoint-card is-open' : 'endpoint-card'}
      ref={card}
      popover="manual"
      role="group"
      aria-label={words.interface(name, [])}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose?.();
      }}
    >
      <div class="endpoint-head">
        <b>{name}</b>
        <State endpoint={endpoint} watch={watch} />
        {onClose && (
          <button class="icon-button" type="button" aria-label={words.close(name)} onClick={onClose}>
            ×
          </button>
        )}
      </div>
      <Facts endpoint={endpoint} peer={peer} watch={watch} />
      <Traffic name={name} watch={watch} />
    </div>
  );
}

interface PartProps {
  readonly endpoint: PageEndpoint;
  readonly watch: WatchStore;
}

export function State({ endpoint, watch }: PartProps): JSX.Element {
  void watch.beat.value;
  const state = watch.interface(endpointName(endpoint))?.state;
  if (state === undefined) return <span class="muted">{words.notRunning}</span>;
  return (
    <span class={state === 'up' ? 'endpoint-state' : 'endpoint-state is-fault'}>{words.states[state] ?? state}</span>
  );
}

export function Facts({ endpoint, peer, watch }: PartProps & { readonly peer: PageEndpoint | null }): JSX.Element {
  void watch.beat.value;
  const view = watch.interface(endpointName(endpoint));
  const addresses = view?.addresses ?? endpoint.addresses;
  return (
    <p class="endpoint-facts">
      <span>{addresses.length > 0 ? addresses.join(', ') : words.noAddress}</span>
      {view?.mtu !== null && view?.mtu !== undefined && <span>{`MTU ${view.mtu}`}</span>}
      {view?.mac !== null && view?.mac !== undefined && <span>{view.mac}</span>}
      {peer && <span>{words.linkedTo(endpointName(peer))}</span>}
    </p>
  );
}

export function Traffic({ name, watch }: { readonly name: string; readonly watch: WatchStore }): JSX.Element {
  const nowMs = watch.beat.value;
  const history = watch.traffic(name);
  const zeros = Array.from({ length: PARTS }, () => 0);
  const sent = history?.minute('txPackets', nowMs, PARTS) ?? zeros;
  const received = history?.minute('rxPackets', nowMs, PARTS) ?? zeros;
  const most = Math.max(...sent, ...received);
  const row = (way: 'tx' | 'rx', values: readonly number[]): JSX.Element => {
    const totals = history?.totals;
    const faults = totals ? totals[`${way}Dropped`] + totals[`${way}Errors`] : 0;
    return (
      <tr>
        <th scope="row">{way === 'tx' ? `↑ ${words.sent}` : `↓ ${words.received}`}</th>
        <td>{shortRate(history?.perSecond(`${way}Packets`, nowMs) ?? 0)}</td>
        <td>{bytes(history?.perSecond(`${way}Bytes`, nowMs) ?? 0)}</td>
        <td>{totals ? whole(totals[`${way}Packets`]) : '–'}</td>
        <td>{totals ? bytes(totals[`${way}Bytes`]) : '–'}</td>
        <td class={faults > 0 ? 'is-fault' : undefined}>
          {totals ? `${faults > 0 ? '✕ ' : ''}${whole(faults)}` : '–'}
        </td>
        <td class="endpoint-minute">
          <Sparkline values={values} most={most} />
        </td>
      </tr>
    );
  };
  return (
    <table>
      <thead>
        <tr>
          <td />
          <th scope="col">{words.columns.packetsPerSecond}</th>
          <th scope="col">{words.columns.bytesPerSecond}</th>
          <th scope="col">{words.columns.packets}</th>
          <th scope="col">{words.columns.bytes}</th>
          <th scope="col">{words.columns.faults}</th>
          <th scope="col">{words.columns.lastMinute}</th>
        </tr>
      </thead>
      <tbody>
        {row('tx', sent)}
        {row('rx', received)}
      </tbody>
    </table>
  );
}
