/** The kernel's way to work wires, on a kernel that has netem: `npm test` boots one in User Mode Linux. */
import { vi } from 'vitest';
import { leftovers } from '../support/leftovers.ts';
import { startTestRuntime } from '../support/sandbox.ts';
import { describeWires, type Place } from '../runtime/wires-suite.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

function place(): Place {
  const subject = startTestRuntime();
  return { ...subject, leftovers: () => leftovers(subject) };
}

describeWires('netem', () => ({ ...place(), other: place }));
