import { vi } from 'vitest';
import { leftovers } from '../support/leftovers.ts';
import { startTestRuntime } from '../support/sandbox.ts';
import { describeLimits } from './limits-suite.ts';

vi.setConfig({ testTimeout: 60_000 });

describeLimits('oci', () => {
  const subject = startTestRuntime();
  return { ...subject, leftovers: () => leftovers(subject) };
});
