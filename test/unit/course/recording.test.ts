import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Recording } from '../../../server/contract/recording.ts';
import { loadCourse } from '../../../server/course/load-course.ts';
import { readLab } from '../../../server/course/load-lab.ts';
import { PREVIEW_SEED, RECORDING_FILE, recordingStamp } from '../../../server/course/recording.ts';
import { SourceText } from '../../../server/course/source-text.ts';
import { endpointName } from '../../../server/network/topology.ts';

const LABS = path.join(import.meta.dirname, '../../../labs');
const course = await loadCourse(LABS);
const recorded = course.course.modules.flatMap((module) => module.labs).filter((lab) => lab.recording !== null);
const MOST_BYTES = 60 * 1024;

describe('the recordings of the course', () => {
  it('are there', () => {
    expect(recorded.length).toBeGreaterThan(2);
  });

  it.each(recorded.map((lab) => [lab.id, lab] as const))('%s: small, whole, and of this lab', (_, lab) => {
    const text = readFileSync(path.join(lab.directory, RECORDING_FILE), 'utf8');
    expect(text.length).toBeLessThan(MOST_BYTES);
    const recording = Recording.parse(JSON.parse(text));
    expect(gunzipSync(Buffer.from(recording.timeline, 'base64')).length).toBeGreaterThan(100);
    const { topology } = lab.resolve(PREVIEW_SEED);
    const endpoints = topology.links.flatMap((link) => link.endpoints.map(endpointName));
    expect(recording.captured.map(([endpoint]) => endpoint)).toEqual(endpoints);
  });

  it('are in the lesson for whoever has no script: numbers, packets, and whose they are', () => {
    const lab = recorded.find(({ id }) => id === 'size-matters/fragments-on-the-wire');
    const html = lab?.resolve(PREVIEW_SEED).html ?? '';
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
