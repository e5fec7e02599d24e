/**
 * `prepare.mjs PURPOSE [options]`: brings what is missing before the program itself runs: npm packages from the lock
 * file, Debian packages, the built pages and server, the root file system of the labs. Does nothing, quickly, when all is there.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serverOf } from './in-use.mjs';
import { distribution, findCommand, toolsFor } from './needs.mjs';
import { SetupError, runStep } from './steps.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const OLDEST_NODE = 20;
const NODE_PTY_BINARY = join(ROOT, 'node_modules/node-pty/build/Release/pty.node');

/**
 * @param {string[]} args
 * @param {string} name
 * @param {string} fallback
 */
function option(args, name, fallback) {
  const at = args.findIndex((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  const arg = args[at];
  const value = arg?.includes('=') ? arg.slice(arg.indexOf('=') + 1) : args[at + 1];
  if (at >= 0 && value !== undefined) return value;
  return process.env[`VETHLAB_${name.toUpperCase()}`] ?? fallback;
}

/**
 * A hash over the paths and contents of files and folders.
 * @param {string[]} places Relative to the project.
 */
function hashOf(places) {
  const hash = createHash('sha256');
  const visit = (/** @type {string} */ place) => {
    const path = join(ROOT, place);
    if (!existsSync(path)) return;
    let entries = null;
    try {
      entries = readdirSync(path);
    } catch {
      hash.update(place).update('\0').update(readFileSync(path)).update('\0');
    }
    for (const entry of entries?.sort() ?? []) visit(join(place, entry));
  };
  for (const place of places) visit(place);
  return hash.digest('hex');
}

/**
 * Runs `build` unless the stamp says that it was done for the same inputs.
 * @param {string} stampPath
 * @param {string} hash
 * @param {() => Promise<void>} build
 */
async function unlessStamped(stampPath, hash, build) {
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === hash) return;
  await build();
  mkdirSync(dirname(stampPath), { recursive: true });
  writeFileSync(stampPath, hash);
}

/**
 * @param {string} purpose
 * @param {{ runtime: string, kernel: string }} choice
 */
async function installDebianPackages(purpose, choice) {
  const tools = toolsFor(purpose, { hasNodePty: existsSync(NODE_PTY_BINARY), ...choice });
  const missing = tools.filter((tool) => findCommand(tool.command) === null);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((tool) => tool.package))];
  const reasons = missing.map((tool) => `    ${tool.command} (${tool.package}): ${tool.why}`).join('\n');
  const system = distribution();
  if (!system.isDebian || process.getuid?.() !== 0) {
    throw new SetupError(
      `Commands are missing on this machine (${system.name}):\n${reasons}`,
      system.isDebian
        ? `Run this as root, or install them yourself: apt-get install ${packages.join(' ')}`
        : 'Install them with the package manager of this system, or run Vethlab with Docker: docker compose up',
    );
  }
  process.stderr.write(`Debian packages are missing:\n${reasons}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const hint = 'Look at the lines above; `apt-get update` has to work on this machine.';
  await runStep('Reading the list of Debian packages', 'apt-get', ['update', '-q'], { env, hint });
  const install = ['install', '-q', '-y', '--no-install-recommends', ...packages];
  await runStep(`Installing ${packages.join(', ')}`, 'apt-get', install, { env, hint });
}

async function installNpmPackages(/** @type {string} */ purpose) {
  const stamp = join(ROOT, 'node_modules/.vethlab-installed');
  await unlessStamped(stamp, hashOf(['package-lock.json']), async () => {
    const hint = 'The npm registry has to be reachable once; `npm ci` in this folder shows more.';
    await runStep(
      'Installing npm packages from the lock file',
      'npm',
      ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
      {
        cwd: ROOT,
        hint,
      },
    );
  });
  if (existsSync(NODE_PTY_BINARY) || purpose === 'packets' || purpose === 'bundle') return;
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x64';
  const headers = join(ROOT, `node_modules/node-linux-${architecture}`);
  await runStep('Compiling node-pty', 'npm', ['rebuild', 'node-pty', `--nodedir=${headers}`], {
    cwd: ROOT,
    hint: 'A C++ compiler, make and python3 are needed: apt-get install g++ make python3',
  });
}

/**
 * @param {'web' | 'server'} half
 * @param {string} step
 * @param {string[]} sources
 */
async function build(half, step, sources) {
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--config', `${half}/vite.config.ts`];
  await unlessStamped(join(ROOT, `dist/${half}/.built-from`), hashOf([...sources, 'package-lock.json']), () =>
    runStep(step, join(ROOT, 'node_modules/.bin/node'), vite, { cwd: ROOT, hint: '`npm run build` shows more.' }),
  );
}

async function buildAll() {
  await build('web', 'Building the web page', ['web', 'server/contract', 'server/packet']);
  await build('server', 'Building the server', ['server']);
}

async function buildRootFileSystem(/** @type {string} */ dataDirectory) {
  await runStep(
    'Making the root file system of the labs (once)',
    join(ROOT, 'containers/lab/rootfs'),
    [join(dataDirectory, 'rootfs')],
    {
      cwd: ROOT,
      hint: 'The Debian mirror of /etc/apt/sources.list has to be reachable, with about 1 GB free on the disk of the data folder.',
    },
  );
}

async function prepare(/** @type {string} */ purpose, /** @type {string[]} */ args) {
  // For whoever runs one test by hand.
  if (purpose === 'build') return buildAll();
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    throw new SetupError(
      `Node ${process.versions.node} is too old.`,
      `Install Node ${OLDEST_NODE} or newer; the exact version Vethlab runs on comes with its packages.`,
    );
  }
  if (process.platform !== 'linux') {
    throw new SetupError(
      `Vethlab needs a Linux kernel, and this is ${process.platform}.`,
      'Use Docker (docker compose up) or a Linux virtual machine.',
    );
  }
  const runtime = option(args, 'runtime', 'oci');
  const kernel = option(args, 'kernel', 'host');
  if (kernel === 'uml' && process.arch !== 'x64') {
    throw new SetupError(
      `User Mode Linux runs on x86-64 processors, and this is ${process.arch}.`,
      'Leave --kernel uml away: links are impaired on any kernel, only labs that teach `tc … netem` need one that has it.',
    );
  }
  const data = resolve(ROOT, option(args, 'data', '.vethlab'));
  const owner = purpose === 'start' ? serverOf(data) : null;
  if (owner !== null) {
    throw new SetupError(
      `A server is running on the data in ${data} (process ${owner}).`,
      'Stop it first, or start this one with another folder: --data.',
    );
  }
  const startsSandboxes = purpose === 'start' || (purpose === 'lab' && args[0] === 'test');
  const needsSandbox = purpose === 'test' || purpose === 'bench' || (startsSandboxes && runtime === 'oci');
  if (needsSandbox && process.getuid?.() !== 0) {
    throw new SetupError(
      'Sandboxes are made of namespaces, mounts and cgroups, and only root may make them here.',
      'Run this as root (sudo npm start), or use Docker: docker compose up',
    );
  }
  await installDebianPackages(purpose, { runtime, kernel });
  await installNpmPackages(purpose);
  if (purpose === 'start' || purpose === 'test' || purpose === 'bench') await buildAll();
  if (needsSandbox) await buildRootFileSystem(data);
}

const [purpose = 'start', ...args] = process.argv.slice(2);
try {
  if (!(args.includes('--help') && existsSync(NODE_PTY_BINARY))) await prepare(purpose, args);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`\n${error.message}\n  What to do: ${error.hint}\n`);
  process.exitCode = 1;
}
