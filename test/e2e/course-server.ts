/** The real course, or another, on a server of its own, which a test can kill and start again at the same address. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataDirectory } from '../support/server.ts';
import { ServerProcess } from '../support/server-process.ts';

const LABS = join(import.meta.dirname, '../../labs');

export class CourseServer implements AsyncDisposable {
  readonly dataDirectory = makeDataDirectory();
  readonly #labs: string;
  #process: ServerProcess | null = null;
  url = '';

  constructor(labs = LABS) {
    this.#labs = labs;
  }

  async start(more: readonly string[] = []): Promise<void> {
    const port = this.url === '' ? '0' : new URL(this.url).port;
    this.#process = await ServerProcess.start(this.dataDirectory, [
      '--labs',
      this.#labs,
      '--pool',
      '1',
      '--port',
      port,
      ...more,
    ]);
    this.url = this.#process.url.replace(/\/$/, '');
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    await this.#process?.end(signal);
    this.#process = null;
  }

  /** A server that was killed leaves its sandboxes to the next one, so there is one more to end them. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#process) await this.start();
    await this.end('SIGINT');
    rmSync(this.dataDirectory, { recursive: true, force: true });
  }
}
