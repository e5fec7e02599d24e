/** `lab preview`: the server as learners have it, for one author, with a lab that follows its file. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { VethlabError } from '../../base/errors.ts';
import { createLogger } from '../../base/log.ts';
import { PROJECT } from '../../base/project.ts';
import { readConfig } from '../../config.ts';
import { start, type RunningServer } from '../../main.ts';
import type { Output } from '../lint.ts';
import { LiveCourse } from './live-course.ts';

const DEFAULT_PORT = '8090';

export interface Preview extends AsyncDisposable {
  readonly url: string;
}

/** Serves until SIGINT or SIGTERM. */
export async function previewCommand(args: string[], output: Output): Promise<number> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      port: { type: 'string', default: DEFAULT_PORT },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string', default: '.vethlab' },
    },
  });
  const [place, ...more] = positionals;
  if (place === undefined || more.length > 0)
    throw new VethlabError('bad_request', 'Say the one lab, module or course to look at.', {
      hint: 'npm run lab -- preview labs/20-mtu/30-my-lab',
    });
  await prepare(values.data);
  await using preview = await openPreview(place, values);
  output.write(`Open ${preview.url}\nThe page follows as files are saved. Ctrl-C ends it.\n`);
  await new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  return 0;
}

/** `data` is the folder that holds the root file system of the lab image. */
export async function openPreview(
  place: string,
  { port, host, data }: { port: string; host: string; data: string },
): Promise<Preview> {
  const logger = createLogger('warn', pino.destination({ fd: 2, sync: true }), true);
  await using opened = new AsyncDisposableStack();
  const course = opened.use(
    await LiveCourse.open(place, (error) => logger.error({ err: error }, 'the lab could not be read again')),
  );
  const config = readConfig(
    ['--port', port, '--host', host, '--data', dataOf(place, data), '--pool', '1', '--log-level', 'warn'],
    {},
  );
  const server: RunningServer = await start(config, logger, { authoring: course });
  // Ends before the course, which it serves.
  opened.use(server);
  const owned = opened.move();
  return { url: server.url, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** Each place has a folder of its own, so that previews side by side do not end each other's sandboxes. */
function dataOf(place: string, data: string): string {
  const base = path.resolve(PROJECT, data);
  const own = path.join(base, 'preview', createHash('sha256').update(path.resolve(place)).digest('hex').slice(0, 12));
  mkdirSync(own, { recursive: true });
  const rootfs = path.join(own, 'rootfs');
  mkdirSync(path.join(base, 'rootfs'), { recursive: true });
  if (!existsSync(rootfs)) symlinkSync(path.join(base, 'rootfs'), rootfs);
  return own;
}

/** What `npm start` brings before it starts: the built page and the root file system of the lab image. */
async function prepare(data: string): Promise<void> {
  const script = path.join(PROJECT, 'server/cli/setup/prepare.mjs');
  const child = spawn(process.execPath, [script, 'start', '--data', data], { cwd: PROJECT, stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0)
    throw new VethlabError('runtime_missing', 'Not all that the preview needs is there.', {
      hint: 'The lines above say what is missing.',
    });
}
