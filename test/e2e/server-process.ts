/** A server of its own, as `npm start` runs it, in a process that a test can also kill. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '../..');
const START_DEADLINE_MS = 30_000;

export class ServerProcess {
  readonly dataDirectory: string;
  #child: ChildProcess | null = null;
  url = '';

  constructor() {
    this.dataDirectory = mkdtempSync(join(tmpdir(), 'vethlab-e2e-'));
    mkdirSync(join(PROJECT, '.vethlab/rootfs'), { recursive: true });
    symlinkSync(join(PROJECT, '.vethlab/rootfs'), join(this.dataDirectory, 'rootfs'));
  }

  /** Starts it, on the port it had before when it is started again. */
  async start(): Promise<void> {
    const port = this.url === '' ? '0' : new URL(this.url).port;
    const child = spawn(
      join(PROJECT, 'node_modules/.bin/node'),
      ['server/main.ts', '--port', port, '--data', this.dataDirectory, '--pool', '1', '--log-level', 'error'],
      { cwd: PROJECT, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#child = child;
    this.url = await new Promise<string>((resolve, reject) => {
      const deadline = setTimeout(() => reject(new Error('The server did not start in time.')), START_DEADLINE_MS);
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const address = /(http:\/\/\S+?)\/?\s/.exec(`${output}\n`)?.[1];
        if (!output.includes('ready') || address === undefined) return;
        clearTimeout(deadline);
        resolve(address);
      });
      child.on('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready.\n${output}`)));
    });
  }

  /** Ends it with a signal and waits until it is gone. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A server that was killed leaves its sandboxes to the next one, which ends them when it is told to.
    if (!this.#child) await this.start();
    await this.end('SIGTERM');
    rmSync(this.dataDirectory, { recursive: true, force: true });
  }
}
