/** `recording.json` from the server → its timeline and its packets. */
import type { Recording, RecordedTimeline } from '../../server/contract/recording.ts';
import { readRecords, RECORDS } from '../../server/packet/pcap.ts';

export interface RecordedFrame {
  readonly timeMs: number;
  /** Bytes on the wire. */
  readonly length: number;
  readonly bytes: Uint8Array;
}

export interface ReadRecording {
  readonly recording: Recording;
  readonly timeline: RecordedTimeline;
  readonly packets: ReadonlyMap<string, readonly RecordedFrame[]>;
}

/**
 * `endpoints` are those of the page, in the order of the links: where a lab has variables in the names of interfaces, the example
 * is shown under the learner's. Rejects where it cannot be had. The server has checked the file when it read the lab.
 */
export async function readRecording(url: string, endpoints: readonly string[]): Promise<ReadRecording> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The recording was not there: ${answer.status}.`);
  const recording = (await answer.json()) as Recording;
  const [timeline, records] = await Promise.all([unpack(recording.timeline), unpack(recording.packets)]);
  const all = [...readRecords(records, 0, RECORDS)];
  const packets = new Map<string, readonly RecordedFrame[]>();
  let at = 0;
  const isOfThisLab = recording.captured.length === endpoints.length;
  const names = new Map(recording.captured.map(([name], index) => [name, (isOfThisLab && endpoints[index]) || name]));
  for (const [name, count] of recording.captured) {
    packets.set(names.get(name) ?? name, all.slice(at, at + count));
    at += count;
  }
  const samples = JSON.parse(new TextDecoder().decode(timeline)) as RecordedTimeline;
  return {
    recording,
    timeline: samples.map((sample) => ({
      ...sample,
      traffic: Object.fromEntries(
        Object.entries(sample.traffic).map(([name, totals]) => [names.get(name) ?? name, totals]),
      ),
    })),
    packets,
  };
}

async function unpack(packed: string): Promise<Uint8Array> {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
