/** Recordings as the page reads them: the shipped file of a lab, served over HTTP. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadLab } from '../../../../server/course/load-lab.ts';
import { PREVIEW_SEED, RECORDING_FILE } from '../../../../server/course/recording.ts';
import { endpointName } from '../../../../server/network/topology.ts';
import { readRecording } from '../../../../web/recording/read-recording.ts';

const LAB = path.join(import.meta.dirname, '../../../../labs/10-orientation/20-neighbours');

let server: Server;
let url = '';
beforeAll(async () => {
  const file = readFileSync(path.join(LAB, RECORDING_FILE));
  server = createServer((_, response) => response.end(file));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function endpointsOf(seed: string): Promise<string[]> {
  const { lab } = await loadLab(LAB);
  const links = lab?.resolve(seed).topology.links ?? [];
  return links.flatMap((link) => link.endpoints.map(endpointName));
}

it('shows what was recorded under the names that the interfaces of this learner have', async () => {
  const recorded = await endpointsOf(PREVIEW_SEED);
  const seeds = ['a', 'b', 'c', 'd', 'e', 'f'];
  const all = await Promise.all(seeds.map(endpointsOf));
  const own = all.find((endpoints) => endpoints.join(' ') !== recorded.join(' ')) ?? [];
  expect(own).toHaveLength(recorded.length);
  const [written, here] = await Promise.all([readRecording(url, recorded), readRecording(url, own)]);
  expect([...here.packets.keys()]).toEqual(own);
  expect(Object.keys(here.timeline[0]?.traffic ?? {}).toSorted()).toEqual(own.toSorted());
  for (const [index, name] of own.entries()) {
    const before = recorded[index] ?? '';
    expect(here.packets.get(name)).toEqual(written.packets.get(before));
    expect(here.timeline[0]?.traffic[name]).toEqual(written.timeline[0]?.traffic[before]);
  }
});

it('keeps the recorded names where the network is another one', async () => {
  const { packets } = await readRecording(url, ['h1:eth0', 'h2:eth0']);
  expect([...packets.keys()]).toEqual(await endpointsOf(PREVIEW_SEED));
});
