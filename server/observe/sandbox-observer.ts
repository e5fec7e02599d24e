/** The {@link Observer} of a running sandbox. Tools are those of the image, run in the node's network namespace only. */
import { VethlabError } from '../base/errors.ts';
import type { RunContext, Sandbox } from '../sandbox/sandbox.ts';
import { CaptureStore } from './capture-store.ts';
import { parseConntrack } from './conntrack-rows.ts';
import { CONFIGURATION_SCRIPT, parseConfiguration } from './configuration.ts';
import { counterSource, type CounterSource } from './counter-name.ts';
import { familyOf } from './ip-address.ts';
import { noRoute, parseInterfaces, parseLinkStatistics, parseNeighbors, parseRoute } from './ip-output.ts';
import type { Counters, Observer, RouteAnswer } from './observer.ts';
import { ProbeRunner } from './probe-runner.ts';
import { DEV_FILE, parseProcCounters, PROC_COUNTER_FILES } from './proc-counters.ts';
import { parseQdiscs, qdiscCounters } from './qdiscs.ts';
import { shellQuote } from './shell-quote.ts';
import { parseSockets } from './socket-rows.ts';
import { say } from '../base/sentence.ts';

const TOOL_TIMEOUT_MS = 4000;
const COMMAND_TIMEOUT_MS = 6000;

/** One observer per sandbox: it remembers the captures and the probes. Disposing it leaves the sandbox as it is. */
export function createObserver(sandbox: Sandbox): Observer {
  return new SandboxObserver(sandbox);
}

class SandboxObserver implements Observer {
  readonly #sandbox: Sandbox;
  readonly #probes: ProbeRunner;
  #store: CaptureStore | null = null;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.#probes = new ProbeRunner(sandbox, (nodes) => this.#readTotals(nodes));
  }

  async counters(node: string, names: readonly string[] = []): Promise<Counters> {
    const [{ ledger }, totals] = await Promise.all([this.#probes.open(), this.#readTotals([node])]);
    const counters = ledger.adjust(node, totals.get(node) ?? new Map<string, number>());
    const sources = new Set<CounterSource>(names.filter((name) => !counters.has(name)).map(counterSource));
    for (const source of sources) {
      for (const [name, value] of await this.#readByTool(node, source)) {
        if (!counters.has(name)) counters.set(name, value);
      }
    }
    return counters;
  }

  async totals(nodes: readonly string[], which: 'all' | 'interfaces'): Promise<ReadonlyMap<string, Counters>> {
    if (nodes.length === 0) return new Map();
    const [{ ledger }, files] = await Promise.all([
      this.#probes.open(),
      this.#sandbox.readProc(nodes, which === 'all' ? PROC_COUNTER_FILES : [DEV_FILE]),
    ]);
    const totals = new Map<string, Counters>();
    for (const [node, texts] of files) {
      if (!texts[0]) continue;
      const counters = parseProcCounters(which === 'all' ? texts : [null, null, texts[0], null]);
      totals.set(node, ledger.adjust(node, counters));
    }
    return totals;
  }

  async #readTotals(nodes: readonly string[]): Promise<Map<string, Counters>> {
    const files = await this.#sandbox.readProc(nodes, PROC_COUNTER_FILES);
    return new Map(
      nodes.map((node) => {
        const texts = files.get(node);
        // Without its first process there is no reading at all; zeros would look like a fresh node.
        if (!texts?.[0]) {
          throw new VethlabError(
            'sandbox_gone',
            say('The counters of {node} cannot be read: the node has ended.', { node }),
            {
              hint: say('Start the lab again.'),
            },
          );
        }
        return [node, parseProcCounters(texts)];
      }),
    );
  }

  async #readByTool(node: string, source: CounterSource): Promise<Map<string, number>> {
    switch (source) {
      case 'proc':
        return new Map();
      case 'conntrack':
        return new Map([
          ['conntrack.count', Number(await this.#tool(node, 'cat /proc/sys/net/netfilter/nf_conntrack_count'))],
        ]);
      case 'qdisc':
        return qdiscCounters(parseQdiscs(await this.#tool(node, 'tc -j -s qdisc show')));
      case 'link':
        return parseLinkStatistics(await this.#tool(node, 'ip -s -s -j link show'));
    }
  }

  async interfaces(node: string) {
    return parseInterfaces(await this.#tool(node, 'ip -j addr show'));
  }

  async route(node: string, to: string): Promise<RouteAnswer> {
    if (to === 'default') {
      const json = await this.#tool(node, 'ip -j route show default');
      const ipv4 = parseRoute(json);
      if (ipv4.exists) return ipv4;
      const json6 = await this.#tool(node, 'ip -6 -j route show default');
      return parseRoute(json6);
    }
    const line = `ip -${familyOf(to)} -j route get ${shellQuote(to)}`;
    const { exitCode, stdout, stderr } = await this.#run('net', node, line);
    if (exitCode === 0) return parseRoute(stdout);
    // What the kernel answers for no route, unreachable, prohibit and blackhole (net/ipv4/fib_semantics.c, fib_props).
    const refusal = /RTNETLINK answers: (.*)/.exec(stderr)?.[1];
    if (refusal !== undefined) return noRoute(`ip route get ${to}: ${refusal}`);
    throw toolFailed(node, line, stderr);
  }

  async neighbors(node: string) {
    return parseNeighbors(await this.#tool(node, 'ip -j neigh show'));
  }

  async sysctl(node: string, key: string): Promise<string | null> {
    const path = key.includes('/') ? key : key.replaceAll('.', '/');
    if (!/^net(\/[A-Za-z0-9_@.-]+)+$/.test(path) || path.includes('..')) {
      throw new VethlabError('lab_invalid', `“${key}” is not a key under net.`, {
        hint: 'Write net.ipv4.ip_forward, for example.',
      });
    }
    const { exitCode, stdout } = await this.#run('net', node, `cat /proc/sys/${path}`);
    return exitCode === 0 ? stdout.trim().split(/\s+/).join(' ') : null;
  }

  async sockets(node: string) {
    return parseSockets(await this.#tool(node, 'ss -H -a -n -p -t -u -w -m -O'));
  }

  async qdiscs(node: string, interfaceName: string) {
    const qdiscs = parseQdiscs(await this.#tool(node, 'tc -j -s -d qdisc show'));
    return qdiscs.filter((qdisc) => qdisc.dev === interfaceName);
  }

  async conntrack(node: string) {
    const both = 'conntrack -L -f ipv4 2>/dev/null && conntrack -L -f ipv6 2>/dev/null';
    const [{ filter }, text] = await Promise.all([this.#probes.open(), this.#tool(node, both)]);
    const ours = new Set(filter.marks.map((mark) => mark.id));
    // Rows of echo requests carry their identifier, rows of connections their port.
    return parseConntrack(text).filter((row) => {
      const id = /\b(?:id|sport)=(\d+)/.exec(row.text)?.[1];
      return id === undefined || !ours.has(Number(id));
    });
  }

  async configuration(node: string) {
    // A dozen programs: on a busy machine they need longer than one.
    return parseConfiguration(await this.#tool(node, CONFIGURATION_SCRIPT, COMMAND_TIMEOUT_MS));
  }

  connect(from: string, to: string, port: number, proto: 'tcp' | 'udp') {
    return this.#probes.connect(from, to, port, proto);
  }

  ping(from: string, to: string, options: { size?: number; df?: boolean; count?: number }) {
    return this.#probes.ping(from, to, options);
  }

  async capture(query: Parameters<Observer['capture']>[0]) {
    const isOurs = await this.probeFrames();
    this.#store ??= new CaptureStore(this.#sandbox, isOurs);
    return this.#store.answer(query);
  }

  async probeFrames() {
    const { filter } = await this.#probes.open();
    return (frame: Uint8Array, timeMs: number): boolean => filter.isProbe(frame, timeMs);
  }

  command(node: string, line: string) {
    return this.#run('judge', node, line, COMMAND_TIMEOUT_MS);
  }

  async #tool(node: string, line: string, timeoutMs = TOOL_TIMEOUT_MS): Promise<string> {
    const { exitCode, stdout, stderr } = await this.#run('net', node, line, timeoutMs);
    if (exitCode !== 0) throw toolFailed(node, line, stderr);
    return stdout;
  }

  #run(context: RunContext, node: string, line: string, timeoutMs = TOOL_TIMEOUT_MS) {
    return this.#sandbox.run(context, node, line, { timeoutMs });
  }

  [Symbol.dispose](): void {
    this.#store = null;
  }
}

function toolFailed(node: string, line: string, stderr: string): VethlabError {
  return new VethlabError('command_failed', `Reading ${node} failed: ${line}: ${stderr.trim().slice(0, 300)}`);
}
