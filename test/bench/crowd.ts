/** A class at once: forty sandboxes of three nodes, and whether terminals still echo in them while all are there. */
import { SandboxManager } from '../../server/sandbox/sandbox-manager.ts';
import type { Pty } from '../../server/sandbox/runtime.ts';
import type { Sandbox } from '../../server/sandbox/sandbox.ts';
import { line, startTestRuntime, testLimits } from '../support/sandbox.ts';
import { figuresIn, median, percentile, type Figure } from './figure.ts';

const CROWD = 40;
const STARTS_AT_ONCE = 4;
const ECHOES_EACH = 10;

/** Milliseconds from a typed character to its echo. */
async function echo(pty: Pty): Promise<number> {
  const startedAt = performance.now();
  const { promise, resolve } = Promise.withResolvers<void>();
  using _listener = pty.onData((data) => {
    if (Buffer.from(data).includes('x')) resolve();
  });
  pty.write('x');
  await promise;
  return performance.now() - startedAt;
}

async function openShell(sandbox: Sandbox): Promise<Pty> {
  const pty = await sandbox.openTerminal('h1', { columns: 80, rows: 24 });
  const { promise, resolve } = Promise.withResolvers<void>();
  let text = '';
  using _listener = pty.onData((data) => {
    text += Buffer.from(data).toString();
    if (text.includes('# ')) resolve();
  });
  await promise;
  return pty;
}

export async function bench(): Promise<Figure[]> {
  await using test = startTestRuntime();
  await using manager = new SandboxManager({ runtime: test.runtime, limits: testLimits, poolSize: 0, capacity: CROWD });
  const startedAt = performance.now();
  const waiting = Array.from({ length: CROWD }, (_, index) => index);
  const sandboxes: Sandbox[] = [];
  const startSome = async (): Promise<void> => {
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop())
      sandboxes.push(await manager.start(line(3), { id: `crowd-${index}` }));
  };
  await Promise.all(Array.from({ length: STARTS_AT_ONCE }, startSome));
  const tookMs = performance.now() - startedAt;
  try {
    const ptys = await Promise.all(sandboxes.map(openShell));
    const echoes: number[] = [];
    for (let round = 0; round < ECHOES_EACH; round++) echoes.push(...(await Promise.all(ptys.map(echo))));
    for (const pty of ptys) pty.kill();
    const figure = figuresIn('ms');
    return [
      figure(`${CROWD} sandboxes of 3 nodes, ${STARTS_AT_ONCE} starts at a time: all ready`, tookMs, null),
      figure(`echo in ${CROWD} terminals, all typing at once, p50`, median(echoes), null),
      figure(`echo in ${CROWD} terminals, all typing at once, p99`, percentile(echoes, 0.99), 50),
    ];
  } finally {
    await Promise.all(sandboxes.map((sandbox) => sandbox.stop('The bench is over.')));
  }
}
