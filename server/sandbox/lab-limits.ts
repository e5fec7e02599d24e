/** The ceilings of the lab inside those of its sandbox: the platform's helpers always have room beside what learners run. Pure. */
import type { Limits } from './runtime.ts';

/** What of the ceilings is out of the lab's reach. */
const RESERVED = { memoryBytes: 64 << 20, pids: 64, share: 0.25, cpuShare: 0.1 };

export function labLimits(limits: Limits): Limits {
  return {
    ...limits,
    memoryBytes: limits.memoryBytes - Math.min(RESERVED.memoryBytes, Math.floor(limits.memoryBytes * RESERVED.share)),
    pids: limits.pids - Math.min(RESERVED.pids, Math.floor(limits.pids * RESERVED.share)),
    cpus: limits.cpus * (1 - RESERVED.cpuShare),
  };
}
