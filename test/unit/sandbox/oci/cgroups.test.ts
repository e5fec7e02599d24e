import { expect, test } from 'vitest';
import { labLimits } from '../../../../server/sandbox/lab-limits.ts';
import { parseCgroupHost } from '../../../../server/sandbox/oci/cgroups.ts';

test('a host with cgroup v2 alone has one hierarchy', () => {
  expect(parseCgroupHost('30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate')).toEqual({
    version: 2,
    hierarchies: [{ directory: '/sys/fs/cgroup', controllers: [] }],
  });
});

test('on a hybrid host the v1 controllers count, and all hierarchies must be cleared up', () => {
  const host = parseCgroupHost(
    [
      '31 30 0:27 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory',
      '32 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct',
      '33 30 0:29 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd',
      '34 30 0:30 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw',
      '35 30 0:31 / /tmp rw - tmpfs tmpfs rw',
    ].join('\n'),
  );
  expect(host.version).toBe(1);
  expect(host.hierarchies.map(({ controllers }) => controllers)).toEqual([['memory'], ['cpu', 'cpuacct'], [], []]);
});

test('the lab’s ceilings are below those of the sandbox', () => {
  const limits = { memoryBytes: 128 << 20, pids: 100, cpus: 1, diskBytes: 1 << 20 };
  expect(labLimits(limits)).toEqual({ memoryBytes: 96 << 20, pids: 75, cpus: 0.9, diskBytes: 1 << 20 });
});
