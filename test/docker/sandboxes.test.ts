/** Links with impairments, and ceilings that hold, in containers. */
import { afterAll, beforeAll, vi } from 'vitest';
import { buildImages, startTestDaemon, startTestDocker, type TestDaemon } from '../support/docker.ts';
import { describeLimits } from '../runtime/limits-suite.ts';
import { describeWires, type Place } from '../runtime/wires-suite.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 600_000 });

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
  buildImages(daemon, ['lab']);
});
afterAll(async () => {
  await daemon[Symbol.asyncDispose]();
});

function place(): Place {
  const subject = startTestDocker(daemon);
  return { ...subject, leftovers: () => subject.containers() };
}

describeWires('auto', () => ({ ...place(), other: place }));
describeLimits('docker', place);
