import { expect, onTestFinished, test } from 'vitest';
import { TerminalSocket } from '../../../../web/terminal/terminal-socket.ts';
import { startTerminalServer } from '../../../support/terminal-server.ts';

interface Record_ {
  readonly text: () => string;
  readonly events: string[];
  readonly socket: TerminalSocket;
}

/** Node has the browser's WebSocket: the page's side runs as it is. */
function connect(url: () => string, canDraw = (): boolean => true): Record_ {
  let text = '';
  const events: string[] = [];
  const socket = new TerminalSocket(url, {
    notice: (notice) =>
      events.push(notice.type === 'screen' ? `screen ${notice.isNewShell ? 'new' : 'kept'}` : notice.type),
    output: (data, drawn) => {
      text = (text + new TextDecoder('latin1').decode(data)).slice(-100_000);
      if (canDraw()) drawn();
    },
    lost: () => events.push('lost'),
    closed: (why) => events.push(`closed ${why}`),
  });
  onTestFinished(() => socket[Symbol.dispose]());
  socket.connect();
  return { text: () => text, events, socket };
}

test('a flood is acknowledged, so it goes on to its end', async () => {
  await using server = await startTerminalServer();
  const { text, socket } = connect(() => `${server.url}/h1/0?columns=80&rows=24`);
  await expect.poll(text, { timeout: 5000 }).toMatch(/ready\$ $/);
  socket.type('seq 1 200000\r');
  await expect.poll(text, { timeout: 15_000 }).toMatch(/200000\r\n.*ready\$ $/);
});

test('output that is not drawn is not acknowledged, and the flood stops', async () => {
  await using server = await startTerminalServer();
  let isDrawing = true;
  const { text, socket } = connect(
    () => `${server.url}/h1/0?columns=80&rows=24`,
    () => isDrawing,
  );
  await expect.poll(text, { timeout: 5000 }).toMatch(/ready\$ $/);
  isDrawing = false;
  socket.type('seq 1 200000; echo end\r');
  await expect.poll(() => text().length, { timeout: 5000 }).toBeGreaterThanOrEqual(100_000);
  const session = await server.sessions.open('h1', 0, { columns: 80, rows: 24 });
  let before = -1;
  const isStill = (): boolean => before === (before = session.outputBytes);
  await expect.poll(isStill, { timeout: 5000, interval: 200 }).toBe(true);
  expect(text()).not.toContain('end\r\n');
  expect(session.outputBytes).toBeLessThan(600_000);
});

test('a lost connection is tried again, and the same shell is there', async () => {
  await using server = await startTerminalServer();
  const { text, events, socket } = connect(() => `${server.url}/h1/0?columns=80&rows=24`);
  await expect.poll(text, { timeout: 5000 }).toMatch(/ready\$ $/);
  socket.type('KEPT=yes\r');
  await expect.poll(text, { timeout: 5000 }).toMatch(/KEPT=yes\r\n.*ready\$ $/s);
  server.cut();
  await expect.poll(() => events, { timeout: 5000 }).toEqual(['screen new', 'lost', 'screen kept']);
  socket.type('echo "<$KEPT>"\r');
  await expect.poll(text, { timeout: 5000 }).toContain('<yes>');
});

test('a shell that exits ends the connection for good', async () => {
  await using server = await startTerminalServer();
  const { text, events, socket } = connect(() => `${server.url}/h1/0?columns=80&rows=24`);
  await expect.poll(text, { timeout: 5000 }).toMatch(/ready\$ $/);
  socket.type('exit\r');
  await expect.poll(() => events, { timeout: 5000 }).toEqual(['screen new', 'exit', 'closed exit']);
  expect(socket.isOpen).toBe(false);
});
