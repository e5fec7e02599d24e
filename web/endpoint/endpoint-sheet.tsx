/** The sheet of one interface, beside the terminals: what it does this moment, what its link does to it, and its packets. */
import type { ReadonlySignal, Signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { FunctionComponent, JSX } from 'preact';
import type { AttemptStore } from '../attempt/attempt-store.ts';
import { useLook } from '../attempt/use-look.ts';
import type { LinkBody, LinkView } from '../../server/contract/api.ts';
import type { WatchStore } from '../attempt/watch-store.ts';
import type { PacketsFigureProps } from '../packets/packets-figure.tsx';
import type { PacketStore } from '../packets/packet-store.ts';
import { Facts, State, Traffic } from '../topology/endpoint-card.tsx';
import { endpointName, type PageEndpoint, type PageTopology } from '../topology/graph.ts';
import { peerOf } from '../topology/ports.tsx';
import { ImpairForm } from './impair-form.tsx';
import { words } from './words.ts';
import './endpoint.css';

export interface OpenEndpoint {
  readonly endpoint: PageEndpoint;
  /** Gets the focus back. */
  readonly from: Element;
}

export interface EndpointSheetProps {
  readonly open: Signal<OpenEndpoint | null>;
  readonly topology: PageTopology;
  readonly watch: WatchStore;
  /** Null for a visitor. */
  readonly attempt: AttemptStore | null;
  readonly links: ReadonlySignal<readonly LinkView[]>;
  readonly onChangeLink: (endpoint: string, body: LinkBody) => Promise<void>;
}

export function EndpointSheet(props: EndpointSheetProps): JSX.Element | null {
  const { open } = props;
  if (!open.value) return null;
  return <Sheet key={endpointName(open.value.endpoint)} {...props} shown={open.value} />;
}

function Sheet(props: EndpointSheetProps & { readonly shown: OpenEndpoint }): JSX.Element {
  const { shown, open, topology, watch, attempt, links, onChangeLink } = props;
  const { endpoint, from } = shown;
  const name = endpointName(endpoint);
  const box = useRef<HTMLElement>(null);
  const look = useMemo(() => ({ endpoints: [name] }), [name]);
  useLook(box, watch, look);
  useLayoutEffect(() => box.current?.querySelector('button')?.focus({ preventScroll: true }), []);
  const close = (): void => {
    open.value = null;
    if (from instanceof SVGElement || from instanceof HTMLElement) from.focus({ preventScroll: true });
  };
  const link = links.value.find(({ endpoints }) => endpoints.includes(name));
  const side = link?.endpoints[0] === name ? 0 : 1;
  const peer = peerOf(topology, endpoint);
  return (
    <section
      class="endpoint-sheet"
      ref={box}
      aria-label={words.title(name)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        close();
      }}
    >
      <div class="endpoint-head">
        <b>{name}</b>
        <State endpoint={endpoint} watch={watch} />
        <button class="icon-button" type="button" aria-label={words.close(name)} onClick={close}>
          ×
        </button>
      </div>
      <div class="endpoint-body">
        <Facts endpoint={endpoint} peer={peer} watch={watch} />
        <div class="table-scroll endpoint-traffic" tabindex={0} role="group" aria-label={words.title(name)}>
          <Traffic name={name} watch={watch} />
        </div>
        {link && (
          <ImpairForm
            link={link}
            side={side}
            written={writtenAt(topology, name)}
            isRunning={attempt?.sandbox.value.state === 'ready'}
            onChange={(body) => onChangeLink(name, body)}
            onOther={() => {
              if (peer) open.value = { endpoint: peer, from };
            }}
          />
        )}
        <Packets name={name} topology={topology} watch={watch} attempt={attempt} />
      </div>
    </section>
  );
}

/** What the lab's file says of the frames that this end sends. */
function writtenAt({ links }: PageTopology, name: string) {
  for (const { endpoints, impairments } of links) {
    const side = endpoints.findIndex((endpoint) => endpointName(endpoint) === name);
    if (side >= 0) return impairments?.[side] ?? null;
  }
  return null;
}

interface PacketsProps {
  readonly name: string;
  readonly topology: PageTopology;
  readonly watch: WatchStore;
  readonly attempt: AttemptStore | null;
}

interface Loaded {
  readonly Figure: FunctionComponent<PacketsFigureProps>;
  readonly store: PacketStore;
}

/** Their code comes with the first sheet that is opened, unless the lesson has brought it. */
function Packets({ name, topology, watch, attempt }: PacketsProps): JSX.Element {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const attemptId = attempt?.id ?? null;
  useEffect(() => {
    let isGone = false;
    let store: PacketStore | null = null;
    Promise.all([import('../packets/packets-figure.tsx'), import('../packets/packet-store.ts')]).then(
      ([{ PacketsFigure }, { PacketStore: Store }]) => {
        if (isGone) return;
        store = new Store({ attemptId, recording: watch.recording, endpoint: name, filter: '', bpf: '' });
        setLoaded({ Figure: PacketsFigure, store });
      },
      () => undefined,
    );
    return () => {
      isGone = true;
      store?.setState(false, false);
    };
  }, [name]);
  const isReady = attempt?.sandbox.value.state === 'ready';
  useEffect(() => loaded?.store.setState(isReady, true), [loaded, isReady]);
  const endpoints = topology.links.flatMap((link) => link.endpoints.map(endpointName));
  return (
    <div class="endpoint-packets" role="group" aria-label={words.packets}>
      {loaded ? (
        <loaded.Figure store={loaded.store} watch={watch} attemptId={attemptId} endpoints={endpoints} bpf="" />
      ) : (
        <p class="muted">{words.loading}</p>
      )}
    </div>
  );
}
