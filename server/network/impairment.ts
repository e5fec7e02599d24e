/** What a wire does to frames at a moment: what the lab's file says, what was changed since, and the faults of that moment. Pure. */
import { endpointName, type Endpoint, type Fault, type Impairment, type Link, type Topology } from './topology.ts';

/** What was changed at one end of a link while it runs. */
export interface WireChange {
  /** In place of what the file says for frames that this end sends; absent when unchanged. */
  readonly impairment?: Impairment | null;
  readonly down?: boolean;
}

/** By the name of the endpoint. */
export type WireChanges = Readonly<Record<string, WireChange>>;

/** Per key: absent keeps it, null takes it away. */
export type ImpairmentChange = { readonly [Key in keyof Impairment]?: Impairment[Key] | null };

export interface WireState {
  /** What frames sent by endpoint 0 and by endpoint 1 suffer. */
  readonly impairments: readonly [Impairment | null, Impairment | null];
  /** The cable is pulled: both ends are without carrier. */
  readonly isDown: boolean;
}

/** A link that is impaired, or may be by a fault or a learner, runs through a wire from the start; others are plain. */
export function needsWire(topology: Topology, link: Link): boolean {
  return (
    link.adjustable ||
    link.impairments.some((impairment) => impairment !== null) ||
    topology.faults.some((fault) => link.endpoints.some((endpoint) => isAt(fault, endpoint)))
  );
}

/** `readyMs` is the time since the network was ready. Faults that overlap add up, the later ones of the list win. */
export function wireState(link: Link, faults: readonly Fault[], changes: WireChanges, readyMs: number): WireState {
  let isDown = false;
  const [first, second] = link.endpoints.map((endpoint, side) => {
    const change = changes[endpointName(endpoint)];
    isDown ||= change?.down ?? false;
    let impairment = change?.impairment === undefined ? (link.impairments[side] ?? null) : change.impairment;
    for (const fault of faults) {
      if (!isAt(fault, endpoint) || !isActive(fault, readyMs)) continue;
      isDown ||= fault.down ?? false;
      if (fault.impairment) impairment = changedImpairment(impairment, fault.impairment);
    }
    return impairment;
  });
  return { impairments: [first ?? null, second ?? null], isDown };
}

/** When a fault begins or ends next after `readyMs`, on the same scale; null when no more does. */
export function nextFaultChange(faults: readonly Fault[], readyMs: number): number | null {
  const moments = faults
    .flatMap(({ atMs, forMs }) => (forMs === undefined ? [atMs] : [atMs, atMs + forMs]))
    .filter((moment) => moment > readyMs);
  return moments.length === 0 ? null : Math.min(...moments);
}

/** A change keeps what it does not name; what it names as null goes, and null as a whole takes everything away. */
export function changedImpairment(before: Impairment | null, change: ImpairmentChange | null): Impairment | null {
  const kept = Object.entries({ ...before, ...change }).filter(([, value]) => value !== null);
  return change === null || kept.length === 0 ? null : Object.fromEntries(kept);
}

/** The line of JSON that containers/lab/wire/wire.py takes. */
export function wireOrder(ports: readonly [string, string], state: WireState): string {
  return JSON.stringify({ ports, impair: state.impairments.map(netemNames), down: state.isDown });
}

function netemNames(impairment: Impairment | null): Record<string, number | undefined> | null {
  return (
    impairment && {
      delay_ms: impairment.delayMs,
      jitter_ms: impairment.jitterMs,
      loss_percent: impairment.lossPercent,
      duplicate_percent: impairment.duplicatePercent,
      corrupt_percent: impairment.corruptPercent,
      reorder_percent: impairment.reorderPercent,
      rate_bits_per_second: impairment.rateBitsPerSecond,
      limit: impairment.limit,
    }
  );
}

function isAt(fault: Fault, endpoint: Pick<Endpoint, 'node' | 'interface'>): boolean {
  return fault.node === endpoint.node && fault.interface === endpoint.interface;
}

function isActive({ atMs, forMs }: Fault, readyMs: number): boolean {
  return readyMs >= atMs && (forMs === undefined || readyMs < atMs + forMs);
}
