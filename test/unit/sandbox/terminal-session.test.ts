import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { CLOSE_SANDBOX_GONE } from '../../../server/contract/frames.ts';
import { openLocalBash } from '../../support/local-pty.ts';
import { TestTerminalClient, type TerminalClientOptions } from '../../support/terminal-client.ts';
import { startTerminalServer, type TerminalServer } from '../../support/terminal-server.ts';

const PROMPT = /ready\$ $/;

async function startServer(): Promise<TerminalServer> {
  const server = await startTerminalServer();
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

async function connect(
  server: TerminalServer,
  path = '/h1/0?columns=80&rows=24',
  options: TerminalClientOptions = {},
): Promise<TestTerminalClient> {
  const client = new TestTerminalClient(server.url + path, options);
  onTestFinished(() => client[Symbol.dispose]());
  await client.opened;
  await expect.poll(() => client.notices[0]?.type, { timeout: 5000 }).toBe('screen');
  return client;
}

function screenOf(client: TestTerminalClient): { data: string; isNewShell: boolean; columns: number; rows: number } {
  const notice = client.notices.findLast((candidate) => candidate.type === 'screen');
  if (notice?.type !== 'screen') throw new Error('The client got no screen.');
  return notice;
}

test('what is typed reaches the shell and what it prints comes back', async () => {
  const client = await connect(await startServer());
  await client.see(PROMPT);
  client.type('echo $((6*7)) été\r');
  await client.see(/\r\n.*42 \xc3\xa9t\xc3\xa9\r\n.*ready\$ $/s);
  expect(screenOf(client).isNewShell).toBe(true);
});

test('the shell outlives the socket, and the screen comes back as it was', async () => {
  const server = await startServer();
  const first = await connect(server);
  await first.see(PROMPT);
  first.type('X=kept; echo one; printf "\\033[31mred\\033[0m\\n"\r');
  await first.see(/red.*ready\$ $/s);
  first.socket.close();
  await first.closed;
  const second = await connect(server);
  expect(screenOf(second).isNewShell).toBe(false);
  expect(screenOf(second).data).toMatch(/one\r\n\x1b\[31mred/);
  second.type('echo "<$X>"\r');
  await second.see(/<kept>/);
});

test('two browsers see the same shell, the last resize wins and the other one is told', async () => {
  const server = await startServer();
  const first = await connect(server, '/h1/0?columns=100&rows=30');
  await first.see(PROMPT);
  const second = await connect(server, '/h1/0?columns=70&rows=20');
  await expect.poll(() => first.notices.at(-1)).toEqual({ type: 'size', columns: 70, rows: 20 });
  second.type('stty size\r');
  await Promise.all([first.see(/20 70/), second.see(/20 70/)]);
  first.send({ type: 'resize', columns: 90, rows: 25 });
  first.type('stty size\r');
  await Promise.all([first.see(/25 90/), second.see(/25 90/)]);
});

test('a browser that draws nothing gets a bounded amount of a flood, costs the server little, and loses nothing', async () => {
  const server = await startServer();
  const client = await connect(server);
  await client.see(PROMPT);
  const session = await server.sessions.open('h1', 0, { columns: 80, rows: 24 });
  client.setSpeed(0);
  client.type('seq 1 300000\r');
  await expect.poll(() => client.receivedBytes, { timeout: 5000 }).toBeGreaterThan(180_000);
  let before = -1;
  // Still: the pty is paused and the program waits in its write.
  await expect
    .poll(
      () => {
        const still = session.outputBytes === before;
        before = session.outputBytes;
        return still;
      },
      { interval: 200 },
    )
    .toBe(true);
  expect(session.outputBytes).toBeLessThan(600_000);
  let text = '';
  client.socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) text += data.toString('latin1');
  });
  client.setSpeed(Infinity);
  await client.see(/300000\r\n.*ready\$ $/s, 20_000);
  expect(session.outputBytes).toBeGreaterThan(2_000_000);
  // What came after the stall has every number from its first whole line on.
  const numbers = text.split('\r\n').slice(1, -1).map(Number);
  numbers.forEach((number, index) => expect(number).toBe(numbers[0]! + index));
  expect(numbers.at(-1)).toBe(300_000);
  expect(client.receivedBytes).toBe(session.outputBytes);
});

test('Ctrl-C ends a flood within 0.1 s for a browser that takes 2 MB/s', async () => {
  const client = await connect(await startServer(), undefined, { bytesPerSecond: 2_000_000 });
  await client.see(PROMPT);
  const tookMs: number[] = [];
  for (let round = 0; round < 3; round++) {
    const before = client.receivedBytes;
    client.type('yes\r');
    await expect
      .poll(() => client.receivedBytes - before, { timeout: 10_000, interval: 20 })
      .toBeGreaterThan(1_000_000);
    const startedMs = performance.now();
    client.type('\x03');
    await client.see(/\^C.*ready\$ $/s);
    tookMs.push(performance.now() - startedMs);
  }
  expect(tookMs.toSorted((a, b) => a - b)[1]).toBeLessThan(100);
});

test('a slow browser does not hold up a fast one, and gets the screen again when it catches up', async () => {
  const server = await startServer();
  const slow = await connect(server);
  const fast = await connect(server);
  await slow.see(PROMPT);
  slow.setSpeed(0);
  fast.type('seq 1 200000; echo over\r');
  await fast.see(/over\r\n.*ready\$ $/s, 20_000);
  expect(slow.receivedBytes).toBeLessThan(300_000);
  slow.setSpeed(Infinity);
  await expect.poll(() => slow.notices.filter((notice) => notice.type === 'screen').length, { timeout: 5000 }).toBe(2);
  expect(screenOf(slow).data).toMatch(/199999\r\n200000\r\nover\r\n/);
  fast.type('echo again\r');
  await slow.see(/again\r\n/);
});

test('a shell that nobody looks at goes on', async () => {
  const server = await startServer();
  const client = await connect(server);
  await client.see(PROMPT);
  client.type('seq 1 50000; echo "do""ne"\r');
  client.socket.close();
  await client.closed;
  const session = await server.sessions.open('h1', 0, { columns: 80, rows: 24 });
  await expect.poll(() => session.outputBytes, { timeout: 10_000 }).toBeGreaterThan(300_000);
  await expect
    .poll(
      async () =>
        (await connect(server)).notices.some((notice) => notice.type === 'screen' && notice.data.includes('done')),
      {
        timeout: 10_000,
      },
    )
    .toBe(true);
});

test('an exited shell says so with its status, and the next connection gets a new one', async () => {
  const server = await startServer();
  const client = await connect(server);
  await client.see(PROMPT);
  client.type('exit 3\r');
  expect((await client.closed).code).toBe(1000);
  expect(client.notices.at(-1)).toEqual({ type: 'exit', exitCode: 3 });
  expect(server.sessions.count).toBe(0);
  expect(screenOf(await connect(server))).toMatchObject({ data: '', isNewShell: true });
});

test('closing a terminal ends its shell', async () => {
  let pid = 0;
  const server = await startTerminalServer((size) => {
    const pty = openLocalBash(size);
    pid = pty.pid;
    return pty;
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const client = await connect(server);
  await client.see(PROMPT);
  const start = startOf(pid);
  expect(start).not.toBeNull();
  client.send({ type: 'close' });
  await client.closed;
  await expect.poll(() => startOf(pid), { timeout: 5000 }).not.toBe(start);
  expect(server.sessions.count).toBe(0);
});

test('the end of the sandbox reaches the browser in words', async () => {
  const server = await startServer();
  const client = await connect(server);
  await client.see(PROMPT);
  server.sessions.end('The lab was idle for an hour.');
  expect((await client.closed).code).toBe(CLOSE_SANDBOX_GONE);
  expect(client.notices.at(-1)).toEqual({ type: 'ended', reason: 'The lab was idle for an hour.' });
  await expect(server.sessions.open('h1', 0, { columns: 80, rows: 24 })).rejects.toMatchObject({
    code: 'sandbox_gone',
  });
});

test('more terminals than allowed are refused with what to do', async () => {
  const server = await startServer();
  for (let index = 0; index < 12; index++) await server.sessions.open('h1', index, { columns: 80, rows: 24 });
  await expect(server.sessions.open('h1', 12, { columns: 80, rows: 24 })).rejects.toMatchObject({
    code: 'too_many_requests',
    hint: expect.stringContaining('Close'),
  });
});

for (const [name, frame, code] of [
  ['no JSON', 'nonsense', 1002],
  ['an unknown request', '{"type":"reboot"}', 1002],
  ['a size of no terminal', '{"type":"resize","columns":100000,"rows":3}', 1002],
  ['an acknowledgement of what was never sent', '{"type":"ack","bytes":99999999}', 1002],
  ['a request of 2 KB', JSON.stringify({ type: 'x'.repeat(2000) }), 1009],
] as const) {
  test(`${name} closes the socket with a reason and leaves the shell running`, async () => {
    const server = await startServer();
    const client = await connect(server);
    await client.see(PROMPT);
    client.send(frame);
    const { code: seen, reason } = await client.closed;
    expect(seen).toBe(code);
    expect(reason).not.toBe('');
    expect(screenOf(await connect(server)).isNewShell).toBe(false);
  });
}

test('a paste into a program that does not read is held back at the browser', async () => {
  const server = await startServer();
  const client = await connect(server);
  await client.see(PROMPT);
  client.type('stty raw -echo; sleep 30\r');
  await client.see(/sleep 30\r\n/);
  const session = await server.sessions.open('h1', 0, { columns: 80, rows: 24 });
  for (let part = 0; part < 64; part++) client.type('x'.repeat(32 * 1024));
  await expect.poll(() => session.pendingInputBytes, { timeout: 5000 }).toBeGreaterThan(100_000);
  // 2 MiB were sent; the server holds no more than its mark and what the socket had already read.
  expect(session.pendingInputBytes).toBeLessThan(512 * 1024);
});

test('whoever connects again and again to paste on does not fill the memory either', async () => {
  const server = await startServer();
  const client = await connect(server);
  await client.see(PROMPT);
  client.type('stty raw -echo; sleep 30\r');
  await client.see(/sleep 30\r\n/);
  const session = await server.sessions.open('h1', 0, { columns: 80, rows: 24 });
  // As much as each of a hundred connections brings before it is held back.
  for (let visit = 0; visit < 100; visit++) session.write('x'.repeat(128 * 1024));
  expect(session.pendingInputBytes).toBeLessThan(1.25 * 1024 * 1024);
});

test('of many sizes at once the first and the last reach the shell and the other browser', async () => {
  const server = await startServer();
  const first = await connect(server);
  const second = await connect(server);
  await first.see(PROMPT);
  for (let columns = 100; columns <= 300; columns++) first.send({ type: 'resize', columns, rows: 30 });
  const told = (): number[] => second.notices.flatMap((notice) => (notice.type === 'size' ? [notice.columns] : []));
  await expect.poll(() => told().at(-1), { timeout: 5000 }).toBe(300);
  expect(told()[0]).toBe(100);
  expect(told().length).toBeLessThan(20);
  first.type('stty size\r');
  await first.see(/30 300\r\n/);
});

/** When the process began, in ticks since boot (proc(5), field 22): numbers of processes are used again. */
function startOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
