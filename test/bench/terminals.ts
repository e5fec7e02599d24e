/**
 * Terminals: echo, throughput, memory, a stalled and a slow browser; on a bash of this machine and in a sandbox. The server is
 * a process of its own, so that its memory and its time are its own; the reference is the same pty without a server.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openLocalBash } from '../support/local-pty.ts';
import { TestTerminalClient } from '../support/terminal-client.ts';
import { startTerminalServer } from '../support/terminal-server.ts';
import { median, percentile, type Figure } from './figure.ts';

const MEGABYTE = 1_000_000;
const FILE_BYTES = 106 * MEGABYTE;
const ECHO_SAMPLES = 400;
const ECHO_PAUSE_MS = 4;
const MEMORY_TERMINALS = 40;
const STALL_MS = 6000;
const SLOW_BYTES_PER_SECOND = 2 * MEGABYTE;
const SLOW_ROUNDS = 5;
const PROMPT = /\$ $/;

export async function bench(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'vethlab-bench-'));
  try {
    const file = join(directory, 'text');
    const row = 'The quick brown fox jumps over the lazy dog and 0123456789 runs on.\n';
    writeFileSync(file, row.repeat(Math.ceil(FILE_BYTES / row.length)).slice(0, FILE_BYTES));
    return [...(await benchEcho()), ...(await benchFlood(file)), ...(await benchMemory()), ...(await benchSlowness())];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function benchEcho(): Promise<Figure[]> {
  const bare = openLocalBash();
  const reference = await echoTimes(
    (text) => bare.write(text),
    (listener) => bare.onData(listener),
  );
  bare.kill();
  using server = await Server.start();
  using client = await server.connect();
  const ours = await echoTimes(
    (text) => client.type(text),
    (listener) => {
      const hear = (data: Buffer, isBinary: boolean): void => void (isBinary && listener(data));
      client.socket.on('message', hear);
      return { [Symbol.dispose]: () => void client.socket.off('message', hear) };
    },
  );
  return [
    {
      name: 'echo p50, bash',
      ours: median(ours),
      reference: median(reference),
      goal: 1.3,
      unit: 'ms',
      better: 'lower',
    },
    {
      name: 'echo p99, bash',
      ours: percentile(ours, 0.99),
      reference: percentile(reference, 0.99),
      goal: 5,
      unit: 'ms',
      better: 'lower',
    },
  ];
}

/** Milliseconds from a keystroke to its echo. */
async function echoTimes(
  write: (text: string) => void,
  listen: (listener: (data: Uint8Array) => void) => Disposable,
): Promise<number[]> {
  const times: number[] = [];
  await delay(300);
  for (let sample = 0; sample < ECHO_SAMPLES; sample++) {
    // A line is emptied now and then: a long one is drawn anew by readline.
    if (sample % 40 === 39) {
      write('\x15');
      await delay(20);
    }
    const echoed = Promise.withResolvers<void>();
    using _ = listen((data) => {
      if (Buffer.from(data).includes('x')) echoed.resolve();
    });
    const startedMs = performance.now();
    write('x');
    await echoed.promise;
    times.push(performance.now() - startedMs);
    await delay(ECHO_PAUSE_MS);
  }
  return times;
}

async function benchFlood(file: string): Promise<Figure[]> {
  const bare = openLocalBash();
  const reference = await throughput(
    () => bare.write(`cat ${file}; exit\r`),
    (listener) => bare.onData((data) => listener(data.length)),
  );
  using server = await Server.start();
  using client = await server.connect();
  const ours = await throughput(
    () => client.type(`cat ${file}\r`),
    (listener) => {
      const hear = (data: Buffer, isBinary: boolean): void => void (isBinary && listener(data.length));
      client.socket.on('message', hear);
      return { [Symbol.dispose]: () => void client.socket.off('message', hear) };
    },
  );
  return [{ name: 'cat of 106 MB', ours, reference, goal: 37, unit: 'MB/s', better: 'higher' }];
}

async function throughput(
  begin: () => void,
  listen: (listener: (bytes: number) => void) => Disposable,
): Promise<number> {
  let bytes = 0;
  const finished = Promise.withResolvers<void>();
  using _ = listen((count) => {
    bytes += count;
    if (bytes >= FILE_BYTES) finished.resolve();
  });
  const startedMs = performance.now();
  begin();
  await finished.promise;
  return FILE_BYTES / MEGABYTE / ((performance.now() - startedMs) / 1000);
}

async function benchMemory(): Promise<Figure[]> {
  using server = await Server.start();
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
    await client.see(/120000\r\n.*\$ $/s);
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

async function benchSlowness(): Promise<Figure[]> {
  using server = await Server.start();
  using client = await server.connect();
  await client.see(PROMPT);
  // Warm: what a first flood allocates for good is not growth.
  client.type('seq 1 300000\r');
  await client.see(/300000\r\n.*\$ $/s, 30_000);
  const before = await server.settledBytes();
  client.setSpeed(0);
  client.type('yes\r');
  let largest = 0;
  for (const until = performance.now() + STALL_MS; performance.now() < until; await delay(250)) {
    largest = Math.max(largest, await server.settledBytes());
  }
  client.setSpeed(Infinity);
  client.type('\x03');
  await client.see(/\^C.*\$ $/s);

  const tookMs: number[] = [];
  client.setSpeed(SLOW_BYTES_PER_SECOND);
  for (let round = 0; round < SLOW_ROUNDS; round++) {
    client.type('yes\r');
    const target = client.receivedBytes + 2 * MEGABYTE;
    while (client.receivedBytes < target) await delay(20);
    const startedMs = performance.now();
    client.type('\x03');
    await client.see(/\^C.*\$ $/s);
    tookMs.push(performance.now() - startedMs);
  }
  return [
    {
      name: 'browser stalled 6 s under yes: growth of the server',
      ours: Math.max(0, largest - before) / MEGABYTE,
      reference: null,
      goal: 1,
      unit: 'MB',
      better: 'lower',
    },
    {
      name: 'browser that takes 2 MB/s: Ctrl-C to prompt',
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

  static async start(): Promise<Server> {
    const child = fork(import.meta.filename, ['serve'], { execArgv: ['--expose-gc'] });
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

async function serve(): Promise<void> {
  const server = await startTerminalServer(openLocalBash, 0, MEMORY_TERMINALS + 1);
  process.on('message', (request) => {
    if (request === 'end') void server[Symbol.asyncDispose]().then(() => process.exit(0));
    else {
      globalThis.gc?.();
      process.send?.('collected');
    }
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.(server.url);
}

if (process.argv[2] === 'serve') await serve();
else if (import.meta.main) console.table(await bench());
