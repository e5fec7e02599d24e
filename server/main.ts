/** The one place that wires everything: settings in, a running server out; signals, and the end of it all. */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { realpath, rmdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { release } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { Attempts } from './attempt/attempts.ts';
import { Certificates } from './attempt/certificates.ts';
import { secretKey } from './attempt/secret-key.ts';
import { systemClock } from './base/clock.ts';
import { toVethlabError, VethlabError } from './base/errors.ts';
import { keepHeapFor, shrinkHeap } from './base/heap.ts';
import { say } from './base/sentence.ts';
import { createLogger } from './base/log.ts';
import { PROJECT } from './base/project.ts';
import { othersFirst } from './base/turn.ts';
import { GUEST_ADDRESS, runInUserModeLinux } from './cli/user-mode-linux.ts';
import { helpText, readConfig } from './config.ts';
import type { Config } from './config.ts';
import { fixedCourse } from './course/course-source.ts';
import type { CourseSource } from './course/course-source.ts';
import type { Course } from './course/lab.ts';
import { loadCourse } from './course/load-course.ts';
import { createApp } from './http/app.ts';
import { LabPreviews } from './http/lab-previews.ts';
import { Metrics } from './http/metrics.ts';
import { loadAssets } from './http/pages/assets.ts';
import { isOwnHost, isSameOrigin } from './http/request-guard.ts';
import { SessionCookie } from './http/session-cookie.ts';
import { People } from './people/people.ts';
import { OciRuntime } from './sandbox/oci/oci-runtime.ts';
import type { Runtime } from './sandbox/runtime.ts';
import { KernelReport } from './sandbox/kernel-features.ts';
import { SandboxManager } from './sandbox/sandbox-manager.ts';
import { Store } from './store/store.ts';
import { Sockets } from './ws/sockets.ts';

/** Faults of labs in the log of a start. */
const MAX_DIAGNOSTICS = 10;
/** Requests and sockets that have not ended by then are cut. */
const STOP_GRACE_MS = 2000;

export interface RunningServer extends AsyncDisposable {
  /** The address to open, with a slash at the end. */
  readonly url: string;
  /** The pool is full, the kernel was tried and each lesson rendered once. */
  readonly prepared: Promise<unknown>;
  /** `end` leaves nothing behind; `keep` leaves sandboxes running for the next server to take over. */
  stop(sandboxes: 'end' | 'keep'): Promise<void>;
}

export interface StartOptions {
  /** A course that one author is writing: they are joined without a name, told of faults, and see each change at once. */
  readonly authoring?: CourseSource;
}

/**
 * Serves the course. Sandboxes that ran before are taken over before it answers; the pool fills behind its back.
 * Disposing of it ends its sandboxes.
 * @throws VethlabError `config_invalid`, `runtime_missing`
 */
export async function start(config: Config, logger: Logger, options: StartOptions = {}): Promise<RunningServer> {
  await using opened = new AsyncDisposableStack();
  const webDirectory = join(PROJECT, 'dist/web');
  const source = options.authoring ?? fixedCourse(await readCourse(config, logger));
  const assets = loadAssets(join(webDirectory, '.vite/manifest.json'));
  const store = opened.use(new Store(join(config.dataDirectory, 'vethlab.db')));
  const sandboxes = await openSandboxes(config, logger, opened);
  const kernel = new KernelReport(config.kernel === 'uml');
  const metrics = new Metrics({ sandboxes: () => sandboxes.counts() });
  const clock = systemClock;
  const people = new People(store.learners, clock, config.sessionMs);
  const attempts = opened.use(
    new Attempts(
      { store, clock, source: sandboxes, settings: config, telemetry: metrics, logger },
      config,
      () => source.course,
    ),
  );
  opened.use(source.listen(() => attempts.renew()));
  const taken = await attempts.adopt();
  if (taken.adopted + taken.ended > 0) logger.info(taken, 'sandboxes of an earlier server were found');

  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000, headersTimeout: 10_000 });
  await listen(server, config);
  const { port } = server.address() as AddressInfo;
  const previews = new LabPreviews();
  const cookie = new SessionCookie(config.publicUrl, port);
  const guard = { publicUrl: config.publicUrl, host: config.host };
  const sockets = new Sockets(
    {
      attempts,
      authenticate(request) {
        const token = cookie.read(request);
        return token === null ? null : people.authenticate(token);
      },
      isAllowed: (request) => isOwnHost(request, guard) && isSameOrigin(request, guard),
      logger,
    },
    server,
  );
  const app = createApp({
    attempts,
    people,
    certificates: new Certificates(store.certificates, secretKey(join(config.dataDirectory, 'certificate.key'))),
    course: () => source.course,
    previews,
    kernel,
    clock,
    cookie,
    guard,
    trustedProxies: config.trustedProxies,
    assets,
    webDirectory,
    metrics,
    health: () => ({
      status: 'ok',
      version: versionOf(),
      uptimeSeconds: Math.round(process.uptime()),
      sandboxes: attempts.runningCount,
      runtime: config.runtime,
      kernel: kernel.isUserMode ? `${release()} (User Mode Linux)` : release(),
      missingFeatures: kernel.missing,
    }),
    closeSockets: (session) => sockets.closeSession(session),
    logger,
    authoring: options.authoring ?? null,
  });
  server.on('request', app);
  logger.info(
    { port, runtime: config.runtime, labs: source.course.modules.flatMap((module) => module.labs).length },
    'serving',
  );

  const stopping = new AbortController();
  const probing = sandboxes
    .fillPool()
    .catch((error: unknown) => logger.error({ err: error }, 'sandboxes could not be started ahead of need'))
    .then(() =>
      stopping.signal.aborted
        ? undefined
        : kernel.probe((topology, options) => sandboxes.start(topology, options), stopping.signal),
    )
    .catch((error: unknown) => logger.error({ err: error }, 'the kernel could not be tried'));

  const preparing = prepareLabs(source.course, previews).catch((error: unknown) =>
    logger.error({ err: error }, 'a lab cannot be shown'),
  );

  const owned = opened.move();
  let stopped: Promise<void> | null = null;
  const stop = async (fate: 'end' | 'keep'): Promise<void> => {
    const closed = once(server, 'close');
    stopping.abort();
    server.close();
    sockets[Symbol.dispose]();
    setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS).unref();
    server.closeIdleConnections();
    if (fate === 'end') await attempts.stopAll(say('It ended because the server was stopped.'));
    // Its sandbox belongs to no attempt: nobody else would end it.
    await probing;
    await owned.disposeAsync();
    await closed;
  };
  return {
    url: config.publicUrl?.href ?? `http://${displayHost(config.host)}:${port}/`,
    prepared: Promise.all([preparing, probing]),
    stop: (fate) => (stopped ??= stop(fate)),
    [Symbol.asyncDispose]: () => (stopped ??= stop('end')),
  };
}

async function readCourse(config: Config, logger: Logger): Promise<Course> {
  const { course, diagnostics } = await loadCourse(config.labsDirectory);
  for (const { file, line, column, message } of diagnostics.slice(0, MAX_DIAGNOSTICS)) {
    logger.warn(`${file}:${line}:${column}: ${message}`);
  }
  if (diagnostics.length > MAX_DIAGNOSTICS) logger.warn('There are more; `npm run lab -- lint` lists all.');
  if (course.modules.some((module) => module.labs.length > 0)) return course;
  throw new VethlabError('config_invalid', `There is no lab in ${config.labsDirectory} that can be used.`, {
    hint: 'Say where the course is with --labs.',
  });
}

async function openSandboxes(config: Config, logger: Logger, owner: AsyncDisposableStack): Promise<SandboxManager> {
  const runtime = await openRuntime(config, owner);
  const mebibyte = 1024 * 1024;
  const manager = new SandboxManager({
    runtime,
    limits: {
      memoryBytes: config.memoryMib * mebibyte,
      diskBytes: config.diskMib * mebibyte,
      cpus: config.cpus,
      pids: config.pids,
    },
    poolSize: config.poolSize,
    // Attempts decide who gets a sandbox; one that is ending still takes a place here.
    capacity: config.maxSandboxes * 2,
    onError: (error) => logger.error({ err: error }, 'keeping sandboxes in order failed'),
  });
  return owner.use(manager);
}

async function openRuntime(config: Config, owner: AsyncDisposableStack): Promise<Runtime> {
  const scripts = join(PROJECT, 'containers/lab');
  switch (config.runtime) {
    case 'oci': {
      const rootfs = await rootFileSystem(join(scripts, 'rootfs'), join(config.dataDirectory, 'rootfs'));
      // One installation is one data folder: its sandboxes are found by this name, and no others are.
      const installation = createHash('sha256').update(config.dataDirectory).digest('hex').slice(0, 8);
      const name = `vethlab-${installation}`;
      // Empty unless sandboxes are left for the next server.
      owner.defer(() =>
        rmdir(`/run/${name}/runc`)
          .then(() => rmdir(`/run/${name}`))
          .catch(() => {}),
      );
      return owner.use(new OciRuntime({ rootfs, scripts, runDirectory: `/run/${name}`, cgroup: name }));
    }
    case 'docker': {
      // Loaded where it is used: a fifth of the memory of all other modules.
      const { DockerRuntime } = await import('./sandbox/docker/docker-runtime.ts');
      const { dockerSocket: socketPath, labImage: image } = config;
      const installation = `vethlab-${installationName(config.dataDirectory)}`;
      const runtime = owner.use(new DockerRuntime({ socketPath, image, scripts, installation }));
      await runtime.check();
      return runtime;
    }
  }
}

/** Chosen once and kept with the data: in containers the data of every installation has the same path. */
function installationName(dataDirectory: string): string {
  const file = join(dataDirectory, 'installation');
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(4).toString('hex')}\n`);
  return readFileSync(file, 'utf8').trim();
}

/** The script that makes the root file system prints where it is; it takes minutes when there is none yet. */
async function rootFileSystem(script: string, directory: string): Promise<string> {
  const child = spawn(script, [directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  const path = output.trim().split('\n').at(-1);
  // runc takes no path with a symbolic link in it.
  if (code === 0 && path) return realpath(path);
  throw new VethlabError('runtime_missing', 'The root file system of the labs could not be made.', {
    hint: 'The lines above say why; `npm run doctor` lists what this machine lacks.',
  });
}

/** What pages ask of all labs is worked out while nobody waits for it, one after another so that requests come in between. */
async function prepareLabs(course: Course, previews: LabPreviews): Promise<void> {
  for (const lab of course.modules.flatMap((module) => module.labs)) {
    previews.points(lab);
    await othersFirst();
    previews.terms(lab);
    await othersFirst();
  }
}

async function listen(server: Server, config: Config): Promise<void> {
  try {
    server.listen(config.port, config.guestAddress ?? config.host);
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    const address = `${config.host}:${config.port}`;
    if (code === 'EADDRINUSE') {
      throw new VethlabError('config_invalid', `Another program listens on ${address}.`, {
        hint: 'Choose another port with --port.',
        cause: error,
      });
    }
    throw new VethlabError('config_invalid', `The server cannot listen on ${address}.`, {
      hint: 'Look at --host and --port.',
      cause: error,
    });
  }
}

function displayHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function versionOf(): string {
  const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { version: string };
  return version;
}

function explain(thrown: unknown): string {
  const error = toVethlabError(thrown);
  const stack = error.code === 'unexpected' ? `\n${error.cause instanceof Error ? error.cause.stack : ''}` : '';
  return `${error.message}${error.hint === undefined ? '' : `\n${error.hint}`}${stack}\n`;
}

async function runFromCommandLine(): Promise<void> {
  keepHeapFor('starting');
  const argv = process.argv.slice(2);
  if (argv.includes('--help')) {
    process.stdout.write(helpText());
    return;
  }
  const config = readConfig(argv, process.env);
  if (config.kernel === 'uml' && config.guestAddress === null) {
    const { host, port, dataDirectory, kernelMemoryMib: memoryMib } = config;
    const again = [
      process.execPath,
      import.meta.filename,
      ...argv,
      '--port',
      '{port}',
      '--guest-address',
      GUEST_ADDRESS,
    ];
    process.exit(await runInUserModeLinux(again, { memoryMib, dataDirectory, listen: { host, port } }));
  }
  const isTerminal = process.stderr.isTTY;
  const logger = createLogger(config.logLevel, pino.destination({ fd: 2, sync: true }), isTerminal);
  const server = await start(config, logger);
  void server.prepared.then(() => {
    keepHeapFor('serving');
    shrinkHeap();
  });

  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    // Whoever asks twice does not want to wait.
    if (isStopping) process.exit(1);
    isStopping = true;
    // Sandboxes do not outlive their kernel.
    const isLast = signal === 'SIGINT' || config.isStoppingSandboxes || config.kernel === 'uml';
    const fate = isLast ? 'end' : 'keep';
    logger.info({ signal, sandboxes: fate }, 'stopping');
    server.stop(fate).then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(explain(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  // Work that nobody waited for must not take the terminals of all learners with it.
  process.on('unhandledRejection', (reason) => logger.error({ err: reason }, 'a failure that nobody handled'));
  process.stdout.write(`Vethlab is ready. Open ${server.url}\n`);
}

if (import.meta.main) {
  runFromCommandLine().catch((error: unknown) => {
    process.stderr.write(explain(error));
    process.exit(1);
  });
}
