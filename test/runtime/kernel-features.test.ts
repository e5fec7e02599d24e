import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { KernelReport } from '../../server/sandbox/kernel-features.ts';
import { SandboxManager } from '../../server/sandbox/sandbox-manager.ts';
import { startTestRuntime, testLimits } from '../support/sandbox.ts';

/** The same trial on the machine itself, in a network namespace of its own. */
function hasNetem(): boolean {
  const line = 'ip link add va type veth peer name vb && tc qdisc add dev va root netem delay 1ms';
  return spawnSync('unshare', ['--net', 'sh', '-c', line]).status === 0;
}

it('the kernel is tried in a sandbox, and a lab is told what is missing and how to get it', async () => {
  await using test = startTestRuntime();
  await using manager = new SandboxManager({ runtime: test.runtime, limits: testLimits, poolSize: 0, capacity: 1 });
  const report = new KernelReport(false);
  expect(report.explain(['netem', 'tbf'])).toEqual([]);
  await report.probe((topology, options) => manager.start(topology, options));
  expect(report.missing.includes('netem')).toBe(!hasNetem());
  expect(report.missing).not.toContain('nft');
  expect(report.explain(['netem']).length).toBe(hasNetem() ? 0 : 1);
  expect(report.explain(['teleport'])[0]).toContain('does not know how to try');
  expect(manager.counts().running).toBe(0);
});
