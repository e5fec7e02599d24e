/** Of all that was captured, the packets that the pictures of a lab would show, and the same ones at the other interfaces. Pure. */
import type { PictureOptions } from '../../course/schema/picture-schema.ts';
import type { FeedFrame } from '../../observe/feed-frame.ts';
import { compileFilter } from '../../packet/filter.ts';
import { identify } from '../../packet/same-packet.ts';

export interface CapturedAt {
  readonly endpoint: string;
  readonly frames: readonly FeedFrame[];
}

/** At most `most` of each interface, in the order of time. */
export function choosePackets(
  captured: readonly CapturedAt[],
  pictures: readonly PictureOptions[],
  most: number,
): CapturedAt[] {
  const shown = new Map(captured.map((one) => [one.endpoint, shownAt(one, pictures, most)]));
  const keys = new Set([...shown.values()].flatMap((frames) => [...frames].map(keyOf)));
  return captured.map(({ endpoint, frames }) => {
    const kept = new Set(shown.get(endpoint));
    for (const isWanted of [(frame: FeedFrame) => keys.has(keyOf(frame)), () => true]) {
      for (const frame of frames) {
        if (kept.size >= most) break;
        if (isWanted(frame)) kept.add(frame);
      }
    }
    return { endpoint, frames: frames.filter((frame) => kept.has(frame)) };
  });
}

function shownAt({ endpoint, frames }: CapturedAt, pictures: readonly PictureOptions[], most: number): Set<FeedFrame> {
  const kept = new Set<FeedFrame>();
  for (const picture of pictures) {
    if (picture.name !== 'packets' || picture.at !== endpoint) continue;
    const filter = compileFilter(picture.filter ?? '');
    if (!filter.ok) continue;
    for (const frame of frames) if (kept.size < most && filter.matches(frame.bytes, frame)) kept.add(frame);
  }
  return kept;
}

function keyOf(frame: FeedFrame): string {
  return identify(frame.bytes)?.key ?? '';
}
