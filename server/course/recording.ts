/** The recorded example that lies beside a lesson: is it there, is it of this lab, and what it came to in the end. */
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { Recording, type RecordedTimeline } from '../contract/recording.ts';
import type { InterfaceTraffic } from '../contract/watch.ts';
import { decodeFrame } from '../packet/decode.ts';
import { compileFilter } from '../packet/filter.ts';
import { readRecords, RECORDS, type PacketRecord } from '../packet/pcap.ts';
import { summarize, type Summary } from '../packet/summary.ts';
import type { SummaryWords } from '../packet/summary-words.ts';

/** Below the folder of a lab. */
export const RECORDING_FILE = 'assets/recording.json';

/** The values that a recording and every visitor get, so that the addresses in both are the same. */
export const PREVIEW_SEED = 'preview';

const MOST_UNPACKED_BYTES = 16 * 1024 * 1024;
/** Null for what is no recording that this version reads. */
export function parseRecording(text: string): Recording | null {
  try {
    return Recording.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Front matter as plain data → a word that changes with all that a recording depends on, and with nothing else. */
export function recordingStamp(front: Readonly<Record<string, unknown>>): string {
  const solutions = Object.entries(asMap(front['tasks'])).map(([name, task]) => [
    name,
    asMap(task)['needs'],
    asMap(task)['solve'],
  ]);
  const record = front['record'];
  const topology = asMap(front['topology']);
  const nodes = Object.entries(asMap(topology['nodes'])).map(([name, node]) => {
    // Where the picture shows it is no part of the network.
    const { at: _, ...rest } = asMap(node);
    return [name, rest];
  });
  const what = JSON.stringify(
    inOrder([front['vars'] ?? {}, { ...topology, nodes }, record === undefined ? solutions : { record }]),
  );
  return createHash('sha256').update(what).digest('hex').slice(0, 16);
}

export interface RecordedPacket extends Pick<PacketRecord, 'timeMs' | 'length' | 'bytes'> {
  /** 1 is the first at its endpoint. */
  readonly number: number;
  readonly summary: Summary;
}

/** A recording opened: what a page without script shows of it. Reads what is asked for when it is asked. */
export class OpenedRecording {
  readonly stamp: string;
  readonly recordedOn: string;
  readonly kernel: string;
  readonly #recording: Recording;
  #folded: Folded | null = null;
  #moved: ReadonlySet<string> | null = null;

  constructor(recording: Recording) {
    this.stamp = recording.stamp;
    this.recordedOn = recording.recordedOn;
    this.kernel = recording.kernel;
    this.#recording = recording;
  }

  /** At the end of it. */
  traffic(endpoint: string): InterfaceTraffic | null {
    return this.#fold().traffic.get(endpoint) ?? null;
  }

  counter(node: string, name: string): number | null {
    return this.#fold().counters.get(node)?.get(name) ?? null;
  }

  /** Whether it has another value, while it is played, than in its beginning. */
  hasMoved(node: string, name: string): boolean {
    return (this.#moved ??= movedIn(this.#timeline())).has(`${node} ${name}`);
  }

  /** Those of an endpoint that match, the first ones, with how many there are in all. */
  packets(
    endpoint: string,
    filter: string,
    most: number,
    words?: SummaryWords,
  ): { shown: RecordedPacket[]; count: number } {
    const compiled = compileFilter(filter);
    const matches = (record: PacketRecord): boolean => !compiled.ok || compiled.matches(record.bytes, record);
    const matching = this.#records(endpoint).filter(matches);
    const shown = matching.slice(0, most).map(({ timeMs, length, bytes }, index) => ({
      number: index + 1,
      timeMs,
      length,
      bytes,
      summary: summarize(decodeFrame(bytes, { originalLength: length, timeMs }), words),
    }));
    return { shown, count: matching.length };
  }

  #records(endpoint: string): PacketRecord[] {
    const all = [...readRecords(unpack(this.#recording.packets), 0, RECORDS)];
    let at = 0;
    for (const [name, count] of this.#recording.captured) {
      if (name === endpoint) return all.slice(at, at + count);
      at += count;
    }
    return [];
  }

  #fold(): Folded {
    if (this.#folded) return this.#folded;
    const traffic = new Map<string, InterfaceTraffic>();
    const counters = new Map<string, Map<string, number>>();
    for (const sample of this.#timeline()) {
      for (const [endpoint, totals] of Object.entries(sample.traffic)) traffic.set(endpoint, totals);
      for (const [node, values] of Object.entries(sample.counters)) {
        const known = counters.get(node) ?? new Map<string, number>();
        for (const [name, value] of Object.entries(values)) known.set(name, value);
        counters.set(node, known);
      }
    }
    return (this.#folded = { traffic, counters });
  }

  #timeline(): RecordedTimeline {
    return JSON.parse(unpack(this.#recording.timeline).toString('utf8')) as RecordedTimeline;
  }
}

/** All samples laid over each other; counters by node, then by name. */
interface Folded {
  readonly traffic: ReadonlyMap<string, InterfaceTraffic>;
  readonly counters: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Counters, as `node name`, that have another value than in the first sample. */
function movedIn([first, ...later]: RecordedTimeline): Set<string> {
  const moved = new Set<string>();
  for (const { counters } of later) {
    for (const [node, values] of Object.entries(counters)) {
      for (const [name, value] of Object.entries(values)) {
        // One that comes later, with an interface that a line makes, begins at 0.
        if (value !== (first?.counters[node]?.[name] ?? 0)) moved.add(`${node} ${name}`);
      }
    }
  }
  return moved;
}

function unpack(packed: string): Buffer {
  return gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: MOST_UNPACKED_BYTES });
}

/** Keys sorted: their order in the file means nothing. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}

function asMap(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
