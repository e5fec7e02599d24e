/** How a command gets into a running outer context: by containers/lab/enter, which does what `runc exec` does and then is gone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OUTER_CAPABILITIES } from './bundle.ts';
import { compileSeccomp, type SeccompProfile } from './seccomp-filter.ts';

/** linux/capability.h */
const CAPABILITY_NUMBERS: Record<(typeof OUTER_CAPABILITIES)[number], number> = {
  CAP_DAC_READ_SEARCH: 2,
  CAP_SETGID: 6,
  CAP_SETUID: 7,
  CAP_SETPCAP: 8,
  CAP_NET_ADMIN: 12,
  CAP_NET_RAW: 13,
  CAP_SYS_CHROOT: 18,
  CAP_SYS_ADMIN: 21,
};

/** The argv that runs `argv` in the outer context whose first process is `pid`. */
export function enterArguments(scripts: string, pid: number, argv: readonly string[]): string[] {
  const profile = JSON.parse(readFileSync(join(scripts, 'seccomp.json'), 'utf8')) as SeccompProfile;
  const filter = compileSeccomp(profile, process.arch).toString('hex');
  const capabilities = OUTER_CAPABILITIES.map((name) => CAPABILITY_NUMBERS[name]).join(',');
  return ['/usr/bin/perl', join(scripts, 'enter'), String(pid), filter, capabilities, ...argv];
}
