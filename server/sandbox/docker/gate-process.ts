/** Commands and ptys of an outer context through its gate, in the shapes of the Runtime port. */
import { PassThrough, Writable } from 'node:stream';
import { VethlabError } from '../../base/errors.ts';
import { Emitter } from '../../base/disposable.ts';
import type { ExecProcess, NamedPty, Pty, TerminalSize } from '../runtime.ts';
import type { Channel, Gate } from './gate.ts';
import { Outgoing } from './outgoing.ts';

/** As after SIGKILL: what a command comes to when its sandbox goes away. */
const LOST = 128 + 9;

/** The gate may still be opening: the command starts when it is there. */
export function gateExec(opening: Promise<Gate>, argv: readonly string[]): ExecProcess {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const exit = Promise.withResolvers<number>();
  const started = Promise.withResolvers<{ channel: Channel; outgoing: Outgoing } | null>();
  const end = (status: number, words = ''): void => {
    stdout.end();
    stderr.end(words);
    exit.resolve(status);
  };
  let full = 0;
  const hand = (channel: Channel, stream: PassThrough, bytes: Buffer): void => {
    if (stream.write(bytes)) return;
    if (full++ === 0) channel.send('pause');
    stream.once('drain', () => {
      if (--full === 0) channel.send('resume');
    });
  };
  opening.then(
    (gate) => {
      const channel: Channel = gate.open(['exec', ...argv], {
        onFrame(kind, [field = Buffer.alloc(0)]) {
          if (kind === 'out') hand(channel, stdout, field);
          else if (kind === 'err') hand(channel, stderr, field);
          else if (kind === 'took') outgoing.took(Number(field.toString()));
        },
        onEnd(kind, [field]) {
          outgoing.release();
          if (kind === 'exit') end(Number(field?.toString()));
          else end(kind === null ? LOST : 127, field?.toString() ?? '');
        },
      });
      const outgoing = new Outgoing(channel);
      started.resolve({ channel, outgoing });
    },
    (error: unknown) => {
      end(127, `${error instanceof Error ? error.message : String(error)}\n`);
      started.resolve(null);
    },
  );
  const stdin = new Writable({
    async write(bytes: Buffer, _encoding, done) {
      const process = await started.promise;
      if (process) process.outgoing.send(bytes, done);
      else done();
    },
    async final(done) {
      (await started.promise)?.channel.send('end');
      done();
    },
  });
  const kill = (): void => void started.promise.then((process) => process?.channel.send('kill'));
  return { stdin, stdout, stderr, exit: exit.promise, kill };
}

export function gateTerminal(opening: Promise<Gate>, argv: readonly string[], size: TerminalSize): Pty {
  const pty = new GatePty();
  opening.then(
    (gate) => pty.open(gate, ['terminal', String(size.columns), String(size.rows), ...argv]),
    () => pty.end(127),
  );
  return pty;
}

export async function gateNamedPty(gate: Gate, ptmx: string): Promise<NamedPty> {
  const pty = new GatePty();
  const number = await pty.open(gate, ['pty', ptmx]);
  return { number, pty };
}

class GatePty implements Pty {
  readonly #data = new Emitter<Uint8Array>();
  readonly #exit = new Emitter<number>();
  /** What came while it was paused, until it is told. */
  readonly #held: Buffer[] = [];
  /** What was asked for before the channel was there. */
  readonly #early: (() => void)[] = [];
  #channel: Channel | undefined;
  #outgoing: Outgoing | undefined;
  #exitCode: number | undefined;
  #isPaused = false;
  #isToldEnd = false;

  /** Resolves with the number that the gate gave it, or 0; rejects when there is no such devpts. */
  open(gate: Gate, request: readonly string[]): Promise<number> {
    return new Promise((resolve, reject) => {
      const channel = gate.open(request, {
        onFrame: (kind, [field = Buffer.alloc(0)]) => {
          if (kind === 'opened') resolve(Number(field.toString()));
          else if (kind === 'took') this.#outgoing?.took(Number(field.toString()));
          else if (kind === 'out') {
            this.#held.push(field);
            this.#tell();
          }
        },
        onEnd: (kind, [field]) => {
          const why = 'The node has no room for a terminal: it has ended, or all its ptys are taken.';
          reject(new VethlabError('sandbox_gone', why, { details: { why: field?.toString() } }));
          this.end(kind === 'exit' ? Number(field?.toString()) : kind === 'closed' ? 0 : LOST);
        },
      });
      this.#channel = channel;
      this.#outgoing = new Outgoing(channel);
      for (const run of this.#early.splice(0)) run();
      if (request[0] === 'terminal') resolve(0);
    });
  }

  end(exitCode: number): void {
    this.#exitCode ??= exitCode;
    this.#tell();
  }

  onData(listener: (data: Uint8Array) => void): Disposable {
    const registration = this.#data.listen(listener);
    this.#tellSoon();
    return registration;
  }

  onExit(listener: (exitCode: number) => void): Disposable {
    const registration = this.#exit.listen(listener);
    this.#tellSoon();
    return registration;
  }

  get pendingInputBytes(): number {
    return this.#outgoing?.pendingBytes ?? 0;
  }

  write(data: string | Uint8Array): void {
    this.#whenOpen(() => this.#outgoing?.send(Buffer.from(data), () => {}));
  }

  resize(size: TerminalSize): void {
    this.#whenOpen(() => this.#channel?.send('resize', String(size.columns), String(size.rows)));
  }

  pause(): void {
    this.#isPaused = true;
    this.#whenOpen(() => this.#channel?.send('pause'));
  }

  resume(): void {
    this.#isPaused = false;
    this.#tell();
    this.#whenOpen(() => this.#channel?.send('resume'));
  }

  kill(): void {
    this.#whenOpen(() => {
      this.#channel?.close();
      this.#isPaused = false;
      this.end(LOST);
    });
  }

  #whenOpen(run: () => void): void {
    if (this.#channel) run();
    else this.#early.push(run);
  }

  /** As with any stream, whoever listens hears nothing before it has done what it listens for. */
  #tellSoon(): void {
    setImmediate(() => this.#tell());
  }

  /** Output in its order, and the end after the last of it. */
  #tell(): void {
    while (!this.#isPaused && this.#data.listenerCount > 0) {
      const bytes = this.#held.shift();
      if (!bytes) break;
      this.#data.emit(bytes);
    }
    const isAllTold = this.#held.length === 0 || this.#data.listenerCount === 0;
    if (this.#exitCode === undefined || !isAllTold || this.#isPaused || this.#isToldEnd) return;
    if (this.#exit.listenerCount === 0) return;
    this.#isToldEnd = true;
    this.#exit.emit(this.#exitCode);
  }
}
