/** From a started outer context to a running topology. */
import { VethlabError } from '../base/errors.ts';
import { planNetwork } from '../network/plan.ts';
import type { Endpoint, Topology } from '../network/topology.ts';
import { ask } from './agent.ts';
import { encodePlan } from './encode-plan.ts';
import { runJob } from './job.ts';
import { LabSandbox, RECORD_NAME, type SandboxRecord } from './lab-sandbox.ts';
import type { Outer } from './runtime.ts';
import type { StartProgress, StartStep } from './sandbox.ts';
import { CHANGES_PATH, makeWires, type WireWay } from './wires.ts';

export interface BuildOptions {
  readonly id: string;
  /** Endpoints captured from the start. */
  readonly captures: readonly Pick<Endpoint, 'node' | 'interface'>[];
  readonly onProgress: (progress: StartProgress) => void;
  /** The nodes are there: terminals can be asked for while the rest is done. */
  readonly onNodes: (sandbox: LabSandbox) => void;
  readonly wireWay: WireWay;
  /** When the start began, by performance.now(). */
  readonly startedAtMs: number;
}

const BUILD_MS = 30_000;
const EXEC_MS = 30_000;

/** The caller stops the outer context when this rejects: nothing half built is kept. */
export async function buildSandbox(outer: Outer, topology: Topology, options: BuildOptions): Promise<LabSandbox> {
  const timings: Record<string, number> = {};
  const report = (step: StartStep, node?: string): void => {
    const elapsedMs = performance.now() - options.startedAtMs;
    timings[step] = elapsedMs;
    options.onProgress(node === undefined ? { step, elapsedMs } : { step, node, elapsedMs });
  };
  report('container');
  const plan = planNetwork(topology);
  let holder = 0;
  const nodes: Record<string, number> = {};
  let unread = '';
  // Nodes with an end of a wire wait for it: the platform adds it where the lab may not.
  let wiring: Promise<unknown> = Promise.resolve();
  const network = Promise.withResolvers<void>();
  // Nobody may have asked for a terminal; this function tells of the failure.
  network.promise.catch(() => undefined);
  const setUp = new Map<string, Promise<void>>();
  let made: LabSandbox | undefined;
  const allMade = (): void => {
    wiring = makeWires(outer, topology, plan.wires, nodes, options.wireWay).catch((error: unknown) => error);
    const record = { id: options.id, topology, nodes, holder, timings };
    made = new LabSandbox(outer, record, isSetUpAfter(network.promise, setUp));
    options.onNodes(made);
  };
  const { end, stderr } = await runJob(
    outer,
    'lab',
    ['build', String(BUILD_MS / 1000), ...encodePlan(plan)],
    BUILD_MS,
    (text) => {
      const lines = (unread + text).split('\n');
      unread = lines.pop() ?? '';
      for (const line of lines) {
        const [what, node = '', pid] = line.split(' ');
        if (what === 'lab') {
          holder = Number(node);
          report('lab');
        } else if (what === 'made') {
          nodes[node] = Number(pid);
          report('nodes', node);
          if (Object.keys(nodes).length === topology.nodes.length) allMade();
        } else if (what === 'up') report('network', node);
      }
    },
  );
  const failure = await wiring;
  const sandbox = made;
  if (failure instanceof Error || end.kind !== 'exit' || end.status !== 0 || !sandbox) {
    const why = end.kind === 'failed' ? end.why : `${end.kind}\n${stderr}`;
    const error = failure instanceof Error ? failure : buildError(why);
    network.reject(error);
    throw error;
  }

  const allSetUp = setUpNodes(sandbox, outer, nodes, setUp);
  network.resolve();
  const startCaptures = async (): Promise<void> => {
    await Promise.all(options.captures.map((endpoint) => sandbox.startCapture(endpoint)));
    if (options.captures.length > 0) report('captures');
  };
  // The kernel takes some 15 ms to give a capture its buffer, and does nothing meanwhile.
  await Promise.all([startCaptures(), allSetUp, sandbox.watchNodes()]);
  report('ready');
  const record: SandboxRecord = { id: options.id, topology, nodes, holder, timings, readyAtMs: Date.now() };
  await ask(outer, 'platform', ['write', RECORD_NAME, JSON.stringify(record)], BUILD_MS);
  await sandbox.startWires(record.readyAtMs);
  return sandbox;
}

/** Apart from the building, so that a sandbox keeps no more of it in memory. */
function isSetUpAfter(network: Promise<void>, setUp: ReadonlyMap<string, Promise<void>>) {
  return async (node: string): Promise<void> => {
    await network;
    await setUp.get(node);
  };
}

/** What the author asks for, node by node. `setUp` gets for each node when its `exec` lines are done. */
function setUpNodes(
  sandbox: LabSandbox,
  outer: Outer,
  pids: Readonly<Record<string, number>>,
  setUp: Map<string, Promise<void>>,
): Promise<void> {
  let before = Promise.resolve();
  for (const { name, exec, services } of sandbox.topology.nodes) {
    const lines = before.then(async () => {
      for (const line of exec) await runLine(sandbox, name, line);
    });
    setUp.set(name, lines);
    before = lines.then(async () => {
      for (const line of services) await ask(outer, 'lab', ['service', String(pids[name]), line], EXEC_MS);
    });
  }
  return before;
}

async function runLine(sandbox: LabSandbox, node: string, line: string): Promise<void> {
  let why: string;
  try {
    const { exitCode, stdout, stderr } = await sandbox.run('node', node, line, { timeoutMs: EXEC_MS });
    if (exitCode === 0) return;
    why = `${line}\nexit status ${exitCode}\n${stdout}${stderr}`;
  } catch (error) {
    why = `${line}\n${error instanceof Error ? error.message : String(error)}`;
  }
  throw buildError(`${node}\n${why}`);
}

/** The agent's words are: the node (or `links`), the command, what it said. */
function buildError(why: string): VethlabError {
  const [place = '', command = '', ...rest] = why.trimEnd().split('\n');
  const output = rest.join('\n').trim();
  const subject = place === 'links' ? 'The links between the nodes' : `The node ${place}`;
  return new VethlabError(
    'sandbox_build_failed',
    `${subject} could not be set up: "${command}"${output ? ` said: ${output}` : ' failed.'}`,
    {
      hint: 'Correct the topology of the lab.',
      details: { node: place, command, output },
    },
  );
}

/** What is running already, as another server process left it; null when the outer context holds no finished sandbox. */
export async function adoptSandbox(outer: Outer, recordBytes: Buffer | null): Promise<LabSandbox | null> {
  if (!recordBytes) return null;
  const record = JSON.parse(recordBytes.toString()) as SandboxRecord;
  const sandbox = new LabSandbox(outer, record);
  await sandbox.watchNodes();
  const [kept] = await outer.readFiles([CHANGES_PATH]);
  await sandbox.startWires(record.readyAtMs, kept ?? null);
  return sandbox;
}
