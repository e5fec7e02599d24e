/**
 * One reader of a sandbox for all who look at it: what anybody looks at is read about twice a second, and nothing at all
 * while nobody looks.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { InterfaceTraffic, InterfaceView } from '../contract/watch.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { counterSource } from './counter-name.ts';
import { MACHINE, machineCounters } from './machine-counters.ts';
import type { Counters, InterfaceState, Observer } from './observer.ts';
import { InterfaceWatch } from './watch-interfaces.ts';

const READ_EVERY_MS = 500;
/** A change that the kernel tells of is shown at once, but readings keep this pause. */
const LEAST_PAUSE_MS = 50;
/** Counters that cost a process are read every so many readings, those of the machine every so many. */
const DEAR_EVERY = 4;
const MACHINE_EVERY = 2;

export interface Look {
  /** As `h1:eth0`. */
  readonly endpoints: readonly string[];
  /** Node → names of counters; `*` is the whole machine. */
  readonly counters: Readonly<Record<string, readonly string[]>>;
}

/** The newest state of all that anybody looks at. */
export interface Sight {
  /** Of performance.now(). */
  readonly atMs: number;
  readonly traffic: ReadonlyMap<string, InterfaceTraffic>;
  readonly interfaces: ReadonlyMap<string, InterfaceView>;
  /** Node → all counters that were read of it. */
  readonly counters: ReadonlyMap<string, Counters>;
}

export interface Looking extends Disposable {
  /** What this one looks at from now on; the first sight of it comes soon after. */
  change(look: Look): void;
}

interface Looker {
  look: Look;
  readonly onSight: (sight: Sight) => void;
}

const NOTHING: Look = { endpoints: [], counters: {} };

export class Watcher implements Disposable {
  readonly #sandbox: Sandbox;
  readonly #observer: Observer;
  readonly #lookers = new Set<Looker>();
  readonly #interfaces: InterfaceWatch;
  /** Node → counters read by a tool, from the last time they were. */
  readonly #dear = new Map<string, Counters>();
  #machine: Counters | null = null;
  #wake = new AbortController();
  #isReading = false;
  #isDisposed = false;
  #readings = 0;

  constructor(sandbox: Sandbox, observer: Observer) {
    this.#sandbox = sandbox;
    this.#observer = observer;
    this.#interfaces = new InterfaceWatch(sandbox, observer, () => this.#wake.abort());
  }

  /** Times anything was read. */
  get readings(): number {
    return this.#readings;
  }

  look(onSight: (sight: Sight) => void): Looking {
    const looker: Looker = { look: NOTHING, onSight };
    this.#lookers.add(looker);
    return {
      change: (look) => {
        looker.look = this.#known(look);
        this.#dear.clear();
        this.#attend();
      },
      [Symbol.dispose]: () => {
        this.#lookers.delete(looker);
        this.#attend();
      },
    };
  }

  /** Only what the topology has: a node is a process to read, and nobody may name another. */
  #known({ endpoints, counters }: Look): Look {
    const names = new Set(this.#sandbox.topology.nodes.map(({ name }) => name));
    return {
      endpoints: endpoints.filter((endpoint) => names.has(nodeOf(endpoint))),
      counters: Object.fromEntries(Object.entries(counters).filter(([node]) => names.has(node) || node === MACHINE)),
    };
  }

  #attend(): void {
    const looks = [...this.#lookers].map(({ look }) => look);
    const nodes = looks.flatMap(({ endpoints }) => endpoints.map(nodeOf));
    this.#interfaces.follow(new Set(this.#isDisposed ? [] : nodes));
    this.#wake.abort();
    if (!this.#isReading && this.#hasLook) void this.#readOn();
  }

  get #hasLook(): boolean {
    if (this.#isDisposed) return false;
    return [...this.#lookers].some(
      ({ look: { endpoints, counters } }) => endpoints.length > 0 || Object.keys(counters).length > 0,
    );
  }

  async #readOn(): Promise<void> {
    this.#isReading = true;
    try {
      for (let round = 0; this.#hasLook; round += 1) {
        this.#wake = new AbortController();
        const sight = await this.#read(round).catch(() => null);
        if (sight && !this.#isDisposed) for (const looker of this.#lookers) looker.onSight(sight);
        await pause(LEAST_PAUSE_MS, null);
        await pause(READ_EVERY_MS - LEAST_PAUSE_MS, this.#wake.signal);
      }
    } finally {
      this.#isReading = false;
    }
  }

  async #read(round: number): Promise<Sight> {
    this.#readings += 1;
    const looks = [...this.#lookers].map(({ look }) => look);
    const endpoints = new Set(looks.flatMap((look) => look.endpoints));
    const counted = new Map<string, Set<string>>();
    for (const look of looks) {
      for (const [node, names] of Object.entries(look.counters)) {
        counted.set(node, (counted.get(node) ?? new Set()).union(new Set(names)));
      }
    }
    const isMachineSeen = counted.delete(MACHINE);
    const crossed = [...new Set([...endpoints].map(nodeOf))].filter((node) => !counted.has(node));
    const [all, devices] = await Promise.all([
      this.#observer.totals([...counted.keys()], 'all'),
      this.#observer.totals(crossed, 'interfaces'),
    ]);
    await this.#readDear(counted, round);
    const totals = new Map([...devices, ...all]);
    const atMs = performance.now();
    const traffic = new Map<string, InterfaceTraffic>();
    const interfaces = new Map<string, InterfaceView>();
    for (const endpoint of endpoints) {
      const node = nodeOf(endpoint);
      const name = endpoint.slice(node.length + 1);
      const counters = totals.get(node);
      if (counters) traffic.set(endpoint, trafficOf(counters, name));
      const states = this.#interfaces.of(node);
      if (states) interfaces.set(endpoint, viewOf(states.find((state) => state.name === name)));
    }
    const counters = new Map<string, Counters>(
      [...all].map(([node, values]) => [node, withMore(values, this.#dear.get(node))]),
    );
    if (isMachineSeen) {
      if (this.#machine === null || round % MACHINE_EVERY === 0) this.#machine = await machineCounters();
      counters.set(MACHINE, this.#machine);
    }
    return { atMs, traffic, interfaces, counters };
  }

  async #readDear(counted: ReadonlyMap<string, ReadonlySet<string>>, round: number): Promise<void> {
    for (const [node, names] of counted) {
      const dear = [...names].filter((name) => counterSource(name) !== 'proc');
      if (dear.length === 0 || (round % DEAR_EVERY !== 0 && this.#dear.has(node))) continue;
      const values = await this.#observer.counters(node, dear).catch(() => null);
      if (values) this.#dear.set(node, new Map(dear.flatMap((name) => pairOf(name, values.get(name)))));
    }
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#lookers.clear();
    this.#interfaces[Symbol.dispose]();
    this.#wake.abort();
  }
}

function withMore(values: Counters, more: Counters | undefined): Counters {
  return more === undefined ? values : new Map([...more, ...values]);
}

function pairOf(name: string, value: number | undefined): [string, number][] {
  return value === undefined ? [] : [[name, value]];
}

async function pause(forMs: number, signal: AbortSignal | null): Promise<void> {
  await delay(forMs, undefined, { ref: false, ...(signal ? { signal } : {}) }).catch(() => undefined);
}

function nodeOf(endpoint: string): string {
  return endpoint.slice(0, Math.max(0, endpoint.indexOf(':')));
}

function trafficOf(counters: Counters, name: string): InterfaceTraffic {
  const of = (field: string): number => counters.get(`${name}.${field}`) ?? 0;
  return {
    rxPackets: of('rx_packets'),
    rxBytes: of('rx_bytes'),
    rxDropped: of('rx_dropped'),
    rxErrors: of('rx_errors'),
    txPackets: of('tx_packets'),
    txBytes: of('tx_bytes'),
    txDropped: of('tx_dropped'),
    txErrors: of('tx_errors'),
  };
}

function viewOf(state: InterfaceState | undefined): InterfaceView {
  if (!state) return { state: 'missing', mtu: null, mac: null, addresses: [] };
  // RFC 2863 states of an interface that is up and cannot send: its peer is down, or it has none.
  const hasCarrier = !['lowerlayerdown', 'down', 'notpresent'].includes(state.state);
  return {
    state: !state.isUp ? 'down' : hasCarrier ? 'up' : 'no carrier',
    mtu: state.mtu,
    mac: state.mac === '' ? null : state.mac,
    addresses: [...state.addresses],
  };
}
