/** A learner who uses up all they can: their own sandbox suffers, the neighbour does not, and afterwards it is usable or ended. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../server/sandbox/sandbox.ts';
import { SandboxManager } from '../../server/sandbox/sandbox-manager.ts';
import { line, testLimits } from '../support/sandbox.ts';
import { until } from '../support/until.ts';
import type { Place } from './wires-suite.ts';

export function describeLimits(name: string, open: () => Place | Promise<Place>): void {
  describe(`limits of ${name}`, () => {
    let place: Place;
    let manager: SandboxManager;
    let greedy: Sandbox;
    let neighbour: Sandbox;

    beforeAll(async () => {
      place = await open();
      manager = new SandboxManager({
        runtime: place.runtime,
        limits: { ...testLimits, cpus: 1, pids: 128, memoryBytes: 128 << 20, diskBytes: 16 << 20 },
        poolSize: 0,
        capacity: 10,
      });
      greedy = await manager.start(line(2), { id: 'greedy', captures: [{ node: 'h1', interface: 'eth0' }] });
      neighbour = await manager.start(line(2), { id: 'neighbour' });
    }, 60_000);

    afterAll(async () => {
      for (const one of manager.list()) await one.stop('Done.');
      await manager[Symbol.asyncDispose]();
      const left = await place.leftovers();
      await place[Symbol.asyncDispose]();
      expect(left).toEqual([]);
    });

    async function expectUsable(sandbox: Sandbox): Promise<void> {
      const { exitCode, stdout } = await until(
        () => sandbox.run('node', 'h1', 'ping -c1 -W2 h2 | grep -o "1 received"').catch(() => null),
        'a command to run',
        20_000,
      );
      expect([exitCode, stdout]).toEqual([0, '1 received\n']);
    }

    test('memory: the hog is ended, the sandbox and its neighbour go on', async () => {
      const hog = await greedy.run('node', 'h1', `python3 -c "b = [bytearray(1 << 20) for _ in range(1000)]"`, {
        timeoutMs: 30_000,
      });
      expect(hog.exitCode).not.toBe(0);
      await expectUsable(greedy);
      await expectUsable(neighbour);
    });

    test('disk: the file system of the sandbox is full for all its nodes, and the platform still judges', async () => {
      const full = await greedy.run('node', 'h1', 'cat /dev/zero > /root/big; df --output=pcent / | tail -1');
      expect(full.stderr).toContain('No space left on device');
      expect((await greedy.run('judge', 'h1', 'stat -c %s /root/big')).stdout.trim()).toMatch(/^1[0-9]{7}$/);
      expect((await greedy.run('net', 'h1', 'ip -br link | wc -l')).stdout).toBe('2\n');
      expect((await neighbour.run('node', 'h1', 'echo fine > /root/x && cat /root/x')).stdout).toBe('fine\n');
      await greedy.run('node', 'h1', 'rm /root/big');
      expect((await greedy.run('node', 'h1', 'echo fine > /root/x && cat /root/x')).stdout).toBe('fine\n');
    });

    test('many small files: the number of files is bounded too', async () => {
      const many = await greedy.run('node', 'h1', 'mkdir /root/m && cd /root/m && seq 1 20000 | xargs touch', {
        timeoutMs: 60_000,
      });
      expect(many.stderr).toContain('No space left on device');
      await greedy.run('node', 'h1', 'rm -rf /root/m', { timeoutMs: 60_000 });
      await expectUsable(greedy);
    });

    test('a fork bomb fills its own sandbox; platform commands, judging and neighbours go on; killing it frees the sandbox', async () => {
      const terminal = await greedy.openTerminal('h1', { columns: 80, rows: 24 });
      terminal.write('bomb() { bomb | bomb & }; bomb 2>/dev/null\n');
      const refusal = await until(
        () =>
          greedy.run('node', 'h1', 'true').then(
            () => null,
            (error: unknown) => error,
          ),
        'no room for another process',
        20_000,
      );
      expect(refusal).toMatchObject({
        code: 'command_failed',
        message: expect.stringContaining('no new process could be started'),
      });
      expect((await greedy.run('judge', 'h1', 'ip -br link show eth0 | wc -l')).stdout).toBe('1\n');
      expect((await greedy.run('net', 'h1', 'echo $((6 * 7))')).stdout).toBe('42\n');
      const before = performance.now();
      expect((await neighbour.run('node', 'h1', 'echo quick')).stdout).toBe('quick\n');
      expect(performance.now() - before).toBeLessThan(2000);
      // What the page offers for it: everything in the node is ended, from outside.
      await until(
        async () => {
          await greedy.run('net', 'h1', 'pkill -KILL bash; pkill -KILL -f -- "^-bash"; true').catch(() => {});
          return greedy.run('node', 'h1', 'true').catch(() => null);
        },
        'room again',
        30_000,
      );
      await expectUsable(greedy);
    });

    test('packet floods and thousands of sockets stay inside', async () => {
      await greedy.run(
        'node',
        'h1',
        'timeout 1 ping -f -q h2; python3 -c "import socket; s=[socket.socket() for _ in range(900)]"',
      );
      await expectUsable(greedy);
      await expectUsable(neighbour);
    });

    test('killing everything in a node leaves the node', async () => {
      await greedy.run('node', 'h1', 'kill -9 -1; kill -9 1; kill -TERM 1; kill -INT 1');
      await expectUsable(greedy);
    });
  });
}
