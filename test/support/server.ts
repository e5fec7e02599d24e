/** A real server with real sandboxes on a free port, for tests. It ends all that it started, also when a test fails. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '../../server/base/log.ts';
import { PROJECT } from '../../server/base/project.ts';
import { readConfig } from '../../server/config.ts';
import { start } from '../../server/main.ts';
import { TestLearner } from './learner.ts';
import { testRootfs } from './sandbox.ts';

/** Small labs that touch every kind of task. */
const TEST_COURSE = join(import.meta.dirname, 'course');

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly dataDirectory: string;
  /** A learner who has joined; gone with the server. */
  learner(name: string): Promise<TestLearner>;
}

/** A data folder that shares the lab image of this checkout. */
export function makeDataDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'vethlab-server-'));
  testRootfs();
  mkdirSync(join(PROJECT, '.vethlab/rootfs'), { recursive: true });
  symlinkSync(join(PROJECT, '.vethlab/rootfs'), join(directory, 'rootfs'));
  return directory;
}

/** Options of a server for tests, as on the command line; later ones win. */
export function serverArguments(dataDirectory: string, args: readonly string[] = []): string[] {
  return [
    '--port',
    '0',
    '--data',
    dataDirectory,
    '--labs',
    TEST_COURSE,
    '--pool',
    '0',
    '--log-level',
    'error',
    ...args,
  ];
}

export async function startTestServer(args: readonly string[] = []): Promise<TestServer> {
  const dataDirectory = makeDataDirectory();
  const config = readConfig(serverArguments(dataDirectory, args), {});
  const server = await start(config, createLogger(config.logLevel, process.stderr, true));
  const learners: TestLearner[] = [];
  return {
    url: server.url,
    dataDirectory,
    async learner(name) {
      const learner = new TestLearner(server.url);
      learners.push(learner);
      await learner.join(name);
      return learner;
    },
    async [Symbol.asyncDispose]() {
      for (const learner of learners) learner[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
