/** What this machine's kernel can do, found by really trying it in a throw-away sandbox. */
import { randomBytes } from 'node:crypto';
import type { Topology } from '../network/topology.ts';
import type { Sandbox } from './sandbox.ts';
import { say, type Said, type Sentence } from '../base/sentence.ts';

interface Feature {
  /** What it is for, as the end of "This lab needs …". */
  readonly title: Sentence;
  /** A shell line in a node; it succeeds where the kernel has the feature. */
  readonly trial: string;
  readonly remedy: Sentence;
}

/** The names that `requires` of a lab may use. */
const KERNEL_FEATURES: Readonly<Record<string, Feature>> = {
  netem: {
    title: say('the queueing discipline netem'),
    trial: 'tc qdisc add dev lo root netem delay 1ms && tc qdisc del dev lo root',
    remedy: say(
      'Load it with `modprobe sch_netem`; on Ubuntu it is in the package `linux-modules-extra-$(uname -r)`. In WSL2, and wherever else the kernel lacks it, `npm start -- --kernel uml` brings a kernel that has it.',
    ),
  },
  tbf: {
    title: say('the queueing discipline tbf'),
    trial: 'tc qdisc add dev lo root tbf rate 1mbit burst 5kb limit 30kb && tc qdisc del dev lo root',
    remedy: say('Load it with `modprobe {modules}`.', { modules: 'sch_tbf' }),
  },
  htb: {
    title: say('the queueing discipline htb'),
    trial: 'tc qdisc add dev lo root htb && tc qdisc del dev lo root',
    remedy: say('Load it with `modprobe {modules}`.', { modules: 'sch_htb' }),
  },
  nft: {
    title: say('nftables for IP'),
    trial: 'nft add table inet vethlab_trial && nft delete table inet vethlab_trial',
    remedy: say('Load it with `modprobe {modules}`.', { modules: 'nf_tables' }),
  },
  conntrack: {
    title: say('connection tracking'),
    trial:
      'nft add table ip vethlab_trial && nft add chain ip vethlab_trial c "{ type filter hook input priority 0; }" && nft add rule ip vethlab_trial c ct state new accept && nft delete table ip vethlab_trial',
    remedy: say('Load it with `modprobe {modules}`.', { modules: 'nf_conntrack nft_ct' }),
  },
  tun: {
    title: say('tun and tap devices'),
    trial: 'ip tuntap add dev vethlabtrial mode tap && ip link del vethlabtrial',
    remedy: say('Load it with `modprobe {modules}`.', { modules: 'tun' }),
  },
  rps: {
    title: say('two processors, and receive packet steering that each network namespace sets for itself'),
    trial: 'taskset -c 0 true && taskset -c 1 true && sysctl -qw net.core.rps_default_mask=2',
    remedy: say('It takes the processors 0 and 1, and Linux 6.3 or newer.'),
  },
  vxlan: {
    title: say('VXLAN interfaces'),
    trial: 'ip link add vethlabtrial type vxlan id 7 dstport 4789 dev lo && ip link del vethlabtrial',
    remedy: say('Load it with `modprobe {modules}`.', { modules: 'vxlan' }),
  },
};

const TRIAL_TOPOLOGY: Topology = {
  nodes: [{ name: 'trial', kind: 'host', routes: [], sysctls: {}, files: {}, exec: [], services: [] }],
  links: [],
  faults: [],
};

/** What was found; before the trial has ended nothing counts as missing. */
export class KernelReport {
  /** The kernel is a process of the machine's own, User Mode Linux. */
  readonly isUserMode: boolean;
  #missing: ReadonlySet<string> = new Set();

  constructor(isUserMode: boolean) {
    this.isUserMode = isUserMode;
  }

  /** Tries everything in a sandbox of its own, until told to stop. Rejects when no sandbox can be started. */
  async probe(
    start: (topology: Topology, options: { id: string }) => Promise<Sandbox>,
    signal?: AbortSignal,
  ): Promise<void> {
    const sandbox = await start(TRIAL_TOPOLOGY, { id: `kernel-${randomBytes(4).toString('hex')}` });
    try {
      const missing = new Set<string>();
      for (const [name, { trial }] of Object.entries(KERNEL_FEATURES)) {
        if (signal?.aborted) return;
        const { exitCode } = await sandbox.run('node', 'trial', trial);
        if (exitCode !== 0) missing.add(name);
      }
      this.#missing = missing;
    } finally {
      await sandbox.stop('The kernel has been tried.');
    }
  }

  get missing(): readonly string[] {
    return [...this.#missing];
  }

  /** One sentence per required feature that is not there, with what to do. */
  explain(required: readonly string[]): Said[] {
    return required.flatMap((name): Said[] => {
      const feature = KERNEL_FEATURES[name];
      if (!feature) return [`This lab needs ${name}, and Vethlab does not know how to try whether it is there.`];
      if (!this.#missing.has(name)) return [];
      return [
        say('This lab needs {feature}, which the kernel of this machine does not have. {remedy}', {
          feature: feature.title,
          remedy: feature.remedy,
        }),
      ];
    });
  }
}
