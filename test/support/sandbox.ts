/**
 * Sandboxes for tests, benches and trying by hand. `node test/support/sandbox.ts` starts a line of three nodes, runs a ping and
 * tells how long it took; with arguments it runs them as shell lines on h1 before it ends.
 */
import { createHash, randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Link, Topology, TopologyNode } from '../../server/network/topology.ts';
import { OciRuntime } from '../../server/sandbox/oci/oci-runtime.ts';
import type { Limits } from '../../server/sandbox/runtime.ts';
import { SandboxManager } from '../../server/sandbox/sandbox-manager.ts';

const project = join(import.meta.dirname, '../..');
const scripts = join(project, 'containers/lab');
export const testLimits: Limits = { memoryBytes: 256 << 20, pids: 256, cpus: 2, diskBytes: 64 << 20 };

/** The lab image of this checkout; made on first use, which takes a minute. */
export function testRootfs(): string {
  const lines = execFileSync(join(scripts, 'rootfs'), [join(project, '.vethlab/rootfs')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return lines.trim().split('\n').at(-1) ?? '';
}

export interface TestRuntime extends AsyncDisposable {
  readonly runtime: OciRuntime;
  readonly runDirectory: string;
  readonly cgroup: string;
  /** Another runtime on the same directories, as a restarted server would make it. */
  again(): OciRuntime;
}

/** A runtime with directories of its own; disposing it ends all its sandboxes. */
export function startTestRuntime(name = randomBytes(4).toString('hex')): TestRuntime {
  const base = existsSync('/dev/shm') ? '/dev/shm' : '/tmp';
  const runDirectory = join(base, `vethlab-test-${name}`);
  const cgroup = `vethlab-test-${createHash('sha256').update(runDirectory).digest('hex').slice(0, 8)}`;
  const make = (): OciRuntime => new OciRuntime({ rootfs: testRootfs(), scripts, runDirectory, cgroup });
  const runtime = make();
  return {
    runtime,
    runDirectory,
    cgroup,
    again: make,
    async [Symbol.asyncDispose]() {
      await runtime[Symbol.asyncDispose]();
      const last = make();
      for (const outer of await last.list()) await outer.stop();
      await last[Symbol.asyncDispose]();
      rmSync(runDirectory, { recursive: true, force: true });
    },
  };
}

/** h1 – r1 – r2 – … – h2: `count` nodes, routed, 10.0.<link>.0/24. */
export function line(count: number): Topology {
  const links = count - 1;
  const nodes = Array.from({ length: count }, (_, index): TopologyNode => {
    const isHost = index === 0 || index === links;
    const routes =
      index === 0
        ? ['default via 10.0.1.2']
        : index === links
          ? [`default via 10.0.${links}.1`]
          : Array.from({ length: links }, (_unused, link) => link + 1).flatMap((link) =>
              link < index
                ? [`10.0.${link}.0/24 via 10.0.${index}.1`]
                : link > index + 1
                  ? [`10.0.${link}.0/24 via 10.0.${index + 1}.2`]
                  : [],
            );
    return {
      name: index === 0 ? 'h1' : index === links ? 'h2' : `r${index}`,
      kind: isHost ? 'host' : 'router',
      routes,
      sysctls: {},
      files: {},
      exec: [],
      services: [],
    };
  });
  return {
    nodes,
    links: Array.from({ length: links }, (_, index): Link => ({
      endpoints: [
        {
          node: nodes[index]?.name ?? '',
          interface: index === 0 ? 'eth0' : 'eth1',
          mac: null,
          ipv4: [`10.0.${index + 1}.1/24`],
          ipv6: [],
        },
        {
          node: nodes[index + 1]?.name ?? '',
          interface: 'eth0',
          mac: null,
          ipv4: [`10.0.${index + 1}.2/24`],
          ipv6: [],
        },
      ],
      mtu: null,
      impairments: [null, null],
      offload: false,
      adjustable: false,
    })),
    faults: [],
  };
}

/** A switch sw1 with hosts h1, h2, … in 10.0.0.0/24; `count` counts all nodes. */
export function star(count: number): Topology {
  const plain = { routes: [], sysctls: {}, files: {}, exec: [], services: [] };
  const hosts = Array.from({ length: count - 1 }, (_, index) => `h${index + 1}`);
  return {
    nodes: [
      { name: 'sw1', kind: 'switch', ...plain },
      ...hosts.map((name): TopologyNode => ({ name, kind: 'host', ...plain })),
    ],
    links: hosts.map((name, index): Link => ({
      endpoints: [
        { node: name, interface: 'eth0', mac: null, ipv4: [`10.0.0.${index + 1}/24`], ipv6: [] },
        { node: 'sw1', interface: `eth${index}`, mac: null, ipv4: [], ipv6: [] },
      ],
      mtu: null,
      impairments: [null, null],
      offload: false,
      adjustable: false,
    })),
    faults: [],
  };
}

if (import.meta.main) {
  await using test = startTestRuntime();
  await using manager = new SandboxManager({ runtime: test.runtime, limits: testLimits, poolSize: 0, capacity: 10 });
  const sandbox = await manager.start(line(3), { id: 'trial', onProgress: (progress) => console.log(progress) });
  const lines = process.argv.slice(2);
  for (const text of lines.length > 0 ? lines : ['ping -c1 10.0.2.2', 'ip -br address', 'ps aux']) {
    const { exitCode, stdout, stderr } = await sandbox.run('node', 'h1', text);
    console.log(`$ ${text}\n${stdout}${stderr}(${exitCode})`);
  }
  await sandbox.stop('The trial is over.');
}
