/**
 * `docker compose up`, as README.md says, and a lab passed in the browser. The daemon is in a network without a way out, so
 * whatever the server or the page wanted to fetch would be missing.
 */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { labsOf, realCourse } from '../e2e/lab-visit.ts';
import { passLab, type PlaceToLearn } from '../e2e/pass-lab.ts';
import { INSTALLATION_LABEL } from '../../server/sandbox/docker/container-options.ts';
import { compose, dockerEnvironment, startOwnDaemon, type TestDaemon } from '../support/docker.ts';
import { until } from '../support/until.ts';

const PROJECT = 'vethlab-test';
const UP_MS = 60_000;
const course = await realCourse();
const labs = labsOf(course);
const first = labs[0];
const impaired = labs.find((lab) =>
  lab.resolve('any').topology.links.some(({ impairments }) => impairments.some((impairment) => impairment !== null)),
);

let daemon: TestDaemon;
let place: PlaceToLearn;

const docker = (...args: string[]): string =>
  execFileSync('docker', args, { env: dockerEnvironment(daemon), encoding: 'utf8' }).trim();
const composed = (...args: string[]): string =>
  compose(daemon, ['-p', PROJECT, ...args], { VETHLAB_DOCKER_SOCKET: daemon.socketPath, VETHLAB_PORT: '8181' });
const server = (): string => composed('ps', '-q', 'server').trim();
const sandboxes = (): string => docker('ps', '--all', '--quiet', '--filter', `label=${INSTALLATION_LABEL}`);

async function up(): Promise<void> {
  composed('up', '-d');
  await until(
    () => docker('inspect', '--format', '{{.State.Health.Status}}', server()) === 'healthy',
    'the server to be healthy',
    UP_MS,
  );
}

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  daemon = await startOwnDaemon([]);
  await up();
  const dataDirectory = docker('volume', 'inspect', '--format', '{{.Mountpoint}}', `${PROJECT}_data`);
  place = { url: 'http://127.0.0.1:8181', dataDirectory };
});

test.afterAll(async () => {
  test.setTimeout(120_000);
  composed('down', '--volumes');
  const left = sandboxes();
  await daemon[Symbol.asyncDispose]();
  expect(left).toBe('');
});

test('the first lab is passed, and stays so when all is taken down and up again', async ({ page }) => {
  test.setTimeout(240_000);
  if (!first) throw new Error('The course has no lab.');
  await passLab(page, place, first);
  await page.screenshot({ path: 'test-results/screens/compose.png' });

  // Down ends the sandbox too; what was passed is in the volume.
  expect(sandboxes()).not.toBe('');
  composed('down');
  expect(sandboxes()).toBe('');
  await up();
  await page.goto(place.url);
  await expect(page.getByText(`1 of ${labs.length} labs done`)).toBeVisible();
});

if (impaired) {
  test('a lab with an impaired link is passed', async ({ page }) => {
    test.setTimeout(240_000);
    await passLab(page, place, impaired);
  });
}

test('the server has the socket and its volume of the machine, and no more', () => {
  const { Mounts, HostConfig } = JSON.parse(docker('inspect', '--format', '{{json .}}', server())) as {
    Mounts: { Source: string; Destination: string }[];
    HostConfig: { Privileged: boolean; CapAdd: string[] | null; NetworkMode: string; PidMode: string };
  };
  expect(Mounts.map(({ Source, Destination }) => `${Destination} is ${Source}`).toSorted()).toEqual([
    `/data is ${place.dataDirectory}`,
    `/var/run/docker.sock is ${daemon.socketPath}`,
  ]);
  expect(HostConfig).toMatchObject({ Privileged: false, CapAdd: null, PidMode: '' });
  expect(HostConfig.NetworkMode).toBe(`${PROJECT}_default`);
  // Root only where the socket is root's alone.
  const status = docker('exec', server(), 'cat', '/proc/1/status');
  const { gid } = statSync(daemon.socketPath);
  expect(status).toMatch(gid === 0 ? /^Uid:\t0\t/m : /^Uid:\t1000\t1000\t1000\t1000$/m);
  expect(status).toMatch(gid === 0 ? /^Groups:/m : new RegExp(`^Groups:\t${gid} $`, 'm'));
});
