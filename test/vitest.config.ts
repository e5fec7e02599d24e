/** One runner, several suites: `unit` needs nothing but tools; the others use real sandboxes and a real server. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Sandboxes share two cores and one kernel: their suites run file after file. */
const oneFileAtATime = { fileParallelism: false, testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          setupFiles: ['test/unit/fuzz-seed.ts'],
          testTimeout: 30_000,
          // Left to itself it keeps a processor free: on a small machine, half of it.
          maxWorkers: '100%',
        },
      },
      { extends: true, test: { name: 'runtime', include: ['test/runtime/**/*.test.ts'], ...oneFileAtATime } },
      { extends: true, test: { name: 'security', include: ['test/security/**/*.test.ts'], ...oneFileAtATime } },
      { extends: true, test: { name: 'docker', include: ['test/docker/**/*.test.ts'], ...oneFileAtATime } },
      { extends: true, test: { name: 'uml', include: ['test/uml/**/*.test.ts'], ...oneFileAtATime } },
      { extends: true, test: { name: 'netem', include: ['test/netem/**/*.test.ts'], ...oneFileAtATime } },
      { extends: true, test: { name: 'labs', include: ['test/labs/**/*.test.ts'], ...oneFileAtATime } },
    ],
  },
});
