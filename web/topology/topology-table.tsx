/** The same network in words: one row per end of a link. */
import { useMemo, useRef } from 'preact/hooks';
import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { LinkView } from '../../server/contract/api.ts';
import { useLook } from '../attempt/use-look.ts';
import type { WatchStore } from '../attempt/watch-store.ts';
import { endpointName, type PageEndpoint, type PageTopology } from './graph.ts';
import { netemWords } from './impairment-words.ts';
import { isDown, liveEnd } from './live-end.ts';
import { bytes, shortRate } from './rates.ts';
import { words } from './words.ts';

export interface TopologyTableProps {
  readonly topology: PageTopology;
  /** Absent where no network can run: the table is then as the lab describes it. */
  readonly watch?: WatchStore | undefined;
  /** Links that do something to frames, as they are this moment. */
  readonly links?: ReadonlySignal<readonly LinkView[]> | undefined;
}

export function TopologyTable({ topology, watch, links }: TopologyTableProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const look = useMemo(
    () => ({ endpoints: topology.links.flatMap(({ endpoints }) => endpoints.map(endpointName)) }),
    [topology],
  );
  useLook(box, watch, look);
  const kinds = new Map(topology.nodes.map(({ name, kind }) => [name, kind]));
  const views = links?.value ?? [];
  const rows = topology.links.flatMap(({ endpoints: [a, b], mtu, impairments: written }) => {
    const view = views.find(({ endpoints }) => endpoints[0] === endpointName(a));
    const [ab, ba] = view?.impairments ?? written ?? [null, null];
    return [
      { here: a, there: b, mtu, suffered: netemWords(ab) },
      { here: b, there: a, mtu, suffered: netemWords(ba) },
    ];
  });
  const isImpaired = views.some(({ isAdjustable }) => isAdjustable) || rows.some(({ suffered }) => suffered !== '');
  const order = topology.nodes.map(({ name }) => name);
  rows.sort((a, b) => order.indexOf(a.here.node) - order.indexOf(b.here.node));
  const alone = topology.nodes.filter(({ name }) => !rows.some(({ here }) => here.node === name));
  return (
    <div class="table-scroll network-table" tabindex={0} role="group" aria-label={words.table.label} ref={box}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.table.node}</th>
            <th scope="col">{words.table.interface}</th>
            <th scope="col">{words.table.addresses}</th>
            <th scope="col">{words.table.linkedTo}</th>
            <th scope="col">MTU</th>
            {isImpaired && <th scope="col">{words.table.impaired}</th>}
            {watch && (
              <>
                <th scope="col">{words.table.state}</th>
                <th scope="col">{words.table.sent}</th>
                <th scope="col">{words.table.received}</th>
                <th scope="col">{words.table.dropped}</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ here, there, mtu, suffered }) => (
            <tr key={endpointName(here)}>
              <th scope="row">
                {here.node} <span class="muted">{words.kinds[kinds.get(here.node) ?? 'host']}</span>
              </th>
              <td>{here.interface}</td>
              <Settings endpoint={here} peer={endpointName(there)} mtu={mtu ?? 1500} watch={watch} />
              {isImpaired && <td>{suffered === '' ? words.table.none : suffered}</td>}
              {watch && <Traffic endpoint={here} watch={watch} />}
            </tr>
          ))}
          {alone.map(({ name, kind }) => (
            <tr key={name}>
              <th scope="row">
                {name} <span class="muted">{words.kinds[kind]}</span>
              </th>
              <td colSpan={(watch ? 8 : 4) + (isImpaired ? 1 : 0)}>{words.table.noLinks}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface SettingsProps {
  readonly endpoint: PageEndpoint;
  readonly peer: string;
  readonly mtu: number;
  readonly watch: WatchStore | undefined;
}

function Settings({ endpoint, peer, mtu, watch }: SettingsProps): JSX.Element {
  void watch?.turns.value;
  const view = watch?.interface(endpointName(endpoint));
  const addresses = view?.addresses ?? endpoint.addresses;
  return (
    <>
      <td>{addresses.length > 0 ? addresses.join(', ') : words.table.none}</td>
      <td>{peer}</td>
      <td>{view ? (view.mtu ?? '–') : mtu}</td>
    </>
  );
}

function Traffic({ endpoint, watch }: { readonly endpoint: PageEndpoint; readonly watch: WatchStore }): JSX.Element {
  const end = liveEnd(watch, endpoint);
  const nowMs = watch.beat.value;
  const history = watch.traffic(endpointName(endpoint));
  const rate = (packets: number, key: 'txBytes' | 'rxBytes'): string =>
    end.state === null ? '–' : `${shortRate(packets)} (${bytes(history?.perSecond(key, nowMs) ?? 0)})`;
  return (
    <>
      <td class={isDown(end) ? 'is-fault' : undefined}>
        {end.state === null ? words.notRunning : (words.states[end.state] ?? end.state)}
      </td>
      <td>{rate(end.sent, 'txBytes')}</td>
      <td>{rate(end.received, 'rxBytes')}</td>
      <td class={end.lost > 0 ? 'is-fault' : undefined}>{end.state === null ? '–' : end.lost}</td>
    </>
  );
}
