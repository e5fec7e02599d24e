/** The server as its own process, for tests that end it in unfriendly ways. */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT } from '../../server/base/project.ts';
import { serverArguments } from './server.ts';

/** As `npm start` runs it. */
const MAIN = join(PROJECT, 'dist/server/main.js');
let isBuilt = false;

/** Once in each process that starts servers: a test that is run by hand is about the sources as they are. */
function build(): void {
  if (isBuilt) return;
  execFileSync(process.execPath, [join(PROJECT, 'server/cli/setup/prepare.mjs'), 'build'], { stdio: 'inherit' });
  isBuilt = true;
}

export class ServerProcess implements AsyncDisposable {
  readonly url: string;
  /** From spawning to the line that says it is ready. */
  readonly startedInMs: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string, startedInMs: number) {
    this.#child = child;
    this.url = url;
    this.startedInMs = startedInMs;
  }

  static start(dataDirectory: string, args: readonly string[] = []): Promise<ServerProcess> {
    build();
    const startedAt = performance.now();
    const child = spawn(process.execPath, [MAIN, ...serverArguments(dataDirectory, args)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      // As `npm start` sets it.
      env: { ...process.env, MALLOC_ARENA_MAX: '2' },
    });
    return new Promise((resolve, reject) => {
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const url = /Open (\S+)\n/.exec(output)?.[1];
        if (url !== undefined) resolve(new ServerProcess(child, url, performance.now() - startedAt));
      });
      child.on('close', (code) => reject(new Error(`The server ended with ${code}: ${output}`)));
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Sends a signal and waits for the end; the exit status, or the signal that ended it. */
  async end(signal: NodeJS.Signals): Promise<number | string | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#child.exitCode;
    const closed = new Promise<number | string | null>((resolve) =>
      this.#child.once('close', (code, by) => resolve(code ?? by)),
    );
    this.#child.kill(signal);
    return closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGINT');
  }
}
