/** The OCI configuration of an outer context (runtime-spec, config.md). Pure. */

export interface BundleOptions {
  readonly id: string;
  readonly rootfs: string;
  /** containers/lab of this installation; becomes /run/vethlab/lib. */
  readonly scripts: string;
  readonly cgroupsPath: string;
  /** Name → `cgroup.procs` of the lab's control groups, which processes inside may join. */
  readonly labCgroups: ReadonlyMap<string, string>;
  readonly seccomp: unknown;
  readonly diskBytes: number;
  readonly inodes: number;
  readonly hasTun: boolean;
  /** Hard limit of open files per process. */
  readonly openFiles: number;
}

/**
 * SYS_ADMIN, SYS_CHROOT: namespaces and mounts. SETUID, SETGID: the id map. NET_ADMIN, NET_RAW: wires between nodes.
 * DAC_READ_SEARCH: judging reads files that only the lab's root may read. SETPCAP: to give up all others for that.
 */
export const OUTER_CAPABILITIES = [
  'CAP_DAC_READ_SEARCH',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SETPCAP',
  'CAP_NET_ADMIN',
  'CAP_NET_RAW',
  'CAP_SYS_CHROOT',
  'CAP_SYS_ADMIN',
] as const;

const TUN = { major: 10, minor: 200 };

export function bundleConfig(options: BundleOptions): unknown {
  const quiet = ['nosuid', 'noexec', 'nodev'];
  const capabilities = [...OUTER_CAPABILITIES];
  return {
    ociVersion: '1.0.2',
    hostname: 'outer',
    root: { path: options.rootfs, readonly: true },
    process: {
      terminal: false,
      user: { uid: 0, gid: 0 },
      cwd: '/',
      args: ['/usr/bin/perl', '-w', '/run/vethlab/lib/agent', String(options.diskBytes), String(options.inodes)],
      env: ['PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'LANG=C.UTF-8'],
      capabilities: { bounding: capabilities, effective: capabilities, permitted: capabilities },
      rlimits: [
        { type: 'RLIMIT_NOFILE', soft: Math.min(1024, options.openFiles), hard: options.openFiles },
        { type: 'RLIMIT_CORE', soft: 0, hard: 0 },
      ],
      noNewPrivileges: true,
    },
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc', options: quiet },
      { destination: '/sys', type: 'sysfs', source: 'sysfs', options: quiet },
      { destination: '/dev', type: 'tmpfs', source: 'dev', options: ['nosuid', 'mode=755', 'size=64k'] },
      {
        destination: '/dev/pts',
        type: 'devpts',
        source: 'devpts',
        options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620'],
      },
      { destination: '/run', type: 'tmpfs', source: 'run', options: ['nosuid', 'nodev', 'mode=755', 'size=128m'] },
      {
        destination: '/run/vethlab/lib',
        type: 'bind',
        source: options.scripts,
        options: ['bind', 'ro', 'nosuid', 'nodev'],
      },
      ...[...options.labCgroups].map(([name, file]) => ({
        destination: `/run/vethlab/cgroup/${name}`,
        type: 'bind',
        source: file,
        options: ['bind', 'rw', ...quiet],
      })),
    ],
    linux: {
      cgroupsPath: options.cgroupsPath,
      // The host's user namespace (the lab has its own) and cgroup namespace (agents join the lab's groups).
      namespaces: [{ type: 'pid' }, { type: 'network' }, { type: 'ipc' }, { type: 'uts' }, { type: 'mount' }],
      devices: options.hasTun ? [{ path: '/dev/net/tun', type: 'c', ...TUN, fileMode: 0o666, uid: 0, gid: 0 }] : [],
      resources: {
        devices: [
          { allow: false, access: 'rwm' },
          ...(options.hasTun ? [{ allow: true, type: 'c', ...TUN, access: 'rwm' }] : []),
        ],
      },
      seccomp: options.seccomp,
    },
  };
}
