/** Sends the platform's own packets, one probe at a time, and keeps them out of counters and captures. */
import { randomBytes } from 'node:crypto';
import { VethlabError } from '../base/errors.ts';
import type { Topology } from '../network/topology.ts';
import type { RunResult, Sandbox } from '../sandbox/sandbox.ts';
import { canonicalAddress, familyOf } from './ip-address.ts';
import type { Counters, PingAnswer, PortAnswer } from './observer.ts';
import { parsePing } from './ping-output.ts';
import { ProbeLedger, type ProbeTraffic, type SettledCounters } from './probe-ledger.ts';
import { newMark, ProbeFilter, type ProbeMark } from './probe-mark.ts';
import { shellQuote } from './shell-quote.ts';

const MEMORY_FILE = '/run/vethlab-probes.json';
const WAIT_SECONDS = 1;
const PING_TIMEOUT_MS = 5000;
const DEFAULT_PAYLOAD_BYTES = 56;
const ICMP_HEADER_BYTES = 8;
/** Every IPv4 link carries this much (RFC 791): no path cuts a packet into more pieces than this gives. */
const SMALLEST_USUAL_MTU = 576;

interface Memory {
  readonly marks: readonly ProbeMark[];
  readonly settled: SettledCounters;
}

export class ProbeRunner {
  readonly #sandbox: Sandbox;
  readonly #read: (nodes: readonly string[]) => Promise<Map<string, Counters>>;
  #memory: Promise<{ filter: ProbeFilter; ledger: ProbeLedger }> | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  /** `read` gives the kernel's own totals, unadjusted. */
  constructor(sandbox: Sandbox, read: (nodes: readonly string[]) => Promise<Map<string, Counters>>) {
    this.#sandbox = sandbox;
    this.#read = read;
  }

  /** What probes did before, also those of a server that has ended: it is kept beside the sandbox, where no learner gets. */
  open(): Promise<{ filter: ProbeFilter; ledger: ProbeLedger }> {
    this.#memory ??= this.#recall();
    this.#memory.catch(() => (this.#memory = null));
    return this.#memory;
  }

  async #recall(): Promise<{ filter: ProbeFilter; ledger: ProbeLedger }> {
    const { stdout } = await this.#sandbox.run('outer', null, `cat ${MEMORY_FILE} 2>/dev/null || true`);
    const memory: Memory = stdout.trim() === '' ? { marks: [], settled: {} } : (JSON.parse(stdout) as Memory);
    return { filter: new ProbeFilter(memory.marks), ledger: new ProbeLedger(memory.settled) };
  }

  /** See Observer.ping. */
  async ping(from: string, to: string, options: { size?: number; df?: boolean; count?: number }): Promise<PingAnswer> {
    const target = addressOf(this.#sandbox.topology, to);
    const size = options.size ?? DEFAULT_PAYLOAD_BYTES;
    const count = options.count ?? 1;
    const bytes = size + ICMP_HEADER_BYTES;
    const traffic = this.#traffic(from, target, { count, bytes, proto: 'icmp' });
    return this.#probe(traffic, async (mark) => {
      const flags = [
        `-n -c ${count} -i 0.2 -W ${WAIT_SECONDS} -s ${size} -e ${mark.id} -p ${mark.pattern}`,
        // Without DF the kernel may still set it while it looks for the path MTU; the learner's ping decides likewise.
        options.df === undefined ? '' : `-M ${options.df ? 'do' : 'dont'}`,
      ].join(' ');
      const line = `exec env LC_ALL=C ping ${flags} -- ${shellQuote(target)}`;
      const result = await this.#sandbox.run('net', from, line, { timeoutMs: PING_TIMEOUT_MS });
      if (result.exitCode === 127)
        throw new VethlabError('command_failed', 'The program ping is missing from the lab image.');
      return parsePing(result.stdout, result.stderr);
    });
  }

  /** See Observer.connect. */
  async connect(
    from: string,
    to: string,
    port: number,
    proto: 'tcp' | 'udp',
  ): Promise<{ answer: PortAnswer; text: string }> {
    const target = addressOf(this.#sandbox.topology, to);
    const traffic = this.#traffic(from, target, { count: 1, bytes: 64, proto });
    return this.#probe(traffic, async (mark) => {
      const line = `exec env LC_ALL=C nc -v ${proto === 'udp' ? '-u ' : ''}-z -n -w 2 -p ${mark.id} -- ${shellQuote(target)} ${port}`;
      const result = await this.#sandbox.run('net', from, line, { timeoutMs: PING_TIMEOUT_MS });
      assertRan(result, 'nc');
      const { exitCode, stdout, stderr } = result;
      const text = `${stdout}${stderr}`.trim();
      if (exitCode === 0) return { answer: 'open', text };
      // nc says nothing at all when a datagram is refused.
      const isRefused = /refused/i.test(text) || (proto === 'udp' && text === '');
      return { answer: isRefused ? 'closed' : 'filtered', text };
    });
  }

  #traffic(from: string, target: string, request: Pick<ProbeTraffic, 'count' | 'bytes' | 'proto'>): ProbeTraffic {
    const fits = request.bytes + 20 <= SMALLEST_USUAL_MTU;
    return {
      ...request,
      from,
      fragments: fits ? 1 : Math.ceil(request.bytes / (SMALLEST_USUAL_MTU - 24)),
      isToSelf: /^127\.|^::1$/.test(target) || addressesOf(this.#sandbox.topology, from).includes(target),
    };
  }

  // One at a time: what two probes at once add to a counter could not be told apart.
  #probe<T>(traffic: ProbeTraffic, send: (mark: ProbeMark) => Promise<T>): Promise<T> {
    const turn = this.#turn.then(() => this.#run(traffic, send));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #run<T>(traffic: ProbeTraffic, send: (mark: ProbeMark) => Promise<T>): Promise<T> {
    const { filter, ledger } = await this.open();
    const nodes = this.#sandbox.topology.nodes.map((node) => node.name);
    const settle = ledger.begin(traffic, await this.#read(nodes));
    const marked = newMark(Date.now(), randomBytes);
    const mark = traffic.proto === 'icmp' ? marked : { ...marked, pattern: '' };
    filter.add(mark);
    try {
      return await send(mark);
    } finally {
      mark.endMs = Date.now();
      settle(await this.#read(nodes).catch(() => new Map<string, Counters>()));
      await this.#remember({ marks: filter.marks.slice(-50), settled: ledger.settled });
    }
  }

  async #remember(memory: Memory): Promise<void> {
    const line = `cat > ${MEMORY_FILE}.new && mv ${MEMORY_FILE}.new ${MEMORY_FILE}`;
    // A sandbox that cannot keep this is ending; the answer of the probe is right all the same.
    await this.#sandbox.run('outer', null, line, { stdin: JSON.stringify(memory) }).catch(() => undefined);
  }
}

/** A program that could not run says nothing about the network. */
function assertRan(result: RunResult, program: string): void {
  if (result.exitCode !== 126 && result.exitCode !== 127) return;
  throw new VethlabError('command_failed', `The program ${program} of the lab image could not run.`, {
    details: { stderr: result.stderr.slice(0, 300) },
  });
}

function addressesOf(topology: Topology, node: string): string[] {
  return topology.links
    .flatMap((link) => link.endpoints)
    .flatMap((endpoint) => (endpoint.node === node ? endpoint.ipv4.concat(endpoint.ipv6) : []))
    .map((prefix) => canonicalAddress(prefix.split('/')[0] ?? '') ?? '');
}

/** An address as it is; the name of a node stands for its first IPv4 address, or its first IPv6 address. */
function addressOf(topology: Topology, to: string): string {
  const address = canonicalAddress(to);
  if (address !== null) return address;
  const addresses = addressesOf(topology, to);
  const first = addresses.find((one) => familyOf(one) === 4) ?? addresses[0];
  if (first !== undefined) return first;
  throw new VethlabError('lab_invalid', `“${to}” is neither an address nor a node that has one.`, {
    hint: 'Write an address, or the name of a node whose link has addresses.',
  });
}
