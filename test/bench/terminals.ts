/**
 * Terminals: echo, throughput, memory, a stalled and a slow browser; on a bash of this machine and in a sandbox. The server is
 * a process of its own, so that its memory and its time are its own; the reference is the same pty without a server.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { on, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pty, TerminalSize } from '../../server/sandbox/runtime.ts';
import { openLocalBash } from '../support/local-pty.ts';
import { TestTerminalClient } from '../support/terminal-client.ts';
import { startTerminalServer } from '../support/terminal-server.ts';
import { clientEchoes, echoTimes } from './echo.ts';
import { median, percentile, type Figure } from './figure.ts';

const MEGABYTE = 1_000_000;
const FLOOD_BYTES: Readonly<Record<Place, number>> = { local: 106 * MEGABYTE, sandbox: 32 * MEGABYTE };
const FLOOD_ROUNDS = 3;
const MEMORY_TERMINALS = 40;
const STALL_MS = 6000;
const SLOW_BYTES_PER_SECOND = 2 * MEGABYTE;
const SLOW_ROUNDS = 5;
/** Root's prompt in a sandbox, or bash's on this machine; colours may end it. */
const PROMPT = /[$#] (\x1b\[[\d;?]*[a-zA-Z])*$/;

type Place = 'local' | 'sandbox';

export async function bench(): Promise<Figure[]> {
  return [
    ...(await benchEcho('local')),
    ...(await benchEcho('sandbox')),
    ...(await benchFlood('local')),
    ...(await benchFlood('sandbox')),
    ...(await benchMemory()),
    ...(await benchSlowness('local')),
    ...(await benchSlowness('sandbox')),
  ];
}

async function benchEcho(place: Place): Promise<Figure[]> {
  const bare = openLocalBash();
  const reference = await echoTimes(
    (text) => bare.write(text),
    (listener) => bare.onData(listener),
  );
  bare.kill();
  using server = await Server.start(place);
  using client = await server.connect();
  const ours = await clientEchoes(client);
  return [
    {
      name: `echo p50, bash, ${place}`,
      ours: median(ours),
      reference: median(reference),
      goal: 1.3,
      unit: 'ms',
      better: 'lower',
    },
    {
      name: `echo p99, bash, ${place}`,
      ours: percentile(ours, 0.99),
      reference: percentile(reference, 0.99),
      goal: 5,
      unit: 'ms',
      better: 'lower',
    },
  ];
}

async function benchFlood(place: Place): Promise<Figure[]> {
  const bytes = FLOOD_BYTES[place];
  const flood = `yes 'The quick brown fox jumps over the lazy dog and 0123456789 runs on.' | head -c ${bytes}`;
  const bare = openLocalBash();
  const reference = await throughput(
    bytes,
    () => bare.write(`${flood}\r`),
    (listener) => bare.onData((data) => listener(data.length)),
  );
  bare.kill();
  using server = await Server.start(place);
  using client = await server.connect();
  const ours = await throughput(
    bytes,
    () => client.type(`${flood}\r`),
    (listener) => {
      const hear = (data: Buffer, isBinary: boolean): void => void (isBinary && listener(data.length));
      client.socket.on('message', hear);
      return { [Symbol.dispose]: () => void client.socket.off('message', hear) };
    },
  );
  return [
    { name: `${bytes / MEGABYTE} MB of text, ${place}`, ours, reference, goal: 37, unit: 'MB/s', better: 'higher' },
  ];
}

async function throughput(
  wanted: number,
  begin: () => void,
  listen: (listener: (bytes: number) => void) => Disposable,
): Promise<number> {
  const rates: number[] = [];
  for (let round = 0; round < FLOOD_ROUNDS; round++) {
    let bytes = 0;
    const finished = Promise.withResolvers<void>();
    using _ = listen((count) => {
      bytes += count;
      if (bytes >= wanted) finished.resolve();
    });
    const startedMs = performance.now();
    begin();
    await finished.promise;
    rates.push(wanted / MEGABYTE / ((performance.now() - startedMs) / 1000));
    // The line ends and the prompt are still on their way.
    await delay(300);
  }
  return median(rates);
}

async function benchMemory(): Promise<Figure[]> {
  using server = await Server.start('local');
  using first = await server.connect('h1/0');
  await first.see(PROMPT);
  const before = await server.settledBytes();
  const clients: TestTerminalClient[] = [];
  for (let index = 1; index <= MEMORY_TERMINALS; index++) {
    const client = await server.connect(`h1/${index}`);
    clients.push(client);
    await client.see(PROMPT);
  }
  const opened = (await server.settledBytes()) - before;
  // A screen full of scrollback each.
  for (const client of clients) {
    client.type('seq 100000 120000\r');
    await client.see(/120000\r\n.*[$#] \S*$/s);
  }
  const used = (await server.settledBytes()) - before;
  for (const client of clients) client[Symbol.dispose]();
  const perTerminal = (bytes: number): number => bytes / MEMORY_TERMINALS / 2 ** 20;
  return [
    {
      name: 'server memory per terminal',
      ours: perTerminal(opened),
      reference: null,
      goal: 0.3,
      unit: 'MiB',
      better: 'lower',
    },
    {
      name: 'the same with 1000 lines of scrollback',
      ours: perTerminal(used),
      reference: null,
      goal: null,
      unit: 'MiB',
      better: 'lower',
    },
  ];
}

async function benchSlowness(place: Place): Promise<Figure[]> {
  using server = await Server.start(place);
  using client = await server.connect();
  await client.see(PROMPT);
  // Warm: what a first flood allocates for good is not growth.
  client.type('seq 1 300000\r');
  await client.see(/300000\r\n.*[$#] \S*$/s, 30_000);
  const before = await server.settledBytes();
  client.setSpeed(0);
  client.type('yes\r');
  let largest = 0;
  for (const until = performance.now() + STALL_MS; performance.now() < until; await delay(250)) {
    largest = Math.max(largest, await server.settledBytes());
  }
  client.setSpeed(Infinity);
  client.type('\x03');
  await client.see(/\^C.*[$#] \S*$/s);

  const tookMs: number[] = [];
  client.setSpeed(SLOW_BYTES_PER_SECOND);
  for (let round = 0; round < SLOW_ROUNDS; round++) {
    client.type('yes\r');
    const target = client.receivedBytes + 2 * MEGABYTE;
    while (client.receivedBytes < target) await delay(20);
    const startedMs = performance.now();
    client.type('\x03');
    await client.see(/\^C.*[$#] \S*$/s);
    tookMs.push(performance.now() - startedMs);
  }
  return [
    {
      name: `browser stalled 6 s under yes: growth of the server, ${place}`,
      ours: Math.max(0, largest - before) / MEGABYTE,
      reference: null,
      goal: 1,
      unit: 'MB',
      better: 'lower',
    },
    {
      name: `browser that takes 2 MB/s: Ctrl-C to prompt, ${place}`,
      ours: median(tookMs),
      reference: null,
      goal: 100,
      unit: 'ms',
      better: 'lower',
    },
  ];
}

/** The terminal server in a process of its own. */
class Server implements Disposable {
  readonly #child: ChildProcess;
  readonly #url: string;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.#url = url;
  }

  static async start(place: Place): Promise<Server> {
    const child = fork(import.meta.filename, ['serve', place], { execArgv: ['--expose-gc'] });
    const [url] = (await once(child, 'message')) as [string];
    return new Server(child, url);
  }

  async connect(path = 'h1/0'): Promise<TestTerminalClient> {
    const client = new TestTerminalClient(`${this.#url}/${path}?columns=100&rows=30`);
    await client.opened;
    return client;
  }

  /** Resident bytes, after the garbage is gone. */
  async settledBytes(): Promise<number> {
    const answer = once(this.#child, 'message');
    this.#child.send('collect');
    await answer;
    const [, pages = '0'] = readFileSync(`/proc/${this.#child.pid}/statm`, 'utf8').split(' ');
    return Number(pages) * 4096;
  }

  [Symbol.dispose](): void {
    this.#child.send('end');
  }
}

async function serve(place: Place): Promise<void> {
  await using resources = new AsyncDisposableStack();
  let open: (size: TerminalSize) => Pty | Promise<Pty> = openLocalBash;
  if (place === 'sandbox') {
    const { line, startTestRuntime, testLimits } = await import('../support/sandbox.ts');
    const { SandboxManager } = await import('../../server/sandbox/sandbox-manager.ts');
    const { runtime } = resources.use(startTestRuntime());
    const manager = resources.use(new SandboxManager({ runtime, limits: testLimits, poolSize: 0, capacity: 1 }));
    const sandbox = await manager.start(line(3), { id: 'bench' });
    resources.defer(() => sandbox.stop('The bench is over.'));
    open = (size) => sandbox.openTerminal('h1', size);
  }
  const server = resources.use(await startTerminalServer(open, 0, MEMORY_TERMINALS + 1));
  process.send?.(server.url);
  // Killed or left alone, it still ends its sandbox.
  process.once('SIGTERM', () => process.disconnect());
  for await (const [request] of on(process, 'message', { close: ['disconnect'] })) {
    if (request === 'end') break;
    globalThis.gc?.();
    process.send?.('collected');
  }
}

if (process.argv[2] === 'serve') {
  await serve(process.argv[3] === 'sandbox' ? 'sandbox' : 'local');
  process.exit(0);
}
if (import.meta.main) console.table(await bench());
