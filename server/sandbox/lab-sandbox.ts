/** The Sandbox of a topology, by the agents of an outer context. Everything it must remember is in the outer context too. */
import { VethlabError } from '../base/errors.ts';
import type { ImpairmentChange, WireChanges } from '../network/impairment.ts';
import { planNetwork } from '../network/plan.ts';
import type { Endpoint, Topology } from '../network/topology.ts';
import { openRequest, type AgentConnection, type AgentName } from './agent.ts';
import { holdCapture, startCapture } from './captures.ts';
import type { Field } from './frames.ts';
import { jobError, runJob, spawnJob } from './job.ts';
import type { ExecProcess, Outer, Pty, TerminalSize } from './runtime.ts';
import type { CaptureFiles, HeldCapture, HoldOptions, RunContext, RunOptions, RunResult, Sandbox } from './sandbox.ts';
import { openNodeTerminal } from './node-terminal.ts';
import { Wires } from './wires.ts';
import { say, type Said } from '../base/sentence.ts';

/** What the outer context keeps, so that another server process can go on with the sandbox. */
export interface SandboxRecord {
  readonly id: string;
  readonly topology: Topology;
  /** Node → its first process, as the outer context numbers it. */
  readonly nodes: Readonly<Record<string, number>>;
  /** The process that holds the lab's own namespaces. */
  readonly holder: number;
  readonly timings: Readonly<Record<string, number>>;
  /** When the network was ready, since the epoch: faults count from here. */
  readonly readyAtMs: number;
}

export const RECORD_NAME = 'sandbox.json';
export const RECORD_PATH = `/run/vethlab/${RECORD_NAME}`;

const DEFAULT_TIMEOUT_MS = 10_000;

export class LabSandbox implements Sandbox {
  readonly id: string;
  readonly topology: Topology;
  readonly timings: Readonly<Record<string, number>>;
  readonly ended: Promise<Said>;
  readonly #outer: Outer;
  readonly #record: Omit<SandboxRecord, 'readyAtMs'>;
  readonly #isSetUp: (node: string) => Promise<void>;
  #settle: (reason: Said) => void = () => {};
  #watch: AgentConnection | undefined;
  #wires: Wires | undefined;
  #stopping: Promise<void> | undefined;

  /** `isSetUp` settles when a shell of the node finds what the author's `exec` lines did. */
  constructor(
    outer: Outer,
    record: Omit<SandboxRecord, 'readyAtMs'>,
    isSetUp: (node: string) => Promise<void> = () => Promise.resolve(),
  ) {
    this.id = record.id;
    this.topology = record.topology;
    this.timings = record.timings;
    this.#outer = outer;
    this.#record = record;
    this.#isSetUp = isSetUp;
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
    void outer.ended.then((reason) => {
      this.#wires?.[Symbol.dispose]();
      this.#settle(reason);
    });
  }

  get outer(): Outer {
    return this.#outer;
  }

  /** Ends the sandbox when the first process of a node ends: a node without it cannot be entered any more. */
  async watchNodes(): Promise<void> {
    const names = new Map(Object.entries(this.#record.nodes).map(([name, pid]) => [String(pid), name]));
    this.#watch = await openRequest(this.#outer, 'platform', ['watch'], (kind, [pid]) => {
      const name = kind === 'ended' && pid ? names.get(pid.toString()) : undefined;
      if (name !== undefined) void this.stop(say('The node {node} was ended from inside.', { node: name }));
    });
  }

  /** From here on the faults of the lab happen. `kept` is what an earlier server process changed. */
  async startWires(readyAtMs: number, kept: Buffer | null = null): Promise<void> {
    const { wires } = planNetwork(this.topology);
    this.#wires = new Wires(this.#outer, this.topology, wires, readyAtMs, kept);
    await this.#wires.start();
  }

  async impair(endpoint: Pick<Endpoint, 'node' | 'interface'>, change: ImpairmentChange | null): Promise<void> {
    await this.#wires?.impair(endpoint, change);
  }

  async setLinkDown(endpoint: Pick<Endpoint, 'node' | 'interface'>, down: boolean): Promise<void> {
    await this.#wires?.setDown(endpoint, down);
  }

  get linkChanges(): WireChanges {
    return this.#wires?.changes ?? {};
  }

  async run(context: RunContext, node: string | null, line: string, options: RunOptions = {}): Promise<RunResult> {
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const [agent, request] = this.#runRequest(context, node, line, timeoutMs, options.stdin ?? '');
    const { end, stdout, stderr } = await runJob(this.#outer, agent, request, timeoutMs);
    if (end.kind === 'exit') return { exitCode: end.status, stdout, stderr };
    // A judge that was killed has not judged; a command of a learner that was killed has a status like in any shell.
    if (end.kind === 'signal' && context !== 'judge') return { exitCode: 128 + end.signal, stdout, stderr };
    throw jobError(end, line, timeoutMs);
  }

  spawn(context: RunContext, node: string | null, line: string): Promise<ExecProcess> {
    const [agent, request] = this.#runRequest(context, node, line, 0, '', true);
    return spawnJob(this.#outer, agent, request);
  }

  openTerminal(node: string, size: TerminalSize): Promise<Pty> {
    const address = { holder: this.#record.holder, name: node, pid: this.#pid(node) };
    return openNodeTerminal(this.#outer, address, size, this.#isSetUp(node));
  }

  async readProc(nodes: readonly string[], names: readonly string[]): Promise<Map<string, (string | null)[]>> {
    const paths = nodes.flatMap((node) => names.map((name) => `/proc/${this.#pid(node)}/${name}`));
    const contents = await this.#outer.readFiles(paths);
    const texts = contents.map((bytes) => bytes?.toString() ?? null);
    return new Map(nodes.map((node, index) => [node, texts.slice(index * names.length, (index + 1) * names.length)]));
  }

  async startCapture(endpoint: Pick<Endpoint, 'node' | 'interface'>): Promise<CaptureFiles> {
    return startCapture(this.#outer, { endpoint, pid: this.#pid(endpoint.node) });
  }

  async holdCapture(endpoint: Pick<Endpoint, 'node' | 'interface'>, options?: HoldOptions): Promise<HeldCapture> {
    return holdCapture(this.#outer, { endpoint, pid: this.#pid(endpoint.node) }, options);
  }

  stop(reason: Said): Promise<void> {
    this.#settle(reason);
    this.forget();
    this.#stopping ??= this.#outer.stop();
    return this.#stopping;
  }

  /** Lets go without ending anything: another server process goes on. */
  forget(): void {
    this.#watch?.close();
    this.#wires?.[Symbol.dispose]();
  }

  #pid(node: string): number {
    const pid = this.#record.nodes[node];
    if (pid === undefined) {
      throw new VethlabError('not_found', `The topology has no node called "${node}".`, { details: { node } });
    }
    return pid;
  }

  #runRequest(
    context: RunContext,
    node: string | null,
    line: string,
    timeoutMs: number,
    input: string,
    keepsInputOpen = false,
  ): [AgentName, Field[]] {
    const common = [String(timeoutMs / 1000), keepsInputOpen ? '1' : '', input];
    if (context === 'outer') return ['platform', ['run', ...common, '0', line, context, '']];
    if (node === null) throw new VethlabError('bad_request', `The context "${context}" needs a node.`);
    const pid = String(this.#pid(node));
    switch (context) {
      case 'node':
        return ['lab', ['run', ...common, pid, line]];
      case 'net':
      case 'judge':
        return ['platform', ['run', ...common, pid, line, context, node]];
    }
  }
}
