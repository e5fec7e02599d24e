/**
 * ws/ serves websockets: it decides by session and origin who may connect, and joins sockets to attempts and terminals.
 * It knows no rule of labs or tasks, and no page.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Attempts } from '../attempt/attempts.ts';
import type { LiveAttempt } from '../attempt/live-attempt.ts';
import { every } from '../base/disposable.ts';
import { toVethlabError, VethlabError } from '../base/errors.ts';
import {
  CLOSE_FORBIDDEN,
  CLOSE_NOT_FOUND,
  CLOSE_NOT_SIGNED_IN,
  CLOSE_SANDBOX_GONE,
  CLOSE_TOO_MANY,
} from '../contract/frames.ts';
import type { Session } from '../people/people.ts';
import { serveLab } from './lab-channel.ts';
import { servePackets } from './packet-channel.ts';
import type { SocketAddress } from './socket-address.ts';
import { parseAddress } from './socket-address.ts';
import { serveTerminal, TERMINAL_MAX_FRAME_BYTES } from './terminal-channel.ts';
import { serveWatch } from './watch-channel.ts';
import type { Language } from '../contract/language.ts';
import { inWords, say } from '../base/sentence.ts';

export interface SocketParts {
  readonly attempts: Attempts;
  /** The session of a request, or null. */
  readonly authenticate: (request: IncomingMessage) => Session | null;
  /** True when the request comes from one of our own pages. */
  readonly isAllowed: (request: IncomingMessage) => boolean;
  readonly logger: Logger;
}

const HEARTBEAT_MS = 30_000;
const MAX_SOCKETS_PER_LEARNER = 40;
/** RFC 6455, 7.4.1. */
const CLOSE_GOING_AWAY = 1001;
const CLOSE_INTERNAL_ERROR = 1011;

interface Connection {
  readonly session: Session;
  /** False when the last ping was not answered. */
  isAlive: boolean;
}

export class Sockets implements Disposable {
  readonly #parts: SocketParts;
  readonly #connections = new Map<WebSocket, Connection>();
  readonly #heartbeat: Disposable;
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: TERMINAL_MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });

  constructor(parts: SocketParts, server: Server) {
    this.#parts = parts;
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.#upgrade(request, socket, head),
    );
    this.#heartbeat = every(HEARTBEAT_MS, () => this.#beat());
  }

  get count(): number {
    return this.#connections.size;
  }

  /** Closes what a revoked session had open. */
  closeSession(session: Session): void {
    for (const [socket, connection] of this.#connections) {
      if (connection.session.id === session.id) socket.close(CLOSE_NOT_SIGNED_IN, 'You left the course.');
    }
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const address = parseAddress(request.url ?? '');
    // What no page of ours asks for gets no websocket at all.
    if (!address) return refuse(socket, 404, 'Not Found');
    if (!this.#parts.isAllowed(request)) return refuse(socket, 403, 'Forbidden');
    const session = this.#parts.authenticate(request);
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      // Without a listener an error of one browser would end the server; 'close' follows.
      webSocket.on('error', (error) => this.#parts.logger.debug({ err: error }, 'a websocket failed'));
      if (!session) {
        webSocket.close(CLOSE_NOT_SIGNED_IN, 'Join the course first.');
        return;
      }
      if (this.#countOf(session) >= MAX_SOCKETS_PER_LEARNER) {
        webSocket.close(CLOSE_TOO_MANY, 'You have too many pages open.');
        return;
      }
      this.#keep(webSocket, session);
      this.#serve(webSocket, session, address).catch((error: unknown) =>
        this.#fail(webSocket, address.language, error),
      );
    });
  }

  async #serve(socket: WebSocket, session: Session, address: SocketAddress): Promise<void> {
    const attempt = this.#parts.attempts.require(address.attemptId, session.learner.id);
    switch (address.type) {
      case 'lab':
        return serveLab(socket, attempt, address.language);
      case 'watch':
        return serveWatch(socket, attempt);
      case 'packets':
        return servePackets(socket, attempt, address.language);
      case 'terminal':
        return this.#serveTerminal(socket, attempt, address);
    }
  }

  async #serveTerminal(
    socket: WebSocket,
    attempt: LiveAttempt,
    address: SocketAddress & { type: 'terminal' },
  ): Promise<void> {
    // Keys typed while the network starts wait in the socket.
    socket.pause();
    try {
      const { session, close, mayType } = await attempt.openTerminal(address.node, address.index, address.size);
      if (socket.readyState !== socket.OPEN) return;
      serveTerminal(socket, session, address.size, {
        language: address.language,
        onClose: close,
        onInput: (bytes) => attempt.noteInput(bytes),
        onOutput: (bytes) => attempt.noteOutput(bytes),
      });
      await mayType;
    } finally {
      socket.resume();
    }
  }

  #keep(socket: WebSocket, session: Session): void {
    const connection = { session, isAlive: true };
    this.#connections.set(socket, connection);
    socket.on('pong', () => {
      connection.isAlive = true;
    });
    socket.on('close', () => this.#connections.delete(socket));
  }

  #countOf(session: Session): number {
    const connections = [...this.#connections.values()];
    return connections.filter((connection) => connection.session.learner.id === session.learner.id).length;
  }

  #fail(socket: WebSocket, language: Language, thrown: unknown): void {
    const error = toVethlabError(thrown);
    const code = closeCodeOf(error);
    if (code === CLOSE_INTERNAL_ERROR)
      this.#parts.logger.error({ err: error, details: error.details }, 'a websocket could not be served');
    socket.close(
      code,
      fitReason(
        inWords(code === CLOSE_INTERNAL_ERROR ? say('Something went wrong in the server.') : error.said, language),
      ),
    );
  }

  /** A connection that died without a word is noticed after two beats. */
  #beat(): void {
    for (const [socket, connection] of this.#connections) {
      if (!connection.isAlive) {
        socket.terminate();
        continue;
      }
      connection.isAlive = false;
      socket.ping();
    }
  }

  /** Pages are told that the server goes, and come again by themselves. */
  [Symbol.dispose](): void {
    this.#heartbeat[Symbol.dispose]();
    for (const socket of this.#connections.keys()) {
      socket.close(CLOSE_GOING_AWAY, 'The server is stopping.');
      // A browser that does not answer must not hold up the stop.
      setTimeout(() => socket.terminate(), 500).unref();
    }
  }
}

function closeCodeOf(error: VethlabError): number {
  switch (error.code) {
    case 'not_found':
      return CLOSE_NOT_FOUND;
    case 'forbidden':
      return CLOSE_FORBIDDEN;
    case 'not_signed_in':
      return CLOSE_NOT_SIGNED_IN;
    case 'too_many_requests':
    case 'capacity':
      return CLOSE_TOO_MANY;
    case 'sandbox_gone':
    case 'conflict':
      return CLOSE_SANDBOX_GONE;
    default:
      return CLOSE_INTERNAL_ERROR;
  }
}

function refuse(socket: Duplex, status: number, words: string): void {
  socket.end(`HTTP/1.1 ${status} ${words}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** The reason of a close frame holds 123 bytes of UTF-8: RFC 6455, 5.5. */
function fitReason(text: string): string {
  let fitting = text;
  while (Buffer.byteLength(fitting) > 123) fitting = fitting.slice(0, -1);
  return fitting;
}
