/**
 * A Docker for tests: the daemon of DOCKER_HOST, or one of its own that keeps images in .vethlab/test-docker. The lab image is
 * built from containers/lab/Dockerfile, on base images made of Debian's packages where no registry is reached.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { INSTALLATION_LABEL } from '../../server/sandbox/docker/container-options.ts';
import { DockerRuntime } from '../../server/sandbox/docker/docker-runtime.ts';
import { until } from './until.ts';

const project = join(import.meta.dirname, '../..');
const scripts = join(project, 'containers/lab');
const START_MS = 60_000;

export interface TestDaemon extends AsyncDisposable {
  readonly socketPath: string;
}

export async function startTestDaemon(): Promise<TestDaemon> {
  const given = process.env['DOCKER_HOST'];
  if (given?.startsWith('unix://')) {
    return { socketPath: given.slice('unix://'.length), [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  const data = join(project, '.vethlab/test-docker');
  const directory = mkdtempSync(join(tmpdir(), 'vethlab-docker-'));
  const socketPath = join(directory, 'docker.sock');
  mkdirSync(data, { recursive: true });
  const log = openSync(join(directory, 'log'), 'a');
  const place = ['--data-root', data, '--exec-root', join(directory, 'exec'), '--pidfile', join(directory, 'pid')];
  const daemon = spawn('dockerd', [...place, '-H', `unix://${socketPath}`, '--bridge=none', '--iptables=false'], {
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    daemon.once('error', () => resolve());
    daemon.once('exit', () => resolve());
  });
  const stop = async (): Promise<void> => {
    daemon.kill('SIGTERM');
    await ended;
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const docker = new Docker({ socketPath });
    await until(
      async () => {
        if (daemon.exitCode !== null) throw new Error(readFileSync(join(directory, 'log'), 'utf8').slice(-2000));
        return docker.ping().then(
          () => true,
          () => false,
        );
      },
      'dockerd answers',
      START_MS,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { socketPath, [Symbol.asyncDispose]: stop };
}

/** The lab image of this checkout, under a name of its content. The first build takes two minutes. */
export function buildLabImage({ socketPath }: TestDaemon): string {
  const listed = execFileSync('find', ['.', '-type', 'f', '-exec', 'sha256sum', '{}', '+'], {
    cwd: scripts,
    encoding: 'utf8',
  });
  const hash = createHash('sha256').update(listed.split('\n').toSorted().join('\n')).digest('hex').slice(0, 12);
  const image = `vethlab-lab:test-${hash}`;
  const options = { env: { ...process.env, DOCKER_HOST: `unix://${socketPath}` }, stdio: 'pipe' } as const;
  const isThere = execFileSync('docker', ['images', '--quiet', image], options).length > 0;
  if (!isThere) {
    execFileSync(join(import.meta.dirname, 'docker-base-images.sh'), options);
    execFileSync('docker', ['build', '--network', 'host', '--tag', image, scripts], options);
  }
  return image;
}

export interface TestDocker extends AsyncDisposable {
  readonly docker: Docker;
  readonly runtime: DockerRuntime;
  /** Another runtime on the same daemon, as a restarted server would make it. */
  again(): DockerRuntime;
  /** Names of the containers that are there. */
  containers(): Promise<string[]>;
}

/** A runtime with containers of its own; disposing it ends them all. */
export function startTestDocker(daemon: TestDaemon, image: string): TestDocker {
  const installation = `vethlab-test-${randomBytes(4).toString('hex')}`;
  const { socketPath } = daemon;
  const docker = new Docker({ socketPath });
  const make = (): DockerRuntime => new DockerRuntime({ socketPath, image, scripts, installation });
  const runtime = make();
  const filters = { label: [`${INSTALLATION_LABEL}=${installation}`] };
  return {
    docker,
    runtime,
    again: make,
    async containers() {
      const found = await docker.listContainers({ all: true, filters });
      return found.flatMap(({ Names }) => Names);
    },
    async [Symbol.asyncDispose]() {
      await runtime[Symbol.asyncDispose]();
      for (const { Id } of await docker.listContainers({ all: true, filters })) {
        await docker.getContainer(Id).remove({ force: true, v: true });
      }
    },
  };
}
