/** Where an attempt gets its sandbox from: what it needs of the manager of sandboxes. */
import type { Endpoint, Topology } from '../network/topology.ts';
import type { Sandbox, StartProgress } from '../sandbox/sandbox.ts';

export interface SandboxOrder {
  readonly id: string;
  /** Endpoints captured from the start. */
  readonly captures: readonly Pick<Endpoint, 'node' | 'interface'>[];
  readonly onProgress: (progress: StartProgress) => void;
  /** The nodes are there: terminals can be asked for, though much is still to be done. */
  readonly onNodes: (sandbox: Sandbox) => void;
}

export interface SandboxSource {
  /** @throws VethlabError `capacity`, `runtime_missing`, `runtime_failed`, `sandbox_build_failed` */
  start(topology: Topology, order: SandboxOrder): Promise<Sandbox>;
  /** Sandboxes that an earlier server process left running. */
  adopt(): Promise<readonly Sandbox[]>;
}
