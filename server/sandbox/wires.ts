/**
 * The wires of a sandbox: links whose frames the platform delays, drops and damages, on the schedule of the lab's faults or by
 * a call. What a wire does follows from the file, the time and what was changed (network/impairment.ts); the changes are kept
 * in the outer context, so the next server process goes on where this one left.
 */
import { VethlabError } from '../base/errors.ts';
import {
  changedImpairment,
  nextFaultChange,
  wireOrder,
  wireState,
  type ImpairmentChange,
  type WireChange,
  type WireChanges,
  type WireState,
} from '../network/impairment.ts';
import { netemLines } from '../network/netem.ts';
import type { WirePlan } from '../network/plan.ts';
import { endpointName, type Endpoint, type Topology } from '../network/topology.ts';
import { ask } from './agent.ts';
import type { Outer } from './runtime.ts';

const CHANGES_NAME = 'wires.json';
export const CHANGES_PATH = `/run/vethlab/${CHANGES_NAME}`;

/** What works a wire: the kernel's netem, our forwarder in user space, or netem where the kernel turns out to have it. */
export type WireWay = 'auto' | 'netem' | 'forwarder';

const TELL_MS = 10_000;
/** A fault that could not be carried out is tried again; the sandbox is ending, or the machine very busy. */
const RETRY_MS = 1000;
/** setTimeout's ceiling. */
const LONGEST_MS = 2 ** 31 - 1;

/** Adds the links to nodes that wait for them. `nodes` are their first processes. */
export async function makeWires(
  outer: Outer,
  topology: Topology,
  wires: readonly WirePlan[],
  nodes: Readonly<Record<string, number>>,
  way: WireWay,
): Promise<void> {
  if (wires.length === 0) return;
  const lines = wires.flatMap((wire) => wire.lines);
  const netem = wires.flatMap((wire) => wire.netem).join('\n');
  const named = lines.map((line) => line.replaceAll(/@([\w.-]+)/g, (_, node: string) => String(nodes[node])));
  await ask(outer, 'platform', ['make-wires', way, netem, ...named], TELL_MS);
  const unchanged = wires.flatMap((wire) => orderOf(wire, wireState(wire.link, [], {}, 0), wires.length));
  await ask(outer, 'platform', ['tell-wires', ...unchanged], TELL_MS);
}

/** Of a wire: its name, and what it is told in the words of each way. */
function orderOf({ name, ports }: WirePlan, state: WireState, count: number): [string, string, string] {
  return [name, wireOrder(ports, state), netemLines(ports, state, count).join('\n')];
}

export class Wires implements Disposable {
  readonly #outer: Outer;
  readonly #topology: Topology;
  readonly #wires: readonly WirePlan[];
  readonly #readyAtMs: number;
  readonly #told = new Map<string, string>();
  #changes: WireChanges;
  #timer: NodeJS.Timeout | undefined;
  #last: Promise<void> = Promise.resolve();
  #isDisposed = false;

  /** `readyAtMs` is when the network was ready, since the epoch; `kept` what CHANGES_PATH holds. */
  constructor(
    outer: Outer,
    topology: Topology,
    wires: readonly WirePlan[],
    readyAtMs: number,
    kept: Buffer | null = null,
  ) {
    this.#outer = outer;
    this.#topology = topology;
    this.#wires = wires;
    this.#readyAtMs = readyAtMs;
    this.#changes = kept ? (JSON.parse(kept.toString()) as WireChanges) : {};
  }

  get changes(): WireChanges {
    return this.#changes;
  }

  /** Does what is due by now, and from here on what will be. */
  start(): Promise<void> {
    return this.#update();
  }

  /** @throws VethlabError `bad_request` when the endpoint's link has no wire. */
  async impair(endpoint: Pick<Endpoint, 'node' | 'interface'>, change: ImpairmentChange | null): Promise<void> {
    const { link } = this.#wireOf(endpoint);
    const name = endpointName(endpoint);
    const before = this.#changes[name]?.impairment;
    const side = link.endpoints.findIndex((end) => endpointName(end) === name);
    const impairment = changedImpairment(before === undefined ? (link.impairments[side] ?? null) : before, change);
    await this.#change(name, { impairment });
  }

  /** @throws VethlabError `bad_request` when the endpoint's link has no wire. */
  async setDown(endpoint: Pick<Endpoint, 'node' | 'interface'>, down: boolean): Promise<void> {
    this.#wireOf(endpoint);
    await this.#change(endpointName(endpoint), { down });
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
  }

  #wireOf(endpoint: Pick<Endpoint, 'node' | 'interface'>): WirePlan {
    const name = endpointName(endpoint);
    const wire = this.#wires.find(({ link }) => link.endpoints.some((end) => endpointName(end) === name));
    if (wire) return wire;
    throw new VethlabError('bad_request', `The link of ${name} cannot be impaired while it runs.`, {
      hint: 'Give the link `adjustable: true`, an `impair` or a fault in the lab.',
    });
  }

  async #change(name: string, change: WireChange): Promise<void> {
    this.#changes = { ...this.#changes, [name]: { ...this.#changes[name], ...change } };
    await this.#update();
    await ask(this.#outer, 'platform', ['write', CHANGES_NAME, JSON.stringify(this.#changes)], TELL_MS);
  }

  /** One after another: what is told last is what was wanted last. */
  #update(): Promise<void> {
    const update = this.#last.then(() => this.#tell());
    this.#last = update.catch(() => undefined);
    return update;
  }

  async #tell(): Promise<void> {
    if (this.#isDisposed || this.#wires.length === 0) return;
    const { faults } = this.#topology;
    const readyMs = Date.now() - this.#readyAtMs;
    const orders = this.#wires.map((wire) =>
      orderOf(wire, wireState(wire.link, faults, this.#changes, readyMs), this.#wires.length),
    );
    const news = orders.filter(([name, order]) => this.#told.get(name) !== order);
    let next = nextFaultChange(faults, readyMs);
    try {
      if (news.length > 0) await ask(this.#outer, 'platform', ['tell-wires', ...news.flat()], TELL_MS);
      for (const [name, order] of news) this.#told.set(name, order);
    } catch (error) {
      next = Date.now() - this.#readyAtMs + RETRY_MS;
      throw error;
    } finally {
      this.#wakeAt(next);
    }
  }

  #wakeAt(readyMs: number | null): void {
    clearTimeout(this.#timer);
    if (readyMs === null || this.#isDisposed) return;
    const waitMs = Math.max(0, this.#readyAtMs + readyMs - Date.now());
    // A refusal is tried again by the timer that #tell set.
    this.#timer = setTimeout(() => void this.#update().catch(() => undefined), Math.min(waitMs, LONGEST_MS));
    this.#timer.unref();
  }
}
