/** Terminals behind a real websocket on loopback, for tests: one local bash per path. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Pty, TerminalSize } from '../../server/sandbox/runtime.ts';
import { TerminalSessions } from '../../server/sandbox/terminal-sessions.ts';
import { serveTerminal, TERMINAL_MAX_FRAME_BYTES } from '../../server/ws/terminal-channel.ts';
import { openLocalBash } from './local-pty.ts';

export interface TerminalServer extends AsyncDisposable {
  /** `ws://127.0.0.1:port`; connect to `/<node>/<index>?columns=…&rows=…`. */
  readonly url: string;
  readonly sessions: TerminalSessions;
  /** Cuts all connections, as a broken network does. */
  cut(): void;
}

export async function startTerminalServer(
  openPty: (size: TerminalSize) => Pty | Promise<Pty> = openLocalBash,
  port = 0,
  limit = 12,
): Promise<TerminalServer> {
  const ended = new Promise<string>(() => {});
  const sessions = new TerminalSessions({ openTerminal: async (_node, size) => openPty(size), ended }, limit);
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false, maxPayload: TERMINAL_MAX_FRAME_BYTES });
  sockets.on('connection', (socket, request) => {
    const url = new URL(request.url ?? '/', 'ws://localhost');
    const [node = 'h1', index = '0'] = url.pathname.split('/').slice(-2);
    const size: TerminalSize = {
      columns: Number(url.searchParams.get('columns') ?? 80),
      rows: Number(url.searchParams.get('rows') ?? 24),
    };
    // Keys typed while the shell starts wait in the socket.
    socket.pause();
    const opening = sessions.open(node, Number(index), size).then(
      (session) => serveTerminal(socket, session, size, { language: 'en', onClose: () => sessions.close(session) }),
      (error: unknown) => socket.close(1011, String(error)),
    );
    void opening.finally(() => socket.resume());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sessions,
    cut: () => sockets.clients.forEach((socket) => socket.terminate()),
    async [Symbol.asyncDispose]() {
      sessions[Symbol.dispose]();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
