/**
 * Requests to the agents of a sandbox (containers/lab/agent): one connection each. Knows the form of requests and their
 * ends; what they are for is the caller's.
 */
import type { Duplex } from 'node:stream';
import { VethlabError } from '../base/errors.ts';
import { encodeFrame, FrameReader, type Field } from './frames.ts';
import type { Outer } from './runtime.ts';
import { say } from '../base/sentence.ts';

/** `platform` works under the outer's ceilings; `lab` starts what learners and authors run, under the lab's. */
export type AgentName = 'platform' | 'lab';

const SOCKETS: Record<AgentName, string> = {
  platform: '/run/vethlab/control.sock',
  lab: '/run/vethlab/lab.sock',
};

/** How a job of an agent ended. */
export type JobEnd =
  | { readonly kind: 'exit'; readonly status: number }
  | { readonly kind: 'signal'; readonly signal: number }
  | { readonly kind: 'timeout' }
  /** It could not start, or the agent broke off; the reason is for people. */
  | { readonly kind: 'failed'; readonly why: string };

/** One open request. Frames go to the handler until the connection closes, which `closed` tells. */
export class AgentConnection {
  readonly closed: Promise<void>;
  readonly #socket: Duplex;

  constructor(socket: Duplex, onFrame: (kind: string, fields: Buffer[]) => void) {
    this.#socket = socket;
    const reader = new FrameReader();
    socket.on('data', (bytes: Buffer) => {
      for (const [kind, ...fields] of reader.push(bytes)) onFrame(kind?.toString() ?? '', fields);
    });
    this.closed = new Promise((resolve) => {
      socket.on('error', () => socket.destroy());
      socket.on('close', () => resolve());
    });
  }

  /** Returns false when the caller should wait for `drained`. */
  send(...fields: Field[]): boolean {
    return this.#socket.destroyed || this.#socket.write(encodeFrame(fields));
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  onDrain(listener: () => void): void {
    this.#socket.on('drain', listener);
  }

  /** What the request started is killed with it. */
  close(): void {
    this.#socket.destroy();
  }
}

export async function openRequest(
  outer: Outer,
  agent: AgentName,
  request: readonly Field[],
  onFrame: (kind: string, fields: Buffer[]) => void,
): Promise<AgentConnection> {
  let socket: Duplex;
  try {
    socket = await outer.connect(SOCKETS[agent]);
  } catch (error) {
    throw new VethlabError('sandbox_gone', say('The sandbox has ended.'), {
      hint: say('Start it again.'),
      cause: error,
    });
  }
  const connection = new AgentConnection(socket, onFrame);
  connection.send(...request);
  return connection;
}

/** A request with a single answer, for example `hello`. Rejects when the agent refuses or has not answered in time. */
export async function ask(
  outer: Outer,
  agent: AgentName,
  request: readonly Field[],
  timeoutMs: number,
): Promise<Buffer[]> {
  const { answer, connection } = await askAndHold(outer, agent, request, timeoutMs);
  connection.close();
  return answer;
}

/** The same with a connection that stays open: what the request holds is held until the caller closes it. */
export async function askAndHold(
  outer: Outer,
  agent: AgentName,
  request: readonly Field[],
  timeoutMs: number,
): Promise<{ answer: Buffer[]; connection: AgentConnection }> {
  const { promise: answered, resolve } = Promise.withResolvers<Buffer[]>();
  let refusal: string | undefined;
  const connection = await openRequest(outer, agent, request, (kind, fields) => {
    if (kind !== 'failed') return resolve(fields);
    refusal = fields[0]?.toString() ?? '';
    connection.close();
  });
  const timer = setTimeout(() => connection.close(), timeoutMs);
  const answer = await Promise.race([answered, connection.closed]);
  clearTimeout(timer);
  if (answer) return { answer, connection };
  const name = String(request[0]);
  throw new VethlabError('runtime_failed', `The sandbox did not carry out "${name}": ${refusal ?? 'no answer'}.`);
}

/** The end of a job from its last frame; null for other frames. */
export function jobEnd(kind: string, fields: Buffer[]): JobEnd | null {
  const text = fields[0]?.toString() ?? '';
  switch (kind) {
    case 'exit':
      return { kind: 'exit', status: Number(text) };
    case 'signal':
      return { kind: 'signal', signal: Number(text) };
    case 'timeout':
      return { kind: 'timeout' };
    case 'failed':
      return { kind: 'failed', why: text };
    default:
      return null;
  }
}
