/** A small network of its own for a test of a tool in the lab image: shell lines on its nodes, and their counters. */
import type { Topology } from '../../server/network/topology.ts';
import { createObserver } from '../../server/observe/sandbox-observer.ts';
import { SandboxManager } from '../../server/sandbox/sandbox-manager.ts';
import { line, startTestRuntime, testLimits } from './sandbox.ts';

export interface ToolNetwork extends AsyncDisposable {
  /** Runs a shell line on a node; what it printed, both streams, when it ended with `exit` (default 0). */
  run(node: string, shellLine: string, exit?: number): Promise<string>;
  /** By how much the counters have grown while `deed` ran. */
  growth(node: string, names: readonly string[], deed: () => Promise<unknown>): Promise<Record<string, number>>;
}

/** h1 10.0.1.1 – 10.0.1.2 h2 where nothing else is asked for. */
export async function startToolNetwork(topology: Topology = line(2)): Promise<ToolNetwork> {
  const test = startTestRuntime();
  const manager = new SandboxManager({ runtime: test.runtime, limits: testLimits, poolSize: 0, capacity: 2 });
  const sandbox = await manager.start(topology, { id: 'tool' });
  const observer = createObserver(sandbox);
  return {
    async run(node, shellLine, exit = 0) {
      const { exitCode, stdout, stderr } = await sandbox.run('node', node, shellLine);
      if (exitCode !== exit) throw new Error(`“${shellLine}” ended with ${exitCode}: ${stdout}${stderr}`);
      return stdout + stderr;
    },
    async growth(node, names, deed) {
      const before = await observer.counters(node, names);
      await deed();
      const after = await observer.counters(node, names);
      return Object.fromEntries(names.map((name) => [name, (after.get(name) ?? 0) - (before.get(name) ?? 0)]));
    },
    async [Symbol.asyncDispose]() {
      await manager[Symbol.asyncDispose]();
      await test[Symbol.asyncDispose]();
    },
  };
}
