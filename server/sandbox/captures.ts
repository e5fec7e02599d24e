/** Captures in an outer context: started for good, or held by whoever looks. Knows no topology and no packets. */
import { VethlabError } from '../base/errors.ts';
import { endpointName, type Endpoint } from '../network/topology.ts';
import { ask, askAndHold, type AgentConnection } from './agent.ts';
import { CaptureRing } from './capture-ring.ts';
import type { Outer } from './runtime.ts';
import type { CaptureFiles, HeldCapture, HoldOptions } from './sandbox.ts';

export interface CapturePlace {
  readonly endpoint: Pick<Endpoint, 'node' | 'interface'>;
  /** First process of the node, as the outer context numbers it. */
  readonly pid: number;
}

const START_MS = 10_000;
const GRACE_MS = 30_000;
/** tcpdump counts in millions of bytes; the ring keeps three files. */
const FILE_MEGABYTES = 2;

export async function startCapture(outer: Outer, place: CapturePlace): Promise<CaptureFiles> {
  await ask(outer, 'platform', requestFor(place), START_MS).catch((error: unknown) => fail(place, error));
  return new CaptureRing(outer, directoryOf(place));
}

/** The agent holds the capture for as long as the connection stands, so that it ends without the server too. */
export async function holdCapture(outer: Outer, place: CapturePlace, options: HoldOptions = {}): Promise<HeldCapture> {
  const request = [...requestFor(place), String((options.graceMs ?? GRACE_MS) / 1000)];
  const { answer, connection } = await askAndHold(outer, 'platform', request, START_MS).catch((error: unknown) =>
    fail(place, error),
  );
  // Told in whole seconds: what came in the first of them may have been left out.
  return new HeldRing(outer, directoryOf(place), (Number(answer[0]?.toString()) + 1) * 1000, connection);
}

class HeldRing extends CaptureRing implements HeldCapture {
  readonly sinceMs: number;
  readonly #connection: AgentConnection;

  constructor(outer: Outer, directory: string, sinceMs: number, connection: AgentConnection) {
    super(outer, directory);
    this.sinceMs = sinceMs;
    this.#connection = connection;
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}

function requestFor(place: CapturePlace): string[] {
  return ['capture', String(place.pid), place.endpoint.interface, directoryOf(place), String(FILE_MEGABYTES)];
}

function directoryOf({ endpoint }: CapturePlace): string {
  return `/run/vethlab/captures/${encodeURIComponent(endpointName(endpoint))}`;
}

function fail({ endpoint }: CapturePlace, cause: unknown): never {
  throw new VethlabError(
    'runtime_failed',
    `The capture of ${endpointName(endpoint)} did not start in ${START_MS / 1000} s.`,
    { hint: 'Is the interface there?', cause },
  );
}
