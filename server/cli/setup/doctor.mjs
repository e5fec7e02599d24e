/**
 * `npm run doctor`: every need of the program, each tried for real, with ok, missing or limited, and how to get it.
 * Ends with 1 when something is missing that Vethlab cannot run without.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { freemem, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { distribution, findCommand, toolsFor } from './needs.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const GIB = 1024 ** 3;

/**
 * @typedef {object} Finding
 * @property {string} group
 * @property {string} name
 * @property {'ok' | 'missing' | 'limited'} state `limited`: Vethlab runs, some labs or features do not.
 * @property {string} detail What was seen.
 * @property {string} [remedy]
 */

/**
 * Runs a shell line in fresh network, mount and pid namespaces and says whether it worked.
 * @param {string} line
 * @param {string[]} [flags] Further flags of unshare(1).
 */
function works(line, flags = []) {
  const argv = [
    '--net',
    '--mount',
    '--pid',
    '--fork',
    '--kill-child',
    ...flags,
    'bash',
    '-c',
    `set -e; ip link set lo up; ${line}`,
  ];
  const result = spawnSync('unshare', argv, { encoding: 'utf8', timeout: 10_000 });
  const output = `${result.error?.message ?? ''}${result.stderr ?? ''}`.trim().split('\n').at(-1) ?? '';
  return { isWorking: result.status === 0, output };
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}

/** @returns {Finding[]} */
function machine() {
  const system = distribution();
  const major = Number(process.versions.node.split('.')[0]);
  const isRoot = process.getuid?.() === 0;
  const data = resolve(ROOT, process.env.VETHLAB_DATA ?? '.vethlab');
  const disk = statfsSync(existsSync(data) ? data : ROOT);
  const freeDisk = disk.bavail * disk.bsize;
  return [
    {
      group: 'Machine',
      name: 'operating system',
      state: process.platform === 'linux' ? 'ok' : 'missing',
      detail: `${system.name}, kernel ${readText('/proc/sys/kernel/osrelease') ?? 'unknown'}`,
      remedy: 'A Linux kernel is needed.',
    },
    {
      group: 'Machine',
      name: 'Node.js',
      state: major >= 20 ? 'ok' : 'missing',
      detail: `${process.versions.node} starts the set-up; the server runs on the version of its own packages`,
      remedy: 'Install Node 20 or newer.',
    },
    {
      group: 'Machine',
      name: 'root',
      state: isRoot ? 'ok' : 'missing',
      detail: isRoot ? 'yes' : 'no',
      remedy: 'Run as root (sudo npm start), or use Docker: docker compose up.',
    },
    {
      group: 'Machine',
      name: 'memory',
      state: totalmem() >= 1.5 * GIB ? 'ok' : 'limited',
      detail: `${(totalmem() / GIB).toFixed(1)} GiB, ${(freemem() / GIB).toFixed(1)} free`,
      remedy: 'A class of 100 needs about 1.5 GiB; one learner 0.3.',
    },
    {
      group: 'Machine',
      name: 'disk',
      state: freeDisk >= 2 * GIB || existsSync(join(data, 'rootfs')) ? 'ok' : 'missing',
      detail: `${(freeDisk / GIB).toFixed(1)} GiB free for ${data}`,
      remedy: 'Free 2 GiB, or name another folder with --data.',
    },
  ];
}

/** @returns {Finding[]} */
function tools() {
  const wanted = toolsFor('start', {
    hasNodePty: existsSync(join(ROOT, 'node_modules/node-pty/build/Release/pty.node')),
    runtime: 'oci',
    kernel: 'host',
  });
  return wanted.map((tool) => {
    const path = findCommand(tool.command);
    return {
      group: 'Programs',
      name: tool.command,
      state: path ? 'ok' : 'missing',
      detail: path ?? tool.why,
      remedy: `npm start installs it on Debian; or: apt-get install ${tool.package}`,
    };
  });
}

/** @returns {Finding[]} */
function built() {
  /** @type {[string, string][]} */
  const parts = [
    ['npm packages', 'node_modules/.vethlab-installed'],
    ['web page', 'dist/web/.built-from'],
  ];
  return parts.map(([name, path]) => {
    const isThere = existsSync(join(ROOT, path));
    return {
      group: 'Built once',
      name,
      state: isThere ? 'ok' : 'limited',
      detail: isThere ? 'there' : 'not yet',
      remedy: 'npm start makes it.',
    };
  });
}

/** @returns {Finding[]} */
function cgroups() {
  const isUnified = existsSync('/sys/fs/cgroup/cgroup.controllers');
  const isHybrid = !isUnified && existsSync('/sys/fs/cgroup/unified');
  const version = isUnified
    ? 'v2'
    : isHybrid
      ? 'hybrid of v1 and v2'
      : existsSync('/sys/fs/cgroup/memory')
        ? 'v1'
        : 'none';
  const available = isUnified
    ? (readText('/sys/fs/cgroup/cgroup.controllers') ?? '').split(' ')
    : ['memory', 'pids', 'cpu'].filter((controller) => existsSync(`/sys/fs/cgroup/${controller}`));
  const absent = ['memory', 'pids', 'cpu'].filter((controller) => !available.includes(controller));
  return [
    {
      group: 'Kernel',
      name: 'cgroups',
      state: absent.length === 0 ? 'ok' : 'missing',
      detail:
        absent.length === 0 ? `${version}, with memory, pids and cpu` : `${version}, without ${absent.join(', ')}`,
      remedy: 'Limits of sandboxes need these controllers: mount them, or enable them in the kernel command line.',
    },
  ];
}

/**
 * @typedef {object} Feature
 * @property {string} name
 * @property {string} line
 * @property {string[]} [flags]
 * @property {boolean} isRequired
 * @property {string} remedy
 */

/** @type {Feature[]} */
const FEATURES = [
  {
    name: 'user namespaces',
    line: 'true',
    flags: ['--user', '--map-root-user'],
    isRequired: true,
    remedy: 'sysctl user.max_user_namespaces=15000; on hardened kernels also kernel.unprivileged_userns_clone=1.',
  },
  { name: 'veth pairs', line: 'ip link add va type veth peer name vb', isRequired: true, remedy: 'modprobe veth' },
  { name: 'bridges', line: 'ip link add br0 type bridge', isRequired: true, remedy: 'modprobe bridge' },
  {
    name: 'overlay in a user namespace',
    line: 'mount -t tmpfs t /mnt; mkdir /mnt/l /mnt/u /mnt/w /mnt/m; mount -t overlay o -o lowerdir=/mnt/l,upperdir=/mnt/u,workdir=/mnt/w /mnt/m',
    flags: ['--user', '--map-root-user'],
    isRequired: true,
    remedy: 'Linux 5.11 or newer with overlayfs: modprobe overlay',
  },
  {
    name: 'packet sockets',
    line: `python3 -c 'import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW)' || perl -e 'socket(S, 17, 3, 0) or die'`,
    isRequired: true,
    remedy: 'modprobe af_packet',
  },
  {
    name: 'netem (impaired links)',
    line: 'ip link add va type veth peer name vb; tc qdisc add dev va root netem delay 1ms',
    isRequired: false,
    remedy:
      'modprobe sch_netem (Ubuntu: linux-modules-extra-$(uname -r)); elsewhere (WSL2, hardened kernels) `npm start -- --kernel uml`. Only labs in which the learner types `tc … netem` need it.',
  },
  {
    name: 'tbf and htb (rate limits)',
    line: 'ip link add va type veth peer name vb; tc qdisc add dev va root tbf rate 1mbit burst 5kb limit 30kb; tc qdisc add dev vb root htb',
    isRequired: false,
    remedy: 'modprobe sch_tbf sch_htb',
  },
  {
    name: 'nftables',
    line: 'nft add table inet t; nft add chain inet t c',
    isRequired: false,
    remedy: 'apt-get install nftables; modprobe nf_tables',
  },
  { name: 'tun and tap', line: 'ip tuntap add dev t0 mode tap', isRequired: false, remedy: 'modprobe tun' },
];

/** @returns {Finding[]} */
function kernel() {
  if (process.getuid?.() !== 0 || findCommand('unshare') === null) {
    return [
      {
        group: 'Kernel',
        name: 'features',
        state: 'missing',
        detail: 'not tried',
        remedy: 'Run the doctor as root, with util-linux installed.',
      },
    ];
  }
  const features = FEATURES.map((feature) => {
    const { isWorking, output } = works(feature.line, feature.flags);
    /** @type {Finding['state']} */
    const state = isWorking ? 'ok' : feature.isRequired ? 'missing' : 'limited';
    return {
      group: 'Kernel',
      name: feature.name,
      state,
      detail: isWorking ? 'works' : output || 'does not work',
      remedy: feature.remedy,
    };
  });
  const userModeLinux = findCommand('linux.uml');
  const seccomp = readText('/proc/sys/kernel/seccomp/actions_avail');
  const conntrackMax = Number(readText('/proc/sys/net/netfilter/nf_conntrack_max') ?? 0);
  return [
    ...features,
    {
      group: 'Kernel',
      name: 'a kernel of its own (--kernel uml)',
      state: process.arch === 'x64' ? 'ok' : 'limited',
      detail:
        process.arch !== 'x64'
          ? `User Mode Linux runs on x86-64, and this is ${process.arch}`
          : userModeLinux
            ? userModeLinux
            : 'npm start -- --kernel uml installs User Mode Linux',
      remedy: 'Only labs in which the learner types `tc … netem` need it, and only where the kernel has no netem.',
    },
    {
      group: 'Kernel',
      name: 'seccomp filters',
      state: seccomp ? 'ok' : 'missing',
      detail: seccomp ? 'works' : 'not there',
      remedy: 'A kernel with CONFIG_SECCOMP_FILTER.',
    },
    {
      group: 'Kernel',
      name: 'conntrack limit',
      state: conntrackMax > 65_536 ? 'limited' : 'ok',
      detail: conntrackMax === 0 ? 'connection tracking is not loaded' : `${conntrackMax} entries for each sandbox`,
      remedy:
        'A learner can fill the table in seconds, in kernel memory that no limit counts: sysctl net.netfilter.nf_conntrack_max=4000 protects the machine (and its own connections count too).',
    },
  ];
}

/** @returns {Promise<Finding[]>} */
async function port() {
  const wanted = Number(process.env.VETHLAB_PORT ?? 8080);
  const error = await new Promise((resolve) => {
    const server = createServer();
    server.once('error', (reason) => resolve(reason.message));
    server.listen(wanted, '127.0.0.1', () => server.close(() => resolve(null)));
  });
  return [
    {
      group: 'Network',
      name: `port ${wanted}`,
      state: error ? 'limited' : 'ok',
      detail: error ?? 'free',
      remedy: 'Choose another one: npm start -- --port 8090 (or Vethlab is running already).',
    },
  ];
}

const findings = [...machine(), ...tools(), ...cgroups(), ...kernel(), ...built(), ...(await port())];
const isColoured = process.stdout.isTTY === true;
const colours = { ok: '32', missing: '31', limited: '33' };
let group = '';
for (const finding of findings) {
  if (finding.group !== group) {
    group = finding.group;
    console.log(`\n${group}`);
  }
  const word = finding.state.padEnd(8);
  const state = isColoured ? `\x1b[${colours[finding.state]}m${word}\x1b[0m` : word;
  console.log(`  ${state} ${finding.name.padEnd(34)} ${finding.detail}`);
  if (finding.state !== 'ok' && finding.remedy) console.log(`  ${' '.repeat(8)} ${' '.repeat(34)} → ${finding.remedy}`);
}
const missing = findings.filter((finding) => finding.state === 'missing').length;
const limited = findings.filter((finding) => finding.state === 'limited').length;
console.log(`\n${findings.length - missing - limited} ok, ${limited} limited, ${missing} missing`);
process.exitCode = missing > 0 ? 1 : 0;
