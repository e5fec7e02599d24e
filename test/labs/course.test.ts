import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileFilters } from '../../server/cli/compile-filters.ts';
import { proofText } from '../../server/cli/proof-report.ts';
import { isProved } from '../../server/cli/proof.ts';
import { limiter, proveAll } from '../../server/cli/test-labs.ts';
import { openAuthorSandboxes, type AuthorSandboxes } from '../../server/cli/wiring.ts';
import { loadCourse } from '../../server/course/load-course.ts';

const LABS = path.join(import.meta.dirname, '../../labs');
const { course, diagnostics, filters } = await loadCourse(LABS);
/** Those that need netem are proved in a kernel that has it: test/netem/. */
const labs = course.modules.flatMap((module) => module.labs).filter(({ requires }) => !requires.includes('netem'));

/** Shared by all labs, some of which are proved side by side: what fills a proof is waiting for packets. */
const jobs = limiter(5);

let sandboxes: AuthorSandboxes;
beforeAll(async () => {
  sandboxes = await openAuthorSandboxes();
});
afterAll(() => sandboxes[Symbol.asyncDispose]());

describe('the course', () => {
  it('has labs without faults', async () => {
    expect(labs.length).toBeGreaterThan(0);
    expect(diagnostics).toEqual([]);
    expect((await compileFilters(filters)).diagnostics).toEqual([]);
  });

  it.concurrent.each(labs.map((lab) => [lab.id, lab] as const))(
    '%s is proved',
    { timeout: 900_000 },
    async (_, lab) => {
      const proofs = await proveAll([lab], { jobs, start: sandboxes.start, onProgress: () => undefined });
      expect(
        proofs
          .filter((proof) => !isProved(proof))
          .map(proofText)
          .join(''),
      ).toBe('');
    },
  );
});
