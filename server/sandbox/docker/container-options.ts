/** What Docker is asked for: the same outer context as the bundle of oci/, in the Engine API's words. Pure. */
import type { ContainerCreateOptions, HostConfig } from 'dockerode';
import { labLimits } from '../lab-limits.ts';
import type { OuterSpec } from '../runtime.ts';

export interface ContainerOptions {
  readonly spec: OuterSpec;
  readonly image: string;
  /** Names all sandboxes of one installation. */
  readonly installation: string;
  /** The text of containers/lab/seccomp.json, or its path where the daemon wants that. */
  readonly seccomp: string;
  /** AppArmor's default profile for containers refuses mounts. */
  readonly hasAppArmor: boolean;
  readonly hasTun: boolean;
  /** False where the daemon itself may not have that many: then sandboxes have what it has. */
  readonly canHaveFiles: boolean;
}

export const INSTALLATION_LABEL = 'org.vethlab.installation';
export const SANDBOX_LABEL = 'org.vethlab.sandbox';

/** As in oci/bundle.ts, without `CAP_`. */
const CAPABILITIES = [
  'DAC_READ_SEARCH',
  'SETGID',
  'SETUID',
  'SETPCAP',
  'NET_ADMIN',
  'NET_RAW',
  'SYS_CHROOT',
  'SYS_ADMIN',
];
const OPEN_FILES = 65_536;
/** Each file of a learner costs kernel memory, so their number is bounded with the disk's size. */
const BYTES_PER_INODE = 2048;

/** Of the container: unique on the daemon, so that no two starts take one id. */
export function containerName(installation: string, id: string): string {
  return `${installation}-${id}`;
}

export function containerOptions(options: ContainerOptions): ContainerCreateOptions {
  const { id, limits } = options.spec;
  const lab = labLimits(limits);
  const tun = '/dev/net/tun';
  // The types lack the namespace of control groups (Engine API 1.41).
  const hostConfig: HostConfig & { CgroupnsMode: 'private' } = {
    NetworkMode: 'none',
    IpcMode: 'none',
    // In it the container's groups are the root, below which the lab gets its own.
    CgroupnsMode: 'private',
    ReadonlyRootfs: true,
    CapDrop: ['ALL'],
    CapAdd: CAPABILITIES,
    SecurityOpt: [
      'no-new-privileges',
      `seccomp=${options.seccomp}`,
      ...(options.hasAppArmor ? ['apparmor=unconfined'] : []),
    ],
    Tmpfs: { '/run': 'rw,exec,nosuid,nodev,mode=755,size=128m' },
    Devices: options.hasTun ? [{ PathOnHost: tun, PathInContainer: tun, CgroupPermissions: 'rwm' }] : [],
    Memory: limits.memoryBytes,
    // Together with memory: no swap.
    MemorySwap: limits.memoryBytes,
    PidsLimit: limits.pids,
    NanoCpus: Math.round(limits.cpus * 1e9),
    Ulimits: [
      ...(options.canHaveFiles ? [{ Name: 'nofile', Soft: 1024, Hard: OPEN_FILES }] : []),
      { Name: 'core', Soft: 0, Hard: 0 },
    ],
    LogConfig: { Type: 'json-file', Config: { 'max-size': '64k', 'max-file': '1' } },
    RestartPolicy: { Name: 'no' },
  };
  return {
    name: containerName(options.installation, id),
    Image: options.image,
    Hostname: 'outer',
    User: '0:0',
    Cmd: [limits.diskBytes, Math.floor(limits.diskBytes / BYTES_PER_INODE), lab.memoryBytes, lab.pids, lab.cpus].map(
      String,
    ),
    Labels: { [INSTALLATION_LABEL]: options.installation, [SANDBOX_LABEL]: id },
    NetworkDisabled: true,
    StopSignal: 'SIGKILL',
    HostConfig: hostConfig,
  };
}
