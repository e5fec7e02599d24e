/** Joins a websocket to a terminal session: frames in, calls out. Decides nothing: who may connect is the caller's matter. */
import type { RawData, WebSocket } from 'ws';
import { inWords } from '../base/sentence.ts';
import {
  CLOSE_SANDBOX_GONE,
  TERMINAL_HIGH_WATER_BYTES,
  TERMINAL_LOW_WATER_BYTES,
  TerminalRequest,
  type TerminalNotice,
} from '../contract/frames.ts';
import type { TerminalSize } from '../sandbox/runtime.ts';
import type { Attachment, TerminalClient } from '../sandbox/terminal-attachment.ts';
import type { TerminalSession } from '../sandbox/terminal-session.ts';
import type { Language } from '../contract/language.ts';

/** For `maxPayload` of the WebSocketServer: a long paste is several frames. */
export const TERMINAL_MAX_FRAME_BYTES = 64 * 1024;
const MAX_REQUEST_BYTES = 1024;
/** RFC 6455, 7.4.1. */
const CLOSE_NORMAL = 1000;
const CLOSE_PROTOCOL_ERROR = 1002;
const CLOSE_TOO_LARGE = 1009;
/** Keystrokes that programs have not read: above, the socket is not read, so the browser waits. */
const INPUT_HIGH_WATER_BYTES = 128 * 1024;
const INPUT_RETRY_MS = 20;
/** A window that is dragged tells its size at every step; each is told to the shell and to all other browsers. */
const RESIZE_EVERY_MS = 50;

export interface TerminalChannelOptions {
  readonly language: Language;
  /** The browser asked to end the shell for good. */
  readonly onClose: () => void;
  /** Learner's input, for idleness and metrics. */
  readonly onInput?: (bytes: number) => void;
  readonly onOutput?: (bytes: number) => void;
}

/**
 * Serves until the socket closes, the shell exits or the session ends. The session goes on when only the socket closes.
 * The socket must have been made without permessage-deflate: it costs memory for each socket and delays echo.
 */
export function serveTerminal(
  socket: WebSocket,
  session: TerminalSession,
  size: TerminalSize,
  options: TerminalChannelOptions,
): void {
  const notify = (notice: TerminalNotice): void => socket.send(JSON.stringify(notice));
  const client: TerminalClient = {
    showScreen: ({ data, size: { columns, rows } }, isNewShell) =>
      notify({ type: 'screen', data, columns, rows, isNewShell }),
    showOutput(data) {
      socket.send(data, { binary: true, compress: false }, onSent);
      options.onOutput?.(data.length);
    },
    showSize: ({ columns, rows }) => notify({ type: 'size', columns, rows }),
    shellExited(exitCode) {
      notify({ type: 'exit', exitCode });
      socket.close(CLOSE_NORMAL, 'The shell has exited.');
    },
    sessionEnded(reason) {
      notify({ type: 'ended', reason: inWords(reason, options.language) });
      socket.close(CLOSE_SANDBOX_GONE, 'The sandbox has ended.');
    },
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
  };

  let attachment: Attachment | null = null;
  let inputRetry: NodeJS.Timeout | null = null;
  let resizeRest: NodeJS.Timeout | null = null;
  let nextSize: TerminalSize | null = null;
  let wasFull = false;

  function onSent(): void {
    if (socket.bufferedAmount >= TERMINAL_HIGH_WATER_BYTES) wasFull = true;
    else if (wasFull && socket.bufferedAmount <= TERMINAL_LOW_WATER_BYTES) {
      wasFull = false;
      attachment?.proceed();
    }
  }

  function type(data: Uint8Array): void {
    session.write(data);
    options.onInput?.(data.length);
    if (session.pendingInputBytes > INPUT_HIGH_WATER_BYTES && !inputRetry) waitForInput();
  }

  function waitForInput(): void {
    socket.pause();
    inputRetry = setTimeout(() => {
      inputRetry = null;
      if (session.pendingInputBytes > INPUT_HIGH_WATER_BYTES && !session.hasEnded) waitForInput();
      else socket.resume();
    }, INPUT_RETRY_MS);
  }

  function resize(to: TerminalSize): void {
    nextSize = to;
    if (resizeRest) return;
    nextSize = null;
    attachment?.resize(to);
    resizeRest = setTimeout(() => {
      resizeRest = null;
      if (nextSize) resize(nextSize);
    }, RESIZE_EVERY_MS);
  }

  function answer(request: TerminalRequest): void {
    switch (request.type) {
      case 'ack':
        if (attachment?.acknowledge(request.bytes) === false) {
          socket.close(CLOSE_PROTOCOL_ERROR, 'More bytes were acknowledged than were sent.');
        }
        return;
      case 'resize':
        resize({ columns: request.columns, rows: request.rows });
        return;
      case 'close':
        attachment?.[Symbol.dispose]();
        options.onClose();
        socket.close(CLOSE_NORMAL, 'The terminal was closed.');
        return;
    }
  }

  socket.on('message', (data: RawData, isBinary: boolean) => {
    const bytes = toBuffer(data);
    if (bytes.length > (isBinary ? TERMINAL_MAX_FRAME_BYTES : MAX_REQUEST_BYTES)) {
      socket.close(CLOSE_TOO_LARGE, 'The frame is too large.');
    } else if (isBinary) type(bytes);
    else {
      const request = parseRequest(bytes);
      if (request) answer(request);
      else socket.close(CLOSE_PROTOCOL_ERROR, 'The frame is not a request that this server knows.');
    }
  });
  socket.on('close', () => {
    if (inputRetry) clearTimeout(inputRetry);
    if (resizeRest) clearTimeout(resizeRest);
    attachment?.[Symbol.dispose]();
  });
  // 'close' follows; without a listener an error of one browser would end the server.
  socket.on('error', () => {});

  attachment = session.attach(client, size);
  if (socket.readyState !== socket.OPEN) attachment[Symbol.dispose]();
}

function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

function parseRequest(bytes: Buffer): TerminalRequest | null {
  try {
    return TerminalRequest.safeParse(JSON.parse(bytes.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
