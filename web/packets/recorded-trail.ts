/** Where else a packet of a recorded example passed: what the server finds in live captures, found in the file. Pure. */
import { identify, isSamePacket } from '../../server/packet/same-packet.ts';
import type { RecordedFrame } from '../recording/read-recording.ts';
import type { Packet, Trail } from './packet.ts';

/** A packet that is longer on its way is another one. */
const LONGEST_WAY_MS = 10_000;

export function recordedTrail(of: Packet, recorded: ReadonlyMap<string, readonly RecordedFrame[]>): Trail {
  const wanted = identify(of.bytes);
  const found = [...recorded].map(([endpoint, frames]) => {
    const same = frames.filter((frame) => {
      const identity = Math.abs(frame.timeMs - of.timeMs) > LONGEST_WAY_MS ? null : identify(frame.bytes);
      return wanted !== null && identity !== null && isSamePacket(wanted, identity);
    });
    return { endpoint, packets: nearest(same, of.timeMs) };
  });
  const passed = found.filter(({ packets }) => packets.length > 0);
  passed.sort((a, b) => (a.packets[0]?.timeMs ?? 0) - (b.packets[0]?.timeMs ?? 0));
  const absent = found.filter(({ packets }) => packets.length === 0).map(({ endpoint }) => endpoint);
  return { of, passed, absent, late: [] };
}

/** Of frames that are equal the nearest in time is the one; pieces of one packet all are. */
function nearest(frames: readonly RecordedFrame[], timeMs: number): RecordedFrame[] {
  const byContent = new Map<string, RecordedFrame>();
  for (const frame of frames) {
    const identity = identify(frame.bytes);
    const key = `${identity?.start} ${identity?.content.length}`;
    const known = byContent.get(key);
    if (!known || Math.abs(frame.timeMs - timeMs) < Math.abs(known.timeMs - timeMs)) byContent.set(key, frame);
  }
  return [...byContent.values()].toSorted((a, b) => a.timeMs - b.timeMs);
}
