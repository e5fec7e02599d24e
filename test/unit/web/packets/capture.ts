/** The packets of a recorded capture, as the list of the page numbers them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeFrame, type Decoded } from '../../../../server/packet/decode.ts';
import { readFormat, readRecords } from '../../../../server/packet/pcap.ts';
import type { Packet } from '../../../../web/packets/packet.ts';
import { Relations } from '../../../../web/packets/relations.ts';

export function capture(name: string): Packet[] {
  const bytes = readFileSync(join(import.meta.dirname, '../../packet/fixtures', name));
  const format = readFormat(bytes);
  if (typeof format === 'string') throw new Error(`${name} is no capture.`);
  return [...readRecords(bytes, format.start, format)].map(({ timeMs, length, bytes: content }, index) => ({
    number: index + 1,
    timeMs,
    length,
    bytes: content,
  }));
}

export function opened({ bytes, length, timeMs }: Packet): Decoded {
  return decodeFrame(bytes, { originalLength: length, timeMs });
}

export function related(packets: readonly Packet[]): Relations {
  const relations = new Relations();
  for (const packet of packets) relations.add(packet, opened(packet), 1);
  return relations;
}
