/** What tests of wires do in a sandbox: impair both ends of one, and measure with ping. */
import { expect } from 'vitest';
import type { Endpoint, Impairment } from '../../server/network/topology.ts';
import type { Sandbox } from '../../server/sandbox/sandbox.ts';

export const near: Pick<Endpoint, 'node' | 'interface'> = { node: 'h1', interface: 'eth0' };
export const far: Pick<Endpoint, 'node' | 'interface'> = { node: 'r1', interface: 'eth0' };

export class WireCommands {
  readonly #sandbox: () => Sandbox;

  constructor(sandbox: () => Sandbox) {
    this.#sandbox = sandbox;
  }

  /** What a line prints that has to end well. */
  async say(node: string, shellLine: string): Promise<string> {
    const { exitCode, stdout, stderr } = await this.#sandbox().run('node', node, shellLine, { timeoutMs: 30_000 });
    expect(`${exitCode}\n${stderr}`, shellLine).toBe('0\n');
    return stdout.trim();
  }

  /** From now on the wire does this to frames and nothing else. */
  async only(forward: Impairment | null, back: Impairment | null = null): Promise<void> {
    for (const [endpoint, impairment] of [
      [near, forward],
      [far, back],
    ] as const) {
      await this.#sandbox().impair(endpoint, null);
      if (impairment) await this.#sandbox().impair(endpoint, impairment);
    }
  }

  /** Round trips of pings, in milliseconds. */
  async roundTrips(from: string, to: string, count: number): Promise<number[]> {
    const output = await this.say(from, `ping -i 0.005 -c ${count} ${to}`);
    return [...output.matchAll(/time=([\d.]+) ms/g)].map(([, time]) => Number(time));
  }
}
