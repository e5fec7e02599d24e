/** Writes captures that Wireshark opens. */
import { viewOf } from './capture-format.ts';

export interface FrameToWrite {
  /** Milliseconds since the epoch; the fraction is kept to the microsecond (pcap) or nanosecond (`nanoseconds`). */
  readonly timeMs: number;
  /** Bytes on the wire; default: as many as given. */
  readonly length?: number;
  readonly bytes: Uint8Array;
}

export interface PcapWriteOptions {
  /** Default 1, Ethernet. */
  readonly linkType?: number;
  readonly nanoseconds?: boolean;
}

/** A whole pcap file (little endian). */
export function writePcap(frames: Iterable<FrameToWrite>, options: PcapWriteOptions = {}): Uint8Array {
  const parts = [pcapHeader(options)];
  for (const frame of frames) parts.push(pcapRecord(frame, options));
  return concat(parts);
}

/** The 24 bytes a pcap file starts with. */
export function pcapHeader(options: PcapWriteOptions = {}): Uint8Array {
  const header = new Uint8Array(24);
  const view = viewOf(header);
  view.setUint32(0, options.nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, 262_144, true);
  view.setUint32(20, options.linkType ?? 1, true);
  return header;
}

/** One record of such a file, so that a capture can be streamed. */
export function pcapRecord(frame: FrameToWrite, options: PcapWriteOptions = {}): Uint8Array {
  const record = new Uint8Array(16 + frame.bytes.length);
  const view = viewOf(record);
  const { seconds, fraction } = splitTime(frame.timeMs, options.nanoseconds ? 1e9 : 1e6);
  view.setUint32(0, seconds, true);
  view.setUint32(4, fraction, true);
  view.setUint32(8, frame.bytes.length, true);
  view.setUint32(12, frame.length ?? frame.bytes.length, true);
  record.set(frame.bytes, 16);
  return record;
}

export interface PcapngSource {
  /** Name of the interface as Wireshark shows it, for example `h1:eth0`. */
  readonly name: string;
  readonly linkType?: number;
  readonly frames: Iterable<FrameToWrite>;
}

/** A pcapng file (little endian, microseconds) with one interface per source; frames in order of time. */
export function writePcapng(sources: readonly PcapngSource[]): Uint8Array {
  const parts = [block(0x0a0d0d0a, sectionBody())];
  for (const source of sources) parts.push(block(1, interfaceBody(source)));
  const packets = sources.flatMap((source, index) => [...source.frames].map((frame) => ({ frame, index })));
  packets.sort((a, b) => a.frame.timeMs - b.frame.timeMs);
  for (const { frame, index } of packets) parts.push(block(6, packetBody(frame, index)));
  return concat(parts);
}

function sectionBody(): Uint8Array {
  const body = new Uint8Array(16);
  const view = viewOf(body);
  view.setUint32(0, 0x1a2b3c4d, true);
  view.setUint16(4, 1, true);
  // A section length of -1: not given.
  view.setBigInt64(8, -1n, true);
  return body;
}

function interfaceBody(source: PcapngSource): Uint8Array {
  const name = new TextEncoder().encode(source.name).subarray(0, 0xffff);
  const padded = Math.ceil(name.length / 4) * 4;
  const body = new Uint8Array(8 + 4 + padded + 4);
  const view = viewOf(body);
  view.setUint16(0, source.linkType ?? 1, true);
  view.setUint32(4, 262_144, true);
  view.setUint16(8, 2, true);
  view.setUint16(10, name.length, true);
  body.set(name, 12);
  return body;
}

function packetBody(frame: FrameToWrite, index: number): Uint8Array {
  const body = new Uint8Array(20 + Math.ceil(frame.bytes.length / 4) * 4);
  const view = viewOf(body);
  const { seconds, fraction } = splitTime(frame.timeMs, 1e6);
  const units = BigInt(seconds) * 1_000_000n + BigInt(fraction);
  view.setUint32(0, index, true);
  view.setUint32(4, Number(units >> 32n), true);
  view.setUint32(8, Number(units & 0xffff_ffffn), true);
  view.setUint32(12, frame.bytes.length, true);
  view.setUint32(16, frame.length ?? frame.bytes.length, true);
  body.set(frame.bytes, 20);
  return body;
}

function block(type: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length + 12);
  const view = viewOf(bytes);
  view.setUint32(0, type, true);
  view.setUint32(4, bytes.length, true);
  bytes.set(body, 8);
  view.setUint32(bytes.length - 4, bytes.length, true);
  return bytes;
}

function splitTime(timeMs: number, unitsPerSecond: number): { seconds: number; fraction: number } {
  let seconds = Math.floor(timeMs / 1000);
  let fraction = Math.round(((timeMs - seconds * 1000) / 1000) * unitsPerSecond);
  if (fraction >= unitsPerSecond) {
    seconds += 1;
    fraction -= unitsPerSecond;
  }
  return { seconds, fraction };
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
