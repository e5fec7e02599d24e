/** Memory: of one learner with a line of three, idle and with terminals, and of a server with a hundred learners. */
import type { LabSandbox } from '../../server/sandbox/lab-sandbox.ts';
import type { OciOuter } from '../../server/sandbox/oci/oci-outer.ts';
import { SandboxManager } from '../../server/sandbox/sandbox-manager.ts';
import { line, startTestRuntime, testLimits } from '../support/sandbox.ts';
import { until } from '../support/until.ts';
import { figuresIn, type Figure } from './figure.ts';
import { measureClass } from './memory-class.ts';
import { kernelMemory, proportionalMemory } from './resident.ts';

const LEARNERS = 10;

export async function bench(): Promise<Figure[]> {
  return [...(await measureLearner()), ...(await measureClass())];
}

async function measureLearner(): Promise<Figure[]> {
  await using test = startTestRuntime();
  await using manager = new SandboxManager({
    runtime: test.runtime,
    limits: testLimits,
    poolSize: 0,
    capacity: LEARNERS,
  });
  const sandboxes: LabSandbox[] = [];
  for (let index = 0; index < LEARNERS; index++)
    sandboxes.push((await manager.start(line(3), { id: `m${index}` })) as LabSandbox);
  const measure = (): { processes: number; kernel: number } => {
    const pids = sandboxes.flatMap((sandbox) => (sandbox.outer as OciOuter).processes());
    return { processes: proportionalMemory(pids) / LEARNERS, kernel: kernelMemory(test.cgroup) / LEARNERS };
  };
  const idle = measure();
  let prompts = 0;
  const openShells = async (nodes: readonly string[]): Promise<void> => {
    const wanted = prompts + nodes.length * LEARNERS;
    for (const sandbox of sandboxes) {
      for (const node of nodes) {
        const pty = await sandbox.openTerminal(node, { columns: 80, rows: 24 });
        let seen = '';
        pty.onData((data) => {
          const had = seen.includes('# ');
          seen += Buffer.from(data).toString();
          if (!had && seen.includes('# ')) prompts++;
        });
      }
    }
    await until(() => prompts === wanted, 'all prompts', 30_000);
  };
  await openShells(['h1', 'h2']);
  const withTerminals = measure();
  await openShells(['r1']);
  const withShells = measure();
  for (const sandbox of sandboxes) await sandbox.stop('Measured.');
  const figure = figuresIn('MiB');
  return [
    figure(`one learner of ${LEARNERS}, idle (PSS)`, idle.processes, 4),
    figure('the same, kernel memory', idle.kernel, null),
    figure(`one learner of ${LEARNERS}, two terminals (PSS)`, withTerminals.processes, 12),
    figure('a shell per node, PSS and kernel memory', withShells.processes + withShells.kernel, null),
  ];
}
