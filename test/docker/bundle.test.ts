/** `npm run bundle`: what one machine packed, another one without a network runs. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  buildImages,
  compose,
  dockerEnvironment,
  LAB_IMAGE,
  NO_NETWORK,
  startOwnDaemon,
  startTestDaemon,
  type TestDaemon,
} from '../support/docker.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 });

const SERVER_IMAGE = 'vethlab-server:latest';
let work: string;
let daemon: TestDaemon;
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'vethlab-bundle-'));
  daemon = await startTestDaemon();
  buildImages(daemon);
});
afterAll(async () => {
  await daemon[Symbol.asyncDispose]();
  rmSync(work, { recursive: true, force: true });
});

test('docker load takes the archive on a machine that has nothing, and compose finds all it needs in it', async () => {
  const archive = join(work, 'all.tar.gz');
  execFileSync('node', ['server/cli/bundle.ts', archive, '--built'], { env: dockerEnvironment(daemon) });
  expect(readdirSync(work)).toEqual(['all.tar.gz']);

  await using other = await startOwnDaemon(NO_NETWORK, join(work, 'other'));
  const docker = (...args: string[]): string =>
    execFileSync('docker', args, {
      env: dockerEnvironment(other),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  expect(docker('images', '--quiet')).toBe('');
  docker('load', '--input', archive);
  const images = docker('images', '--format', '{{.Repository}}:{{.Tag}}').trim().split('\n');
  expect(images).toEqual(expect.arrayContaining([LAB_IMAGE, SERVER_IMAGE]));
  expect(docker('run', '--rm', '--network', 'none', SERVER_IMAGE, 'node', 'dist/server/main.js', '--help')).toContain(
    '--port',
  );

  execFileSync('tar', ['--extract', '--file', archive, '--directory', work, 'vethlab']);
  const folder = join(work, 'vethlab');
  expect(readdirSync(join(folder, 'labs'))).toContain('course.yaml');
  const written = compose(other, ['--project-directory', folder, '-f', join(folder, 'docker-compose.yml'), 'config']);
  expect(written).not.toMatch(/^ *build:/m);
  expect(written).toContain(join(folder, 'labs'));
  // What there is for all services is there: nothing would be pulled.
  const named = [...written.matchAll(/^ *image: (\S+)$/gm)].map(([, image]) => image);
  expect(new Set(named)).toEqual(new Set([LAB_IMAGE, SERVER_IMAGE]));
});
