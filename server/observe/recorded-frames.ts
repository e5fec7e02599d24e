/** All that the ring of an interface holds, without the platform's own probes. */
import { readRecords, RECORDS } from '../packet/pcap.ts';
import type { CaptureCursor, Sandbox } from '../sandbox/sandbox.ts';
import type { Observer } from './observer.ts';
import { endpointOf } from './packet-feed.ts';
import type { FeedFrame } from './feed-frame.ts';

const MAX_BYTES = 64 * 1024 * 1024;

/** Oldest first. Throws a VethlabError `not_found` for an interface that the lab lacks. */
export async function recordedFrames(
  sandbox: Sandbox,
  observer: Pick<Observer, 'probeFrames'>,
  endpoint: string,
): Promise<FeedFrame[]> {
  return (await framesSince(sandbox, observer, endpoint, null)).frames;
}

/** Those that came after what was read before, and where to read on. */
export async function framesSince(
  sandbox: Sandbox,
  observer: Pick<Observer, 'probeFrames'>,
  endpoint: string,
  since: CaptureCursor | null,
): Promise<{ readonly frames: FeedFrame[]; readonly cursor: CaptureCursor | null }> {
  using files = await sandbox.holdCapture(endpointOf(sandbox, endpoint));
  const isProbe = await observer.probeFrames();
  const frames: FeedFrame[] = [];
  let cursor = since;
  for (let bytes = 0; bytes < MAX_BYTES;) {
    const chunk = await files.readSince(cursor);
    if (chunk.records.length === 0) break;
    cursor = chunk.cursor;
    bytes += chunk.records.length;
    for (const { timeMs, length, bytes: content } of readRecords(chunk.records, 0, RECORDS)) {
      if (!isProbe(content, timeMs)) frames.push({ timeMs, length, bytes: content });
    }
  }
  return { frames, cursor };
}
