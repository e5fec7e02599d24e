/** The packet that an ICMP error quotes: its header and the start of its content, cut by intent (RFC 1812 section 4.3.2.3). */
import { CutError } from '../walk.ts';
import type { Walk } from '../walk.ts';

/** `contentBytes` limits what is read behind an IPv4 header. */
export function quotation(walk: Walk, offset: number, etherType: number, contentBytes = Infinity): void {
  if (offset >= walk.end) return;
  const { end, reportedEnd, isQuoted } = walk;
  const limit = offset + (walk.u8(offset) & 15) * 4 + contentBytes;
  walk.end = Math.min(end, limit);
  walk.reportedEnd = Math.min(reportedEnd, limit);
  walk.isQuoted = true;
  try {
    walk.next.byEtherType(walk, etherType, offset);
  } catch (thrown) {
    // Where a quotation ends is up to its sender; only a capture that cut it is worth a word.
    if (!(thrown instanceof CutError) || walk.bytes.length < reportedEnd) throw thrown;
  }
  walk.isQuoted = isQuoted;
  walk.end = end;
  walk.reportedEnd = reportedEnd;
}
