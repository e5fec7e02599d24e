/** Memory of one learner: PSS of all processes of a line of three, idle and with two terminals. */
import { readFileSync } from 'node:fs';
import type { LabSandbox } from '../../server/sandbox/lab-sandbox.ts';
import type { OciOuter } from '../../server/sandbox/oci/oci-outer.ts';
import { SandboxManager } from '../../server/sandbox/sandbox-manager.ts';
import { line, startTestRuntime, testLimits } from '../support/sandbox.ts';
import { until } from '../support/until.ts';
import type { Figure } from './figure.ts';

const LEARNERS = 10;

/** Mebibytes; pages shared by many processes count in parts. */
function proportionalMemory(pids: readonly number[]): number {
  let kibibytes = 0;
  for (const pid of pids)
    kibibytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  return kibibytes / 1024;
}

export async function bench(): Promise<Figure[]> {
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
  const measure = (): number => {
    const pids = sandboxes.flatMap((sandbox) => (sandbox.outer as OciOuter).processes());
    return proportionalMemory(pids) / LEARNERS;
  };
  const idle = measure();
  let prompts = 0;
  for (const sandbox of sandboxes) {
    for (const node of ['h1', 'h2']) {
      const pty = await sandbox.openTerminal(node, { columns: 80, rows: 24 });
      let seen = '';
      pty.onData((data) => {
        const had = seen.includes('# ');
        seen += Buffer.from(data).toString();
        if (!had && seen.includes('# ')) prompts++;
      });
    }
  }
  await until(() => prompts === LEARNERS * 2, 'all prompts', 30_000);
  const withTerminals = measure();
  for (const sandbox of sandboxes) await sandbox.stop('Measured.');
  return [
    {
      name: `one learner of ${LEARNERS}, idle (PSS)`,
      ours: idle,
      reference: null,
      goal: 4,
      unit: 'MiB',
      better: 'lower',
    },
    {
      name: `one learner of ${LEARNERS}, two terminals (PSS)`,
      ours: withTerminals,
      reference: null,
      goal: 12,
      unit: 'MiB',
      better: 'lower',
    },
  ];
}
