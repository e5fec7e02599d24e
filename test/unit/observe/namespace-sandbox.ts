/**
 * A sandbox of network namespaces made on this machine, for tests of observe/ and check/: real kernel, real tools, no
 * container around them. The runtime suite proves the same behaviour on real sandboxes.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VethlabError } from '../../../server/base/errors.ts';
import type { Topology } from '../../../server/network/topology.ts';
import type { ExecProcess } from '../../../server/sandbox/runtime.ts';
import type {
  CaptureCursor,
  CaptureFiles,
  HeldCapture,
  RunContext,
  RunOptions,
  RunResult,
  Sandbox,
} from '../../../server/sandbox/sandbox.ts';

const PCAP_HEADER_BYTES = 24;

export class NamespaceSandbox implements Sandbox {
  readonly id = 'namespaces';
  readonly timings = {};
  readonly linkChanges = {};
  readonly ended = new Promise<string>(() => undefined);
  readonly topology: Topology;
  readonly directory = mkdtempSync(join(tmpdir(), 'vethlab-observe-'));
  readonly #holders = new Map<string, ChildProcess>();
  readonly #captures = new Map<string, { process: ChildProcess; files: Promise<CaptureFiles> }>();

  private constructor(topology: Topology) {
    this.topology = topology;
  }

  impair(): Promise<void> {
    return Promise.reject(new Error('these namespaces have no wires'));
  }

  setLinkDown(): Promise<void> {
    return Promise.reject(new Error('these namespaces have no wires'));
  }

  static async start(topology: Topology): Promise<NamespaceSandbox> {
    const sandbox = new NamespaceSandbox(topology);
    try {
      for (const node of topology.nodes) await sandbox.#hold(node.name);
      for (const [index, link] of topology.links.entries()) sandbox.#link(link, 100 + index * 2);
      for (const node of topology.nodes) {
        for (const line of node.routes) sandbox.#in(node.name, 'ip', 'route', 'add', ...line.split(' '));
        if (node.kind === 'router') sandbox.#in(node.name, 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
      }
      return sandbox;
    } catch (error) {
      await sandbox.stop();
      throw error;
    }
  }

  async #hold(node: string): Promise<void> {
    const script = 'ip link set lo up; sysctl -qw net.ipv6.conf.all.disable_ipv6=1; echo ready; exec cat';
    const holder = spawn('unshare', ['--net', '--uts', '--', 'sh', '-c', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#holders.set(node, holder);
    await new Promise((resolve) => holder.stdout?.once('data', resolve));
  }

  #link({ endpoints: [a, b], mtu }: Topology['links'][number], index: number): void {
    const pids = [this.#pid(a.node), this.#pid(b.node)];
    const ends = [a, b].map((end, at) => [
      'name',
      end.interface,
      'index',
      String(index + at),
      ...(mtu === null ? [] : ['mtu', String(mtu)]),
      'netns',
      String(pids[at]),
    ]);
    execFileSync('ip', ['link', 'add', ...(ends[0] ?? []), 'type', 'veth', 'peer', ...(ends[1] ?? [])]);
    for (const end of [a, b]) {
      for (const address of end.ipv4) this.#in(end.node, 'ip', 'addr', 'add', address, 'dev', end.interface);
      this.#in(end.node, 'ethtool', '-K', end.interface, 'tx', 'off', 'tso', 'off', 'gso', 'off', 'gro', 'off');
      this.#in(end.node, 'ip', 'link', 'set', end.interface, 'up');
    }
  }

  #pid(node: string): number {
    const pid = this.#holders.get(node)?.pid;
    if (pid === undefined) throw new VethlabError('not_found', `There is no node ${node}.`);
    return pid;
  }

  #in(node: string, ...argv: string[]): void {
    execFileSync('nsenter', ['-t', String(this.#pid(node)), '-n', '-u', '--', ...argv], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }

  #argv(context: RunContext, node: string | null, line: string): string[] {
    const enter =
      context === 'outer' || node === null ? [] : ['nsenter', '-t', String(this.#pid(node)), '-n', '-u', '--'];
    return [...enter, 'bash', '-c', line.replaceAll('/run/', `${this.directory}/`)];
  }

  run(context: RunContext, node: string | null, line: string, options: RunOptions = {}): Promise<RunResult> {
    const [command = '', ...argv] = this.#argv(context, node, line);
    return new Promise((resolve, reject) => {
      const child = spawn(command, argv, { stdio: 'pipe', detached: true });
      const out = { stdout: '', stderr: '' };
      child.stdout.setEncoding('utf8').on('data', (data: string) => (out.stdout += data));
      child.stderr.setEncoding('utf8').on('data', (data: string) => (out.stderr += data));
      const timer = setTimeout(() => {
        process.kill(-(child.pid ?? 0), 'SIGKILL');
        reject(new VethlabError('command_timeout', `“${line}” took too long.`));
      }, options.timeoutMs ?? 10_000);
      child.on('close', (code) => {
        clearTimeout(timer);
        resolve({ exitCode: code ?? 137, ...out });
      });
      child.stdin.on('error', () => undefined);
      child.stdin.end(options.stdin ?? '');
    });
  }

  spawn(context: RunContext, node: string | null, line: string): Promise<ExecProcess> {
    const [command = '', ...argv] = this.#argv(context, node, line);
    const child = spawn(command, argv, { stdio: 'pipe' });
    const exit = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? 137)));
    return Promise.resolve({
      stdin: child.stdin,
      stdout: child.stdout,
      stderr: child.stderr,
      exit,
      kill: () => void child.kill('SIGKILL'),
    });
  }

  openTerminal(): never {
    throw new Error('There are no terminals here.');
  }

  readProc(nodes: readonly string[], names: readonly string[]): Promise<Map<string, (string | null)[]>> {
    const read = (path: string): string | null => {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return null;
      }
    };
    return Promise.resolve(
      new Map(nodes.map((node) => [node, names.map((name) => read(`/proc/${this.#pid(node)}/${name}`))])),
    );
  }

  startCapture(endpoint: { node: string; interface: string }): Promise<CaptureFiles> {
    const key = `${endpoint.node}:${endpoint.interface}`;
    const known = this.#captures.get(key);
    if (known) return known.files;
    const path = join(this.directory, `${key}.pcap`);
    const argv = [
      '-t',
      String(this.#pid(endpoint.node)),
      '-n',
      '--',
      'tcpdump',
      '-i',
      endpoint.interface,
      '-p',
      '-s',
      '9200',
      '-U',
      '--immediate-mode',
      '-w',
      path,
    ];
    const process = spawn('nsenter', argv, { stdio: ['ignore', 'ignore', 'pipe'] });
    const files = new Promise<CaptureFiles>((resolve) =>
      process.stderr.once('data', () =>
        resolve({ path, readSince: (cursor) => Promise.resolve(readSince(path, cursor)) }),
      ),
    );
    this.#captures.set(key, { process, files });
    return files;
  }

  async holdCapture(endpoint: { node: string; interface: string }): Promise<HeldCapture> {
    const { path, readSince: read } = await this.startCapture(endpoint);
    return { path, readSince: read, sinceMs: 0, [Symbol.dispose]: () => {} };
  }

  /** Ends the first process of a node, as a learner's `kill -9 1` would. */
  kill(node: string): Promise<void> {
    const holder = this.#holders.get(node);
    return new Promise((resolve) => {
      holder?.once('exit', () => resolve());
      holder?.kill('SIGKILL');
    });
  }

  stop(): Promise<void> {
    for (const { process } of this.#captures.values()) process.kill('SIGKILL');
    for (const holder of this.#holders.values()) holder.kill('SIGKILL');
    rmSync(this.directory, { recursive: true, force: true });
    return Promise.resolve();
  }
}

function readSince(path: string, cursor: CaptureCursor | null) {
  const offset = cursor?.offset ?? PCAP_HEADER_BYTES;
  const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
  const bytes = isThere ? readFileSync(path).subarray(offset) : Buffer.alloc(0);
  let end = 0;
  while (end + 16 <= bytes.length && end + 16 + bytes.readUInt32LE(end + 8) <= bytes.length)
    end += 16 + bytes.readUInt32LE(end + 8);
  return { records: new Uint8Array(bytes.subarray(0, end)), cursor: { file: 0, offset: offset + end }, isGap: false };
}

/** h1 — r1 — h2, MTU 1500; h1 10.0.1.1, r1 10.0.1.254 and 10.0.2.254, h2 10.0.2.1. */
export function lineTopology(): Topology {
  const node = (name: string, kind: 'host' | 'router', routes: string[]) => ({
    name,
    kind,
    routes,
    sysctls: {},
    files: {},
    exec: [],
    services: [],
  });
  const link = (a: [string, string, string], b: [string, string, string]): Topology['links'][number] => ({
    endpoints: [endpoint(...a), endpoint(...b)],
    mtu: null,
    impairments: [null, null],
    offload: false,
    adjustable: false,
  });
  const endpoint = (name: string, interfaceName: string, address: string) => ({
    node: name,
    interface: interfaceName,
    mac: null,
    ipv4: [address],
    ipv6: [],
  });
  return {
    nodes: [
      node('h1', 'host', ['default via 10.0.1.254']),
      node('r1', 'router', []),
      node('h2', 'host', ['default via 10.0.2.254']),
    ],
    links: [
      link(['h1', 'eth0', '10.0.1.1/24'], ['r1', 'eth0', '10.0.1.254/24']),
      link(['r1', 'eth1', '10.0.2.254/24'], ['h2', 'eth0', '10.0.2.1/24']),
    ],
    faults: [],
  };
}
