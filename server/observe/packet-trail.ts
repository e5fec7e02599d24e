/** Where a packet passed: the same packet in the captures of a lab's other interfaces. */
import { endpointName } from '../network/topology.ts';
import { readRecords, RECORDS } from '../packet/pcap.ts';
import { identify, isSamePacket, type PacketIdentity } from '../packet/same-packet.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { endpointsOf } from './packet-feed.ts';
import type { FeedFrame } from './feed-frame.ts';
import type { HeldCaptures } from './held-captures.ts';

/** A packet that is longer on its way is not found again. */
const LONGEST_WAY_MS = 10_000;
const MAX_ENDPOINTS = 24;
/** Rings hold a few of these at most. */
const MAX_ROUNDS = 16;
/** A packet in more pieces than this is shown by its first ones. */
const MAX_PIECES = 64;

export interface PacketTrail {
  /** In the order of the first frame; the interface that was asked from among them. */
  readonly passed: readonly { readonly endpoint: string; readonly frames: readonly FeedFrame[] }[];
  readonly absent: readonly string[];
  /** Captured only from now on. */
  readonly late: readonly string[];
}

/** Interfaces that are not captured yet are captured for as long as `held` has them. */
export async function followPacket(
  sandbox: Sandbox,
  held: HeldCaptures,
  frame: Uint8Array,
  timeMs: number,
): Promise<PacketTrail> {
  const wanted = identify(frame);
  const passed: { endpoint: string; frames: FeedFrame[] }[] = [];
  const absent: string[] = [];
  const late: string[] = [];
  // One after another: rings are megabytes, and others wait for the event loop.
  for (const endpoint of endpointsOf(sandbox).slice(0, MAX_ENDPOINTS)) {
    const name = endpointName(endpoint);
    const seen = await search(held, endpoint, wanted, timeMs).catch(() => null);
    if (seen === null || (seen.frames.length === 0 && seen.isLate)) late.push(name);
    else if (seen.frames.length === 0) absent.push(name);
    else passed.push({ endpoint: name, frames: seen.frames });
  }
  passed.sort((a, b) => (a.frames[0]?.timeMs ?? 0) - (b.frames[0]?.timeMs ?? 0));
  return { passed, absent, late };
}

async function search(
  held: HeldCaptures,
  endpoint: { node: string; interface: string },
  wanted: PacketIdentity | null,
  timeMs: number,
): Promise<{ frames: FeedFrame[]; isLate: boolean }> {
  const files = await held.of(endpoint);
  const frames: FeedFrame[] = [];
  let firstMs = Number.POSITIVE_INFINITY;
  let cursor = null;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const chunk = await files.readSince(cursor);
    cursor = chunk.cursor;
    if (chunk.records.length === 0) break;
    for (const record of readRecords(chunk.records, 0, RECORDS)) {
      firstMs = Math.min(firstMs, record.timeMs);
      if (frames.length >= MAX_PIECES || Math.abs(record.timeMs - timeMs) > LONGEST_WAY_MS) continue;
      const identity = identify(record.bytes);
      if (!wanted || !identity || !isSamePacket(wanted, identity)) continue;
      frames.push({ timeMs: record.timeMs, length: record.length, bytes: Buffer.from(record.bytes) });
    }
  }
  return {
    frames: nearest(frames, timeMs),
    isLate: timeMs < files.sinceMs || (firstMs !== Number.POSITIVE_INFINITY && timeMs < firstMs),
  };
}

/** Questions of ARP repeat byte by byte: of equal frames the nearest in time is the one, of pieces all are. */
function nearest(frames: readonly FeedFrame[], timeMs: number): FeedFrame[] {
  const byContent = new Map<string, FeedFrame>();
  for (const frame of frames) {
    const identity = identify(frame.bytes);
    const key = `${identity?.start} ${identity?.content.length}`;
    const known = byContent.get(key);
    if (!known || Math.abs(frame.timeMs - timeMs) < Math.abs(known.timeMs - timeMs)) byContent.set(key, frame);
  }
  return [...byContent.values()].sort((a, b) => a.timeMs - b.timeMs);
}
