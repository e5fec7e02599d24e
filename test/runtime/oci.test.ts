import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inWords } from '../../server/base/sentence.ts';
import { buildSandbox } from '../../server/sandbox/build.ts';
import { readCgroupHost } from '../../server/sandbox/oci/cgroups.ts';
import type { OciOuter } from '../../server/sandbox/oci/oci-outer.ts';
import { leftovers } from '../support/leftovers.ts';
import { line, startTestRuntime, testLimits, type TestRuntime } from '../support/sandbox.ts';
import { until } from '../support/until.ts';
import { describeRuntime } from './runtime-suite.ts';

describeRuntime('oci', () => {
  const test = startTestRuntime();
  return {
    runtime: test.runtime,
    again: () => test.again(),
    leftovers: () => leftovers(test),
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
});

describe('oci', () => {
  let subject: TestRuntime;
  let outer: OciOuter;
  beforeAll(async () => {
    subject = startTestRuntime();
    outer = (await subject.runtime.start({ id: 'one', limits: testLimits })) as OciOuter;
  }, 60_000);
  afterAll(async () => {
    await subject[Symbol.asyncDispose]();
  });

  test('what enters without runc has the privileges, filter, control groups and namespaces of runc exec', async () => {
    const script =
      'grep -E "^(Uid|Gid|Groups|Cap|NoNewPrivs|Seccomp:)" /proc/self/status; cat /proc/self/cgroup; ' +
      'readlink /proc/self/ns/{mnt,net,pid,uts,ipc,user,cgroup}; ' +
      'perl -e \'for (101, 169, 248, 304, 321, 425) { $! = 0; syscall $_, -1, 0, 0, 0, 0; print "$_ ", $!+0, "\\n" }\'';
    const byRunc = execFileSync(
      'runc',
      ['--root', join(subject.runDirectory, 'runc'), 'exec', 'one', 'bash', '-c', script],
      { encoding: 'utf8' },
    );
    const process = outer.exec(['bash', '-c', script]);
    process.stdin.end();
    const byEnter = await text(process.stdout);
    expect(byEnter).toBe(byRunc);
    expect(byEnter).toMatch(/NoNewPrivs:\t1\nSeccomp:\t2\n/);
    expect(byEnter).toMatch(/CapBnd:\t0000000000(?!1f)/);
  });

  test('ended tells when its first process is killed, and a new runtime clears up after it', async () => {
    const doomed = (await subject.runtime.start({ id: 'doomed', limits: testLimits })) as OciOuter;
    process.kill(doomed.pid, 'SIGKILL');
    expect(inWords(await doomed.ended)).toContain('ended by itself');
    await subject.again().list();
    await until(() => leftovers(subject).every((line) => !line.includes('doomed')), 'nothing left of it');
  });

  test('a network is built also when the process that waited to build it was killed', async () => {
    const orphaned = (await subject.runtime.start({ id: 'orphaned', limits: testLimits })) as OciOuter;
    const parentOf = (pid: number): number =>
      Number(/^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    const builders = orphaned
      .processes()
      .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('/lib/agent'))
      .filter((pid) => pid !== orphaned.pid && parentOf(pid) !== orphaned.pid);
    expect(builders).toHaveLength(1);
    for (const pid of builders) process.kill(pid, 'SIGKILL');
    await until(() => builders.every((pid) => !orphaned.processes().includes(pid)), 'its end');
    const sandbox = await buildSandbox(orphaned, line(2), {
      id: 'orphaned',
      captures: [],
      onProgress: () => {},
      onNodes: () => {},
      wireWay: 'auto',
      startedAtMs: performance.now(),
    });
    expect((await sandbox.run('net', 'h1', 'ping -c1 -W2 10.0.1.2')).exitCode).toBe(0);
    await sandbox.stop('Tried.');
  });

  test('the ceilings of the spec hold for the whole sandbox, and lower ones for the lab', () => {
    const host = readCgroupHost();
    const read = (part: string, v1: string, v2: string): number => {
      const hierarchy = host.hierarchies.find(
        ({ controllers }) => host.version === 2 || controllers.includes(v1.split('.')[0] ?? ''),
      );
      const file = join(hierarchy?.directory ?? '', subject.cgroup, 'one', part, host.version === 2 ? v2 : v1);
      return Number(readFileSync(file, 'utf8').trim().split(' ')[0]);
    };
    expect(read('', 'memory.limit_in_bytes', 'memory.max')).toBe(testLimits.memoryBytes);
    expect(read('', 'pids.max', 'pids.max')).toBe(testLimits.pids);
    expect(read('', 'cpu.cfs_quota_us', 'cpu.max')).toBe(testLimits.cpus * 100_000);
    expect(read('lab', 'memory.limit_in_bytes', 'memory.max')).toBe(192 << 20);
    expect(read('lab', 'pids.max', 'pids.max')).toBe(192);
  });
});
