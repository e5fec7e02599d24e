/** One lab in one sandbox, its `record` lines or its solutions played in order: what counters and captures came to, as a small file. */
import { release } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { inOrderOfNeeds } from '../../attempt/task-progress.ts';
import { VethlabError } from '../../base/errors.ts';
import { RECORDING_FORMAT, type Recording } from '../../contract/recording.ts';
import type { Lab, ResolvedLab, ShellStep } from '../../course/lab.ts';
import { OpenedRecording, PREVIEW_SEED } from '../../course/recording.ts';
import type { PictureOptions } from '../../course/schema/picture-schema.ts';
import { endpointName } from '../../network/topology.ts';
import { pcapRecord } from '../../packet/pcap-write.ts';
import { CapturedFrames } from './captured-frames.ts';
import { createObserver } from '../../observe/sandbox-observer.ts';
import { Watcher } from '../../observe/watch.ts';
import type { StartSandbox } from '../proof-run.ts';
import { choosePackets, type CapturedAt } from './choose-packets.ts';
import { picturesOf } from './pictures-of.ts';
import { MOST_MS, SampleList } from './samples.ts';
import { stillPictures } from './still-pictures.ts';

const LINE_TIMEOUT_MS = 90_000;
/** After a line its last packets and readings come in. */
const SETTLE_MS = 1200;
export const MOST_RECORDING_BYTES = 60 * 1024;
/** Of each interface, as many as fit; then fewer. */
const MOST_PACKETS = 160;
const LEAST_PACKETS = 5;

export interface MadeRecording {
  readonly recording: Recording;
  /** What its author may want to know: sentences. */
  readonly notes: readonly string[];
}

/** Throws a VethlabError where the lab does not start. What the lines come to is not judged: `lab test` does that. */
export async function recordLab(lab: Lab, start: StartSandbox): Promise<MadeRecording> {
  const resolved = lab.resolve(PREVIEW_SEED);
  const pictures = picturesOf(resolved.lesson.html());
  const endpoints = resolved.topology.links.flatMap((link) => link.endpoints.map(endpointName));
  const sandbox = await start(resolved.topology, endpoints);
  try {
    using observer = createObserver(sandbox);
    using watcher = new Watcher(sandbox, observer);
    const samples = new SampleList();
    using looking = watcher.look((sight) => samples.add(sight));
    looking.change({ endpoints, counters: countersToRead(resolved, pictures) });
    await delay(SETTLE_MS);
    const captured = new CapturedFrames(sandbox, observer, endpoints);
    const notes: string[] = [];
    for (const { node, line } of resolved.record ?? solutionsOf(resolved)) {
      const { exitCode, stdout, stderr } = await sandbox.run('node', node, line, { timeoutMs: LINE_TIMEOUT_MS });
      const said = `${stdout}${stderr}`.trim().split('\n').at(-1) ?? '';
      if (exitCode !== 0 && resolved.record) notes.push(`\`${line}\` on ${node} ended with ${exitCode}: ${said}`);
      await delay(SETTLE_MS);
      await captured.read();
    }
    const recording = pack(lab, pictures, samples, captured.all);
    if (samples.isCut) notes.push(`Of the counters, what came after ${MOST_MS / 60_000} minutes is left away.`);
    const still = stillPictures(pictures, resolved.topology, new OpenedRecording(recording));
    return { recording, notes: [...notes, ...still.map((picture) => `Nothing moves in ${picture}`)] };
  } finally {
    await sandbox.stop('The recording is made.');
  }
}

function solutionsOf({ tasks }: ResolvedLab): ShellStep[] {
  return inOrderOfNeeds(tasks).flatMap(({ solve }) => solve.flatMap((step) => ('node' in step ? [step] : [])));
}

/** All that plain files have is read anyhow; those that cost a process are read for the nodes that pictures show. */
function countersToRead(resolved: ResolvedLab, shown: readonly PictureOptions[]): Record<string, string[]> {
  return Object.fromEntries(
    resolved.topology.nodes.map(({ name }) => {
      const named = shown.flatMap((picture) =>
        picture.name === 'counters' && picture.node === name ? picture.names : [],
      );
      const hasPath = shown.some((picture) => picture.name === 'kernel-path' && picture.node === name);
      const ends = resolved.topology.links.flatMap((link) => link.endpoints.filter(({ node }) => node === name));
      const queues = ends.flatMap((end) => QDISC_FIELDS.map((field) => `qdisc.${end.interface}.${field}`));
      return [name, [...named, ...(hasPath ? ['conntrack.count', ...queues] : [])]];
    }),
  );
}

const QDISC_FIELDS = ['packets', 'qlen', 'drops'];

function pack(
  lab: Lab,
  pictures: readonly PictureOptions[],
  samples: SampleList,
  captured: readonly CapturedAt[],
): Recording {
  const timeline = packed(JSON.stringify(samples.toTimeline()));
  for (let most = MOST_PACKETS; most >= LEAST_PACKETS; most = Math.floor(most * 0.7)) {
    const chosen = choosePackets(captured, pictures, most);
    const recording: Recording = {
      format: RECORDING_FORMAT,
      stamp: lab.recordingStamp,
      recordedOn: new Date().toISOString().slice(0, 10),
      kernel: /^\d+\.\d+/.exec(release())?.[0] ?? release(),
      timeline,
      captured: chosen.map(({ endpoint, frames }) => [endpoint, frames.length]),
      packets: packed(Buffer.concat(chosen.flatMap(({ frames }) => frames.map((frame) => pcapRecord(frame))))),
    };
    if (JSON.stringify(recording, null, 1).length < MOST_RECORDING_BYTES) return recording;
  }
  throw new VethlabError(
    'lab_invalid',
    `The recording of ${lab.id} would be larger than ${MOST_RECORDING_BYTES / 1024} KiB.`,
    { hint: 'Its lines move very much, or for very long: `record` can name others.' },
  );
}

function packed(content: string | Uint8Array): string {
  return gzipSync(content, { level: 9 }).toString('base64');
}
