/** Commands run by an agent, either collected to their end or as pipes. */
import { PassThrough, Writable } from 'node:stream';
import { VethlabError } from '../base/errors.ts';
import { jobEnd, openRequest, type AgentConnection, type AgentName, type JobEnd } from './agent.ts';
import type { Field } from './frames.ts';
import type { ExecProcess, Outer } from './runtime.ts';
import { say } from '../base/sentence.ts';

export interface JobOutput {
  readonly end: JobEnd;
  readonly stdout: string;
  readonly stderr: string;
}

const KEPT_BYTES = 1 << 20;
/** The agent ends what is late; this much later the request is given up in case the agent cannot. */
const GRACE_MS = 3000;

/** Runs a job to its end. `onOutput` sees standard output as it comes. */
export async function runJob(
  outer: Outer,
  agent: AgentName,
  request: readonly Field[],
  timeoutMs: number,
  onOutput?: (text: string) => void,
): Promise<JobOutput> {
  const kept = { out: new KeptText(), err: new KeptText() };
  let end: JobEnd | undefined;
  const connection = await openRequest(outer, agent, request, (kind, fields) => {
    const bytes = fields[0] ?? Buffer.alloc(0);
    if (kind === 'out') {
      kept.out.add(bytes);
      onOutput?.(bytes.toString());
    } else if (kind === 'err') kept.err.add(bytes);
    else end ??= jobEnd(kind, fields) ?? undefined;
  });
  let isGivenUp = false;
  const timer = setTimeout(() => {
    isGivenUp = true;
    connection.close();
  }, timeoutMs + GRACE_MS);
  await connection.closed;
  clearTimeout(timer);
  end ??= isGivenUp ? { kind: 'timeout' } : { kind: 'failed', why: 'the sandbox has ended' };
  return { end, stdout: kept.out.text(), stderr: kept.err.text() };
}

/** Starts a job whose input and output are streams. */
export async function spawnJob(outer: Outer, agent: AgentName, request: readonly Field[]): Promise<ExecProcess> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  let end: JobEnd | undefined;
  let waiting = 0;
  const hold = (stream: PassThrough, bytes: Buffer): void => {
    if (stream.write(bytes)) return;
    if (waiting++ === 0) connection.pause();
    stream.once('drain', () => {
      if (--waiting === 0) connection.resume();
    });
  };
  const connection: AgentConnection = await openRequest(outer, agent, request, (kind, fields) => {
    const bytes = fields[0] ?? Buffer.alloc(0);
    if (kind === 'out') hold(stdout, bytes);
    else if (kind === 'err') hold(stderr, bytes);
    else end ??= jobEnd(kind, fields) ?? undefined;
  });
  const exit = connection.closed.then(() => {
    if (end?.kind === 'failed') stderr.write(`${end.why}\n`);
    stdout.end();
    stderr.end();
    return exitStatus(end);
  });
  return { stdin: inputOf(connection), stdout, stderr, exit, kill: () => void connection.send('kill') };
}

function exitStatus(end: JobEnd | undefined): number {
  switch (end?.kind) {
    case 'exit':
      return end.status;
    case 'signal':
      return 128 + end.signal;
    case 'failed':
      return 127;
    case 'timeout':
    case undefined:
      return 128 + 9;
  }
}

function inputOf(connection: AgentConnection): Writable {
  let onDrained: (() => void) | undefined;
  const drained = (): void => {
    onDrained?.();
    onDrained = undefined;
  };
  connection.onDrain(drained);
  void connection.closed.then(drained);
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (connection.send('input', chunk)) done();
      else onDrained = done;
    },
    final(done) {
      connection.send('end-input');
      done();
    },
  });
}

class KeptText {
  readonly #chunks: Buffer[] = [];
  #size = 0;

  add(bytes: Buffer): void {
    const room = KEPT_BYTES - this.#size;
    if (room <= 0) return;
    const part = bytes.length > room ? bytes.subarray(0, room) : bytes;
    this.#chunks.push(part);
    this.#size += part.length;
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString();
  }
}

/** What a caller is told when a job did not get to an exit status. */
export function jobError(end: Exclude<JobEnd, { kind: 'exit' }>, line: string, timeoutMs: number): VethlabError {
  const details = { line };
  switch (end.kind) {
    case 'timeout':
      return new VethlabError(
        'command_timeout',
        say('The command took longer than {seconds} s and was ended.', { seconds: timeoutMs / 1000 }),
        {
          details,
        },
      );
    case 'signal':
      return new VethlabError('command_failed', `The command was ended by signal ${end.signal}.`, { details });
    case 'failed':
      return new VethlabError('command_failed', `The command could not be run: ${end.why}.`, { details });
  }
}
