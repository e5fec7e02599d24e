/** What every Runtime must do. Each adapter's test file calls this with its own way to start one. */
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inWords } from '../../server/base/sentence.ts';
import type { Outer, Pty, Runtime } from '../../server/sandbox/runtime.ts';
import { testLimits } from '../support/sandbox.ts';
import { until } from '../support/until.ts';

export interface RuntimeUnderTest extends AsyncDisposable {
  readonly runtime: Runtime;
  /** A second Runtime on the same state, as after a restart of the server. */
  again(): Runtime;
  leftovers(): string[];
}

async function run(outer: Outer, argv: string[], input = ''): Promise<{ status: number; out: string; err: string }> {
  const process = outer.exec(argv);
  process.stdin.end(input);
  const [out, err, status] = await Promise.all([text(process.stdout), text(process.stderr), process.exit]);
  return { status, out, err };
}

export function read(pty: Pty): { text: string } {
  const seen = { text: '' };
  pty.onData((data) => {
    seen.text += Buffer.from(data).toString();
  });
  return seen;
}

export function describeRuntime(name: string, open: () => RuntimeUnderTest): void {
  describe(`runtime ${name}`, () => {
    let subject: RuntimeUnderTest;
    let outer: Outer;
    beforeAll(async () => {
      subject = open();
      outer = await subject.runtime.start({ id: 'suite', limits: testLimits });
    }, 60_000);
    afterAll(async () => {
      await subject[Symbol.asyncDispose]();
    });

    test('runs a command with its own output, errors and exit status', async () => {
      const result = await run(outer, ['bash', '-c', 'echo out; echo err >&2; exit 7']);
      expect(result).toEqual({ status: 7, out: 'out\n', err: 'err\n' });
    });

    test('says 127 when the command does not exist, 128 and the signal when a signal ended it', async () => {
      expect((await run(outer, ['no-such-program'])).status).toBe(127);
      expect((await run(outer, ['bash', '-c', 'kill -KILL $$'])).status).toBe(137);
    });

    test('carries 20 MB through a command, both ways', async () => {
      const input = 'vethlab\n'.repeat(2_500_000);
      const process = outer.exec(['cat']);
      process.stdin.end(input);
      const out = await text(process.stdout);
      expect(out === input).toBe(true);
      expect(await process.exit).toBe(0);
    });

    test('ends a command that is killed', async () => {
      const process = outer.exec(['sleep', '600']);
      process.stdin.end();
      process.kill();
      expect(await process.exit).toBeGreaterThan(128);
    });

    test('gives a command a terminal that can be resized', async () => {
      const pty = outer.terminal(['bash', '--norc'], { columns: 91, rows: 23 });
      const seen = read(pty);
      const exit = new Promise<number>((resolve) => pty.onExit(resolve));
      pty.write('test -t 0 && stty size\n');
      await until(() => seen.text.includes('23 91'), 'the first size');
      pty.resize({ columns: 132, rows: 40 });
      pty.write('stty size\n');
      await until(() => seen.text.includes('40 132'), 'the new size');
      pty.write('exit 5\n');
      expect(await exit).toBe(5);
    });

    test('reads files and parts of files, and says null for what is not there', async () => {
      const [first, missing, stat] = await outer.readFiles(['/etc/debian_version', '/etc/nothing', '/proc/1/stat']);
      expect(first?.toString()).toMatch(/^12\./);
      expect(missing).toBeNull();
      expect(stat?.toString()).toMatch(/^1 /);
      expect((await outer.readPart('/etc/debian_version', 1, 2))?.toString()).toBe('2.');
      expect(await outer.readPart('/etc/nothing', 0, 1)).toBeNull();
      expect(await outer.listFiles('/etc/iproute2')).toContain('rt_tables');
      expect(await outer.listFiles('/nothing')).toEqual([]);
    });

    test('has no network, and a root file system that cannot be written', async () => {
      const { out } = await run(outer, ['ip', '-o', 'link']);
      expect(out.trim().split('\n')).toHaveLength(1);
      const { status, err } = await run(outer, ['touch', '/usr/bin/x']);
      expect([status, err]).toEqual([1, expect.stringContaining('Read-only file system')]);
    });

    test('refuses an id that is in use', async () => {
      await expect(subject.runtime.start({ id: 'suite', limits: testLimits })).rejects.toMatchObject({
        code: 'conflict',
      });
    });

    test('another server process finds it, and after stop nothing is left', async () => {
      const second = await subject.runtime.start({ id: 'second', limits: testLimits });
      const again = subject.again();
      const ids = (await again.list()).map(({ id }) => id).sort();
      expect(ids).toEqual(['second', 'suite']);
      await second.stop();
      expect(inWords(await second.ended)).toContain('stopped');
      expect(subject.leftovers().filter((line) => line.includes('second'))).toEqual([]);
      await again[Symbol.asyncDispose]();
    });
  });
}
