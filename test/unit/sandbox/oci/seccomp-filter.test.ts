import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileSeccomp, type SeccompProfile } from '../../../../server/sandbox/oci/seccomp-filter.ts';

const profile = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../containers/lab/seccomp.json'), 'utf8'),
) as SeccompProfile;

/** What the filter answers for a system call, by interpreting it as the kernel would (linux/filter.h). */
function answer(program: Buffer, audit: number, number: number): number {
  let accumulator = 0;
  for (let index = 0; ; index++) {
    const code = program.readUInt16LE(index * 8);
    const value = program.readUInt32LE(index * 8 + 4);
    if (code === 0x06) return value;
    if (code === 0x20) accumulator = value === 4 ? audit : number;
    else {
      const holds = code === 0x15 ? accumulator === value : accumulator >= value;
      index += program.readUInt8(index * 8 + (holds ? 2 : 3));
    }
  }
}

const ALLOW = 0x7fff0000;
const REFUSE = 0x00050001;
const KILL = 0x80000000;

describe.each([
  ['x64', 0xc000003e, { read: 0, mount: 165, bpf: 321, reboot: 169, open_by_handle_at: 304, io_uring_setup: 425 }],
  ['arm64', 0xc00000b7, { read: 63, mount: 40, bpf: 280, reboot: 142, open_by_handle_at: 265, io_uring_setup: 425 }],
])('the filter for %s', (arch, audit, numbers) => {
  const program = compileSeccomp(profile, arch);

  test('allows what labs need and refuses what they must not do', () => {
    expect(Object.entries(numbers).map(([name, number]) => [name, answer(program, audit, number)])).toEqual([
      ['read', ALLOW],
      ['mount', ALLOW],
      ['bpf', REFUSE],
      ['reboot', REFUSE],
      ['open_by_handle_at', REFUSE],
      ['io_uring_setup', REFUSE],
    ]);
  });

  test('ends processes that call by another architecture', () => {
    expect(answer(program, 0x40000003, 1)).toBe(KILL);
  });
});

test('x32 calls are no way around the filter', () => {
  expect(answer(compileSeccomp(profile, 'x64'), 0xc000003e, 0x40000000 + 169)).toBe(KILL);
});

test('an unknown machine is an error, not an open door', () => {
  expect(() => compileSeccomp(profile, 's390x')).toThrow('No system call numbers');
});
