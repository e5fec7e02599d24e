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
  const allMade = (): void => {
    wiring = makeWires(outer, topology, plan.wires, nodes, options.wireWay).catch((error: unknown) => error);
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
  if (failure instanceof Error) throw failure;
  if (end.kind !== 'exit' || end.status !== 0)
    throw buildError(end.kind === 'failed' ? end.why : `${end.kind}\n${stderr}`);

  const known = { id: options.id, topology, nodes, holder, timings };
  const sandbox = new LabSandbox(outer, known);
  await Promise.all(options.captures.map((endpoint) => sandbox.startCapture(endpoint)));
  if (options.captures.length > 0) report('captures');
  for (const node of topology.nodes) {
    for (const line of node.exec) await runLine(sandbox, node.name, line);
    for (const line of node.services) await ask(outer, 'lab', ['service', String(nodes[node.name]), line], EXEC_MS);
  }
  await sandbox.watchNodes();
  report('ready');
  const record: SandboxRecord = { ...known, readyAtMs: Date.now() };
  await ask(outer, 'platform', ['write', RECORD_NAME, JSON.stringify(record)], BUILD_MS);
  await sandbox.startWires(record.readyAtMs);
  return sandbox;
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
