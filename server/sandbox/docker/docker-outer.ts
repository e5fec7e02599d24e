/** An outer context that Docker started: reached through its gate, one connection for all. */
import type { Duplex } from 'node:stream';
import { VethlabError } from '../../base/errors.ts';
import type { ExecProcess, NamedPty, Outer, Pty, TerminalSize } from '../runtime.ts';
import type { Gate } from './gate.ts';
import { gateExec, gateNamedPty, gateTerminal } from './gate-process.ts';
import { openGateSocket } from './gate-socket.ts';
import { say, type Said } from '../../base/sentence.ts';

export interface DockerOuterOptions {
  readonly id: string;
  openGate(): Promise<Gate>;
  /** Words about how it ended; null while it runs. */
  howEnded(): Promise<Said | null>;
  destroy(): Promise<void>;
}

/** Between tries to reach a container that runs but whose gate does not open. */
const REOPEN_MS = 200;

export class DockerOuter implements Outer {
  readonly id: string;
  readonly ended: Promise<Said>;
  readonly #options: DockerOuterOptions;
  #settle: (reason: Said) => void = () => {};
  #gate: Promise<Gate> | undefined;
  #stopping: Promise<void> | undefined;

  constructor(options: DockerOuterOptions) {
    this.id = options.id;
    this.#options = options;
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** Opens the gate, which from then on also tells when the container ends. */
  async open(): Promise<void> {
    await this.#open();
  }

  /** Stops watching without ending anything. */
  forget(): void {
    this.#stopping ??= Promise.resolve();
    this.#closeGate();
  }

  exec(argv: readonly string[]): ExecProcess {
    return gateExec(this.#open(), argv);
  }

  terminal(argv: readonly string[], size: TerminalSize): Pty {
    return gateTerminal(this.#open(), argv, size);
  }

  async connect(path: string): Promise<Duplex> {
    return openGateSocket(await this.#open(), path);
  }

  async openPty(ptmx: string): Promise<NamedPty> {
    return gateNamedPty(await this.#open(), ptmx);
  }

  async readFiles(paths: readonly string[]): Promise<(Buffer | null)[]> {
    const parts = paths.map((): Buffer[] => []);
    const missing = new Set<number>();
    await this.#ask(['read', ...paths], (kind, [index, bytes]) => {
      const at = Number(index?.toString());
      if (kind === 'missing') missing.add(at);
      else if (bytes) parts[at]?.push(bytes);
    });
    return parts.map((chunks, index) => (missing.has(index) ? null : Buffer.concat(chunks)));
  }

  async readPart(path: string, offset: number, length: number): Promise<Buffer | null> {
    const chunks: Buffer[] = [];
    let isMissing = false;
    await this.#ask(['part', path, String(offset), String(length)], (kind, [, bytes]) => {
      if (kind === 'missing') isMissing = true;
      else if (bytes) chunks.push(bytes);
    });
    return isMissing ? null : Buffer.concat(chunks);
  }

  async listFiles(directory: string): Promise<string[]> {
    const names = await this.#ask(['list', directory], () => {});
    return names.map((name) => name.toString());
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#options.destroy().finally(() => this.#settle(say('The sandbox was stopped.')));
    this.#closeGate();
    return this.#stopping;
  }

  async #ask(request: readonly string[], onFrame: (kind: string, fields: Buffer[]) => void): Promise<Buffer[]> {
    const gate = await this.#open();
    const answer = await gate.ask(request, onFrame);
    if (answer && answer.kind !== 'failed') return answer.fields;
    throw new VethlabError('sandbox_gone', say('The sandbox has ended.'), {
      hint: say('Start it again.'),
      details: { why: answer?.fields[0]?.toString() },
    });
  }

  #open(): Promise<Gate> {
    if (this.#gate) return this.#gate;
    const opening = this.#options.openGate();
    this.#gate = opening;
    const reopen = (): void => {
      if (this.#gate === opening) this.#gate = undefined;
      void this.#afterLoss();
    };
    opening.then((gate) => gate.ended.then(reopen), reopen);
    return opening;
  }

  /** Without its gate it has ended, or somebody ended the gate alone, or the daemon is away for a moment. */
  async #afterLoss(): Promise<void> {
    if (this.#stopping || this.#gate) return;
    const reason = await this.#options.howEnded().catch(() => null);
    if (this.#stopping || this.#gate) return;
    if (reason !== null) {
      this.#settle(reason);
      return;
    }
    setTimeout(() => {
      // A failure comes back here.
      if (!this.#stopping) this.#open().catch(() => {});
    }, REOPEN_MS).unref();
  }

  #closeGate(): void {
    this.#gate?.then(
      (gate) => gate.close(),
      () => {},
    );
  }
}
