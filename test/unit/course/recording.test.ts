import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { picturesOf } from '../../../server/cli/record/pictures-of.ts';
import { MOST_RECORDING_BYTES } from '../../../server/cli/record/record-lab.ts';
import { stillPictures } from '../../../server/cli/record/still-pictures.ts';
import { Recording, type RecordedTimeline } from '../../../server/contract/recording.ts';
import type { Lab } from '../../../server/course/lab.ts';
import { loadCourse } from '../../../server/course/load-course.ts';
import { readLab } from '../../../server/course/load-lab.ts';
import { PREVIEW_SEED, RECORDING_FILE, recordingStamp } from '../../../server/course/recording.ts';
import type { PictureOptions } from '../../../server/course/schema/picture-schema.ts';
import { SourceText } from '../../../server/course/source-text.ts';
import { endpointName } from '../../../server/network/topology.ts';

const LABS = path.join(import.meta.dirname, '../../../labs');
const { course } = await loadCourse(LABS);
const labs = course.modules.flatMap((module) => module.labs);
const recorded = labs.filter((lab) => lab.recording !== null);

/** Those that show numbers or packets of a network. */
function livingPictures(lab: Lab): PictureOptions[] {
  const pictures = picturesOf(lab.resolve(PREVIEW_SEED).lesson.html());
  return pictures.filter(({ name }) => name !== 'layers' && name !== 'journey');
}

describe('the recordings of the course', () => {
  it('are there for every lab with pictures', () => {
    const illustrated = labs.filter((lab) => livingPictures(lab).length > 0);
    expect(illustrated.length).toBeGreaterThan(20);
    expect(illustrated.filter((lab) => lab.recording === null).map(({ id }) => id)).toEqual([]);
  });

  it.each(recorded.map((lab) => [lab.id, lab] as const))('%s: small, whole, and of this lab', (_, lab) => {
    const text = readFileSync(path.join(lab.directory, RECORDING_FILE), 'utf8');
    expect(text.length).toBeLessThan(MOST_RECORDING_BYTES);
    const recording = Recording.parse(JSON.parse(text));
    expect(recording.stamp).toBe(lab.recordingStamp);
    const { topology } = lab.resolve(PREVIEW_SEED);
    const endpoints = topology.links.flatMap((link) => link.endpoints.map(endpointName));
    expect(recording.captured.map(([endpoint]) => endpoint)).toEqual(endpoints);
    const unpacked = gunzipSync(Buffer.from(recording.timeline, 'base64')).toString('utf8');
    const [first] = JSON.parse(unpacked) as RecordedTimeline;
    expect(Object.keys(first?.counters ?? {}).toSorted()).toEqual(topology.nodes.map(({ name }) => name).toSorted());
    expect(Object.keys(first?.traffic ?? {}).toSorted()).toEqual(endpoints.toSorted());
  });

  it.each(recorded.map((lab) => [lab.id, lab] as const))('%s: something moves in every picture', (_, lab) => {
    if (!lab.recording) throw new Error('It has none.');
    expect(stillPictures(livingPictures(lab), lab.resolve(PREVIEW_SEED).topology, lab.recording)).toEqual([]);
  });

  it('show nothing of hidden trouble: where something is broken unseen, lines are played that do not break it', () => {
    const withTrouble = labs
      .map((lab) => lab.resolve(PREVIEW_SEED))
      .filter(({ tasks }) => tasks.some(({ setup }) => setup.length > 0));
    expect(withTrouble.length).toBeGreaterThan(1);
    for (const { tasks, record } of withTrouble) {
      const broken = tasks.flatMap(({ setup }) => setup.map(({ line }) => line));
      expect(record?.filter(({ line }) => broken.includes(line))).toEqual([]);
    }
  });

  it('show a network that is well where the break is to be found', () => {
    const recording = labs.find(({ id }) => id === 'trouble/find-the-break')?.recording;
    const traces = [
      ['pc1', 'Ip.OutNoRoutes'],
      ['r1', 'Ip.InAddrErrors'],
      ['r2', 'IpExt.InNoRoutes'],
      ['web', 'TcpExt.IPReversePathFilter'],
    ] as const;
    expect(traces.map(([node, name]) => recording?.counter(node, name))).toEqual([0, 0, 0, 0]);
    expect(recording?.packets('pc1:eth0', 'http.response.code == 200', 1).count).toBe(2);
    expect(recording?.packets('pc2:eth0', 'http.response.code == 200', 1).count).toBe(2);
  });

  it('are in the lesson for whoever has no script: numbers, packets, and whose they are', () => {
    const lab = recorded.find(({ id }) => id === 'size-matters/fragments-on-the-wire');
    const html = lab?.resolve(PREVIEW_SEED).lesson.html() ?? '';
    const packets = /data-picture="packets".*?<\/figure>/s.exec(html)?.[0] ?? '';
    expect(packets).toContain('Echo (ping) request');
    expect(packets).toContain('A recorded example');
    const counters = /data-picture="counters".*?<\/figure>/s.exec(html)?.[0] ?? '';
    expect(counters).toMatch(/Ip\.FragCreates<\/code><\/td><td>[1-9]/);
    const kernelPath = /data-picture="kernel-path".*?<\/figure>/s.exec(html)?.[0] ?? '';
    expect(kernelPath).toMatch(/<b>\d+<\/b> <code>Ip\.OutRequests/);
  });
});

describe('the stamp of a recording', () => {
  const front = {
    title: 'A',
    vars: { size: { pick: [1] } },
    topology: { nodes: { h1: { kind: 'host', at: [0, 0] } }, links: [] },
    tasks: { one: { title: 'One', solve: [{ h1: 'true' }], hints: ['a'] } },
  };

  it('stays while only words, or places in the picture, change', () => {
    const other = {
      title: 'B',
      vars: front.vars,
      topology: { links: [], nodes: { h1: { at: [3, 1], kind: 'host' } } },
      tasks: { one: { title: 'Two', solve: [{ h1: 'true' }] } },
    };
    expect(recordingStamp(other)).toBe(recordingStamp(front));
  });

  it('changes with the network, the variables and the solutions', () => {
    const others = [
      { ...front, vars: {} },
      { ...front, topology: { ...front.topology, nodes: { h1: { kind: 'router' } } } },
      { ...front, tasks: { one: { solve: [{ h1: 'false' }] } } },
    ];
    expect(new Set([front, ...others].map(recordingStamp)).size).toBe(4);
  });

  it('goes by the lines of `record` where there are some, and then by no solution', () => {
    const own = { ...front, record: [{ h1: 'ping -c1 10.0.0.2' }] };
    const solvedOtherwise = { ...own, tasks: { one: { title: 'One', solve: [{ h1: 'false' }] } } };
    const recordedOtherwise = { ...own, record: [{ h1: 'ping -c2 10.0.0.2' }] };
    expect(recordingStamp(solvedOtherwise)).toBe(recordingStamp(own));
    expect(new Set([front, own, recordedOtherwise].map(recordingStamp)).size).toBe(3);
  });
});

describe('a recording beside a lesson', () => {
  const lesson = readFileSync(path.join(import.meta.dirname, '../../labs/fixtures/sound-lab.md'), 'utf8');
  const read = (recording: string) =>
    readLab(new SourceText('index.md', lesson), new Map(), {
      id: 'l',
      directory: path.join(import.meta.dirname, '../../labs/fixtures'),
      language: 'en',
      recording,
    });

  it('that is of another version is told of, and shown all the same', () => {
    const text = readFileSync(path.join(recorded[0]?.directory ?? '', RECORDING_FILE), 'utf8');
    const { lab, diagnostics } = read(text);
    expect(diagnostics.map(({ code, hint }) => [code, hint?.includes('lab -- record')])).toEqual([
      ['recording_stale', true],
    ]);
    expect(lab?.recording).not.toBeNull();
  });

  it.each(['', '{', '[]', '{"format":1}', '{"format":99}'])('that cannot be read is told of: %j', (text) => {
    const { lab, diagnostics } = read(text);
    expect(diagnostics.map(({ code }) => code)).toEqual(['bad_recording']);
    expect(lab?.recording).toBeNull();
  });
});
