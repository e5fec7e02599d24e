/**
 * A Docker for tests: the daemon of DOCKER_HOST, or one of its own that keeps images in .vethlab/test-docker. Images are built
 * as docker-compose.yml says, on base images made of Debian's packages where no registry is reached.
 * `node test/support/docker.ts` builds them.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { INSTALLATION_LABEL } from '../../server/sandbox/docker/container-options.ts';
import { DockerRuntime } from '../../server/sandbox/docker/docker-runtime.ts';
import { until } from './until.ts';

const project = join(import.meta.dirname, '../..');
const scripts = join(project, 'containers/lab');
const START_MS = 60_000;
/** Where images are kept from one run to the next. */
const OWN_DATA = join(project, '.vethlab/test-docker');

export interface TestDaemon extends AsyncDisposable {
  readonly socketPath: string;
}

/** The daemon of DOCKER_HOST, where that is set. */
export async function startTestDaemon(): Promise<TestDaemon> {
  const given = process.env['DOCKER_HOST'];
  if (given?.startsWith('unix://')) {
    return { socketPath: given.slice('unix://'.length), [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  // Sandboxes need no network, and the machine's own is left as it is.
  return startOwnDaemon(NO_NETWORK);
}

export const NO_NETWORK = ['--bridge=none', '--iptables=false'];

export interface OwnDaemon extends TestDaemon {
  /** Kills the daemon as a crash would, and starts another on the same state. */
  crash(): Promise<void>;
}

/** A daemon for this process alone; it changes the network it finds itself in unless told not to. */
export async function startOwnDaemon(args: readonly string[], data = OWN_DATA): Promise<OwnDaemon> {
  const directory = mkdtempSync(join(tmpdir(), 'vethlab-docker-'));
  const socketPath = join(directory, 'docker.sock');
  mkdirSync(data, { recursive: true });
  const place = ['--data-root', data, '--exec-root', join(directory, 'exec'), '--pidfile', join(directory, 'pid')];
  const docker = new Docker({ socketPath });
  const launch = async (): Promise<(signal: NodeJS.Signals) => Promise<void>> => {
    const log = openSync(join(directory, 'log'), 'a');
    // It ends with this process, whatever ends that.
    const command = ['--pdeathsig', 'TERM', 'dockerd', ...place, '-H', `unix://${socketPath}`, ...args];
    const daemon = spawn('setpriv', command, {
      stdio: ['ignore', log, log],
      env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
    });
    closeSync(log);
    const ended = new Promise<void>((resolve) => {
      daemon.once('error', () => resolve());
      daemon.once('exit', () => resolve());
    });
    const end = (signal: NodeJS.Signals): Promise<void> => {
      daemon.kill(signal);
      return ended;
    };
    const isUp = async (): Promise<boolean> => {
      if (daemon.exitCode !== null) throw new Error(readFileSync(join(directory, 'log'), 'utf8').slice(-2000));
      return docker.ping().then(
        () => true,
        () => false,
      );
    };
    await until(isUp, 'dockerd answers', START_MS).catch(async (error: unknown) => {
      await end('SIGTERM');
      throw error;
    });
    return end;
  };
  const cleanUp = (): void => {
    unmountLeft([directory, data]);
    rmSync(directory, { recursive: true, force: true });
  };
  let end = await launch().catch((error: unknown) => {
    cleanUp();
    throw error;
  });
  // What a run left that was broken off: these data are for tests alone.
  for (const { Id } of await docker.listContainers({ all: true })) {
    await docker.getContainer(Id).remove({ force: true, v: true });
  }
  return {
    socketPath,
    async crash() {
      await end('SIGKILL');
      // Its containerd has died with it; where nobody buries orphans, it would count as running.
      rmSync(join(directory, 'exec/containerd/containerd.pid'), { force: true });
      end = await launch();
    },
    async [Symbol.asyncDispose]() {
      await end('SIGTERM');
      cleanUp();
    },
  };
}

/** What a daemon leaves mounted when it is gone, most of all after a crash. */
function unmountLeft(directories: readonly string[]): void {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((text) => text.split(' ')[4] ?? '')
    .filter((path) => directories.some((directory) => path === directory || path.startsWith(`${directory}/`)));
  for (const path of mounts.toReversed()) execFileSync('umount', ['--lazy', path]);
}

export const LAB_IMAGE = 'vethlab-lab:latest';

/** The environment in which `docker` and `docker-compose` talk to the daemon. */
export function dockerEnvironment({ socketPath }: TestDaemon): NodeJS.ProcessEnv {
  const { DOCKER_HOST: _host, ...rest } = process.env;
  const own = Object.entries(rest).filter(([name]) => !name.startsWith('VETHLAB_'));
  return { ...Object.fromEntries(own), DOCKER_HOST: `unix://${socketPath}` };
}

/** Runs compose, Debian's or the plugin, in the project's folder; its output is thrown with a failure. */
export function compose(daemon: TestDaemon, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const hasOwn = process.env['PATH']?.split(':').some((folder) => existsSync(join(folder, 'docker-compose'))) ?? false;
  const [program, ...first] = hasOwn ? (['docker-compose'] as const) : (['docker', 'compose'] as const);
  const options = { cwd: project, env: { ...dockerEnvironment(daemon), ...env }, encoding: 'utf8' } as const;
  const result = spawnSync(program, [...first, ...args], { ...options, maxBuffer: 64 << 20 });
  if (result.status === 0) return result.stdout;
  throw new Error(
    `${program} ${args.join(' ')}: ${result.error?.message ?? ''}\n${result.stdout}${result.stderr}`.slice(-6000),
  );
}

/** The images of this checkout, or those of some services; the first build takes some minutes, the next ones seconds. */
export function buildImages(daemon: TestDaemon, services: readonly string[] = []): void {
  const env = dockerEnvironment(daemon);
  execFileSync(join(import.meta.dirname, 'docker-base-images.sh'), { env, stdio: ['ignore', 'ignore', 'inherit'] });
  compose(daemon, ['build', ...services]);
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
export function startTestDocker(daemon: TestDaemon): TestDocker {
  const installation = `vethlab-test-${randomBytes(4).toString('hex')}`;
  const { socketPath } = daemon;
  const docker = new Docker({ socketPath });
  const make = (): DockerRuntime => new DockerRuntime({ socketPath, image: LAB_IMAGE, scripts, installation });
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

if (import.meta.main) {
  await using daemon = await startTestDaemon();
  buildImages(daemon);
}
