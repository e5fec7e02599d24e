/** Labs whose learner types `tc … netem`, proved and recorded on a kernel that has it. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { proofText } from '../../server/cli/proof-report.ts';
import { isProved } from '../../server/cli/proof.ts';
import { recordLab } from '../../server/cli/record/record-lab.ts';
import { proveAll } from '../../server/cli/test-labs.ts';
import { openAuthorSandboxes, type AuthorSandboxes } from '../../server/cli/wiring.ts';
import { loadCourse } from '../../server/course/load-course.ts';
import { KernelReport } from '../../server/sandbox/kernel-features.ts';

const { course } = await loadCourse(join(import.meta.dirname, '../../labs'));
const labs = course.modules.flatMap((module) => module.labs).filter(({ requires }) => requires.includes('netem'));

let sandboxes: AuthorSandboxes;
beforeAll(async () => {
  sandboxes = await openAuthorSandboxes();
});
afterAll(() => sandboxes[Symbol.asyncDispose]());

test('the kernel has what they need', async () => {
  const report = new KernelReport(true);
  await report.probe((topology) => sandboxes.start(topology, []));
  expect(labs.flatMap(({ requires }) => report.explain(requires))).toEqual([]);
  expect(report.explain(['netem', 'tbf', 'htb', 'tun'])).toEqual([]);
});

for (const lab of labs) {
  test(`${lab.id} is proved`, { timeout: 600_000 }, async () => {
    // One sandbox at a time, one choice of values: there is one processor, and everything takes several times as long.
    const options = { jobs: 1, seeds: ['proof 1'], start: sandboxes.start, onProgress: () => undefined };
    const proofs = await proveAll([lab], options);
    const unproved = proofs.filter((proof) => !isProved(proof));
    expect(unproved.map(proofText).join('')).toBe('');
  });

  test(`${lab.id} is recorded, and something moves in every picture`, { timeout: 300_000 }, async () => {
    const { recording, notes } = await recordLab(lab, sandboxes.start);
    expect(notes).toEqual([]);
    expect(recording.captured.every(([, count]) => count > 0)).toBe(true);
  });
}
