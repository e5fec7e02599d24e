/**
 * Capture files: pcap (micro- and nanoseconds, both byte orders) and pcapng, read from bytes that may still grow, and written.
 * Formats: draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng.
 */
import { CaptureDamage, MAX_RECORD_BYTES, viewOf } from './capture-format.ts';
import type { CaptureFormat, PacketRecord } from './capture-format.ts';
import { pcapngRecords } from './pcapng.ts';

export { CaptureDamage } from './capture-format.ts';
export type { CaptureFormat, PacketRecord } from './capture-format.ts';

/** Records without a file around them, as sandboxes, channels and recordings hand them on. */
export const RECORDS: CaptureFormat = {
  kind: 'pcap',
  littleEndian: true,
  nanoseconds: false,
  linkType: 1,
  snapLength: 9200,
  start: 0,
};

/** Looks at the first bytes (24 are enough). `incomplete`: too few to tell; `unknown`: no capture. */
export function readFormat(bytes: Uint8Array): CaptureFormat | 'incomplete' | 'unknown' {
  if (bytes.length < 4) return 'incomplete';
  const view = viewOf(bytes);
  const magic = view.getUint32(0, false);
  if (magic === 0x0a0d0d0a) {
    if (bytes.length < 12) return 'incomplete';
    const order = view.getUint32(8, false);
    if (order !== 0x1a2b3c4d && order !== 0x4d3c2b1a) return 'unknown';
    return { kind: 'pcapng', littleEndian: order === 0x4d3c2b1a, interfaces: [], interfacesReadUpTo: 0, start: 0 };
  }
  const littleEndian = magic === 0xd4c3b2a1 || magic === 0x4d3cb2a1;
  if (!littleEndian && magic !== 0xa1b2c3d4 && magic !== 0xa1b23c4d) return 'unknown';
  if (bytes.length < 24) return 'incomplete';
  return {
    kind: 'pcap',
    littleEndian,
    nanoseconds: magic === 0x4d3cb2a1 || magic === 0xa1b23c4d,
    // The upper bits of the word hold the length of a frame check sequence.
    linkType: view.getUint32(20, littleEndian) & 0xffff,
    snapLength: view.getUint32(16, littleEndian),
    start: 24,
  };
}

/**
 * The whole records from `offset` on; a record that is not there yet ends the iteration. Go on later with the `end` of the last one
 * (or `format.start`) and the longer buffer. Throws a `CaptureDamage` where the bytes cannot be a record.
 */
export function readRecords(bytes: Uint8Array, offset: number, format: CaptureFormat): Generator<PacketRecord, void> {
  return format.kind === 'pcap' ? pcapRecords(bytes, offset, format) : pcapngRecords(bytes, offset, format);
}

function* pcapRecords(
  bytes: Uint8Array,
  offset: number,
  format: CaptureFormat & { kind: 'pcap' },
): Generator<PacketRecord, void> {
  const view = viewOf(bytes);
  const { littleEndian, nanoseconds: isNano, linkType } = format;
  for (let at = offset; at + 16 <= bytes.length;) {
    const kept = view.getUint32(at + 8, littleEndian);
    if (kept > MAX_RECORD_BYTES) {
      throw new CaptureDamage(`The record at byte ${at} claims ${kept} bytes, which no frame has.`, at);
    }
    const end = at + 16 + kept;
    if (end > bytes.length) return;
    const seconds = view.getUint32(at, littleEndian);
    const nanoseconds = view.getUint32(at + 4, littleEndian) * (isNano ? 1 : 1000);
    yield {
      timeMs: seconds * 1000 + nanoseconds / 1e6,
      seconds,
      nanoseconds,
      length: view.getUint32(at + 12, littleEndian),
      bytes: bytes.subarray(at + 16, end),
      linkType,
      end,
    };
    at = end;
  }
}
