/**
 * `npm run bundle`: both images, the course and a compose file in one archive, for machines without a network: `docker load` takes
 * the archive as it is, and the folder `vethlab` in it holds the rest.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { parseDocument } from 'yaml';
import { toVethlabError, VethlabError } from '../base/errors.ts';
import { PROJECT } from '../base/project.ts';

const FOLDER = 'vethlab';
const HELP = `npm run bundle -- [FILE]

Packs the images of the server and of the labs, the course and a compose file into one archive (vethlab-<version>.tar.gz).
  --labs FOLDER   another course than labs/
  --built         takes the images as they are, and builds none

On the machine without a network, which has Docker:
  docker load -i FILE && tar -xzf FILE ${FOLDER} && cd ${FOLDER} && docker compose up
`;

interface ComposeFile {
  readonly services: Readonly<Record<string, { readonly image: string }>>;
}

async function bundle(file: string, labs: string, isBuilt: boolean): Promise<void> {
  const text = readFileSync(join(PROJECT, 'docker-compose.yml'), 'utf8');
  const images = imagesOf(text);
  if (!isBuilt)
    await run('docker', ['compose', 'build'], 'The images could not be built.', ['docker-compose', ['build']]);
  mkdirSync(dirname(file), { recursive: true });
  // Beside the archive: there is the room for it, and it gets its name when it is whole.
  const work = mkdtempSync(`${file}.`);
  try {
    const tar = join(work, 'images.tar');
    await run('docker', ['save', '--output', tar, ...images], 'Docker did not hand out the images.');
    const folder = join(work, FOLDER);
    mkdirSync(folder);
    cpSync(labs, join(folder, 'labs'), { recursive: true });
    cpSync(join(PROJECT, 'README.md'), join(folder, 'README.md'));
    writeFileSync(join(folder, 'docker-compose.yml'), bundledCompose(text));
    // Docker looks for the files that its manifest names, and leaves others alone.
    await run('tar', ['--append', '--file', tar, '--directory', work, FOLDER], 'The course could not be packed.');
    await run('gzip', ['-1', tar], 'The archive could not be compressed.');
    renameSync(`${tar}.gz`, file);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  process.stdout.write(`${file} (${Math.round(statSync(file).size / 1e6)} MB)\n`);
}

/** With the names that variables have by default. */
function imagesOf(text: string): string[] {
  const { services } = parseDocument(text).toJS() as ComposeFile;
  return Object.values(services).map(({ image }) => image.replace(/\$\{\w+:-([^}]*)\}/, '$1'));
}

/** Nothing is built there, and the course is the one that was packed. */
function bundledCompose(text: string): string {
  const document = parseDocument(text);
  document.commentBefore = ` Without a network: \`docker load\` first, then \`docker compose up\` here. The course is the folder labs.`;
  const { services } = document.toJS() as ComposeFile;
  for (const name of Object.keys(services)) document.deleteIn(['services', name, 'build']);
  document.addIn(['services', 'server', 'volumes'], './labs:/vethlab/labs:ro');
  return document.toString();
}

/** Runs a program; where it is missing or fails, the other way of doing the same. */
async function run(
  program: string,
  args: readonly string[],
  failure: string,
  otherwise?: readonly [string, readonly string[]],
): Promise<void> {
  const child = spawn(program, args, { cwd: PROJECT, stdio: ['ignore', otherwise ? 'ignore' : 'inherit', 'inherit'] });
  const code = await Promise.race([
    once(child, 'close').then(([status]) => status as number | null),
    once(child, 'error').then(() => 127),
  ]);
  if (code === 0) return;
  if (otherwise) return run(otherwise[0], otherwise[1], failure);
  throw new VethlabError('runtime_missing', `${failure} (\`${program} ${args[0]}\` ended with ${code}.)`, {
    hint: 'Docker with compose has to run here; the lines above say more.',
  });
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      labs: { type: 'string', default: join(PROJECT, 'labs') },
      built: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { version: string };
  await bundle(resolve(positionals[0] ?? `vethlab-${version}.tar.gz`), resolve(values.labs), values.built);
}

try {
  await main();
} catch (thrown) {
  const error = toVethlabError(thrown);
  process.stderr.write(`${error.message}\n${error.hint ?? ''}\n`);
  process.exitCode = 1;
}
