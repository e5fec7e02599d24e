/** Where the decoder and tshark differ on a capture, as lines to read. */
import { decodeFrame } from '../../../server/packet/decode.ts';
import { FIELDS } from '../../../server/packet/fields.ts';
import { readFormat, readRecords } from '../../../server/packet/pcap.ts';
import type { PacketRecord } from '../../../server/packet/pcap.ts';
import type { Conversations } from '../../../server/packet/walk.ts';
import { tsharkFields } from './tshark.ts';

export function records(capture: Uint8Array): PacketRecord[] {
  const format = readFormat(capture);
  if (typeof format === 'string') throw new Error(`not a capture: ${format}`);
  return [...readRecords(capture, format.start, format)];
}

/**
 * Every field the decoder shows must be tshark's, at the same bytes with the same value; every field tshark shows that the
 * decoder claims to know exactly must be there.
 */
export function differences(
  capture: Uint8Array,
  ignore: (frame: number, name: string) => boolean = () => false,
): string[] {
  const packetFields = FIELDS.filter((field) => !/^frame(\.|$)/.test(field.name));
  const exact = new Set(
    packetFields.filter((field) => field.isExact && field.type !== 'protocol').map((field) => field.name),
  );
  const reference = tsharkFields(capture);
  const lines: string[] = [];
  const conversations: Conversations = new Map();
  for (const [index, record] of records(capture).entries()) {
    const theirs = new Map<string, number>();
    const theirNames = new Map<string, string>();
    const visible = new Map<string, number>();
    const ours = new Map<string, number>();
    for (const field of reference[index] ?? []) {
      // What a header claims beyond the frame, the decoder does not light.
      const length = Math.max(0, Math.min(field.length, record.bytes.length - field.offset));
      const key = `${field.name} ${clean(field.value)} @${field.offset}+${length}`;
      theirs.set(key, (theirs.get(key) ?? 0) + 1);
      if (!field.isHidden) {
        theirNames.set(key, field.name);
        visible.set(key, (visible.get(key) ?? 0) + 1);
      }
    }
    const { layers } = decodeFrame(record.bytes, {
      originalLength: record.length,
      linkType: record.linkType,
      timeMs: record.timeMs,
      conversations,
    });
    const fields = layers.flatMap((layer) => layer.fields);
    for (const field of fields) {
      const key = `${field.name} ${clean(String(field.value))} @${field.offset}+${field.length}`;
      ours.set(key, (ours.get(key) ?? 0) + 1);
      const left = theirs.get(key) ?? 0;
      if (left > 0) theirs.set(key, left - 1);
      else if (!ignore(index + 1, field.name)) lines.push(`${index + 1} only ours: ${key}`);
    }
    for (const [key, count] of visible) {
      const left = count - (ours.get(key) ?? 0);
      const name = theirNames.get(key) ?? '';
      if (left > 0 && exact.has(name) && !ignore(index + 1, name)) lines.push(`${index + 1} only tshark: ${key}`);
    }
    const ourProtocols = layers.map((layer) => layer.protocol).join(' ');
    const known = new Set(packetFields.filter((field) => field.type === 'protocol').map((field) => field.name));
    const theirProtocols = (reference[index] ?? []).filter((field) => known.has(field.name)).map((field) => field.name);
    if (ourProtocols !== theirProtocols.join(' ') && !ignore(index + 1, 'layers')) {
      lines.push(`${index + 1} layers: ours ${ourProtocols} | tshark ${theirProtocols.join(' ')}`);
    }
  }
  return lines;
}

/** XML keeps no control characters: both sides lose them. */
function clean(value: string): string {
  return value.replace(/\s+/g, ' ').trim();
}
