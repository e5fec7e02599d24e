/** Blocks of a pcapng file (draft-ietf-opsawg-pcapng): section header, interface description, enhanced, simple and old packet block. */
import { CaptureDamage, MAX_RECORD_BYTES, viewOf } from './capture-format.ts';
import type { CaptureFormat, PacketRecord, PcapngInterface } from './capture-format.ts';

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;
const OPTION_TSRESOL = 9;
const OPTION_TSOFFSET = 14;
const MAX_BLOCK_BYTES = 16 * 1024 * 1024;

type PcapngFormat = CaptureFormat & { kind: 'pcapng' };

export function* pcapngRecords(bytes: Uint8Array, offset: number, format: PcapngFormat): Generator<PacketRecord, void> {
  const view = viewOf(bytes);
  for (let at = offset; at + 12 <= bytes.length;) {
    const type = view.getUint32(at, format.littleEndian);
    if (type === SECTION_HEADER) startSection(view, at, format);
    const length = view.getUint32(at + 4, format.littleEndian);
    if (length < 12 || length % 4 !== 0 || length > MAX_BLOCK_BYTES) {
      throw new CaptureDamage(`The block at byte ${at} claims ${length} bytes, which no block has.`, at);
    }
    const end = at + length;
    if (end > bytes.length) return;
    if (type === INTERFACE_DESCRIPTION && at >= format.interfacesReadUpTo) {
      format.interfaces.push(readInterface(view, at, end, format.littleEndian));
      format.interfacesReadUpTo = end;
    }
    const record = readPacket(type, bytes, view, at, end, format);
    if (record) yield record;
    at = end;
  }
}

function startSection(view: DataView, at: number, format: PcapngFormat): void {
  const order = view.getUint32(at + 8, false);
  if (order !== 0x1a2b3c4d && order !== 0x4d3c2b1a) {
    throw new CaptureDamage(`The section at byte ${at} has no byte-order mark.`, at);
  }
  format.littleEndian = order === 0x4d3c2b1a;
  if (at >= format.interfacesReadUpTo) {
    format.interfaces = [];
    format.interfacesReadUpTo = at + 12;
  }
}

function readInterface(view: DataView, at: number, end: number, littleEndian: boolean): PcapngInterface {
  if (end - at < 20) throw new CaptureDamage(`The interface description at byte ${at} is too short.`, at);
  let unitsPerSecond = 1e6;
  let offsetSeconds = 0;
  for (let option = at + 16; option + 4 <= end - 4;) {
    const code = view.getUint16(option, littleEndian);
    const length = view.getUint16(option + 2, littleEndian);
    if (code === 0 || option + 4 + length > end - 4) break;
    if (code === OPTION_TSRESOL && length >= 1) {
      const resolution = view.getUint8(option + 4);
      unitsPerSecond = resolution & 0x80 ? 2 ** (resolution & 0x7f) : 10 ** resolution;
    } else if (code === OPTION_TSOFFSET && length >= 8) {
      offsetSeconds = Number(view.getBigInt64(option + 4, littleEndian));
    }
    option += 4 + length + ((4 - (length % 4)) % 4);
  }
  const linkType = view.getUint16(at + 8, littleEndian);
  return { linkType, snapLength: view.getUint32(at + 12, littleEndian), unitsPerSecond, offsetSeconds };
}

function readPacket(
  type: number,
  bytes: Uint8Array,
  view: DataView,
  at: number,
  end: number,
  format: PcapngFormat,
): PacketRecord | null {
  const isSimple = type === SIMPLE_PACKET;
  if (!isSimple && type !== ENHANCED_PACKET && type !== PACKET) return null;
  const headerLength = isSimple ? 12 : 28;
  if (end - at < headerLength + 4) throw new CaptureDamage(`The packet block at byte ${at} is too short.`, at);
  const little = format.littleEndian;
  const index = isSimple ? 0 : type === PACKET ? view.getUint16(at + 8, little) : view.getUint32(at + 8, little);
  const source = format.interfaces[index];
  if (!source) {
    throw new CaptureDamage(
      `The packet block at byte ${at} names interface ${index}, which the file does not describe.`,
      at,
    );
  }
  const length = view.getUint32(isSimple ? at + 8 : at + 24, little);
  const room = end - 4 - (at + headerLength);
  const kept = isSimple ? Math.min(length, source.snapLength || length, room) : view.getUint32(at + 20, little);
  if (kept > room || kept > MAX_RECORD_BYTES) {
    throw new CaptureDamage(`The packet block at byte ${at} claims ${kept} bytes and has ${room}.`, at);
  }
  const from = at + headerLength;
  const time = isSimple
    ? { seconds: 0, nanoseconds: 0 }
    : readTime(view.getUint32(at + 12, little), view.getUint32(at + 16, little), source);
  return {
    timeMs: time.seconds * 1000 + time.nanoseconds / 1e6,
    seconds: time.seconds,
    nanoseconds: time.nanoseconds,
    length,
    bytes: bytes.subarray(from, from + kept),
    linkType: source.linkType,
    end,
  };
}

function readTime(high: number, low: number, source: PcapngInterface): { seconds: number; nanoseconds: number } {
  const units = (BigInt(high) << 32n) | BigInt(low);
  const perSecond = BigInt(Math.max(1, Math.round(source.unitsPerSecond)));
  const seconds = Number(units / perSecond) + source.offsetSeconds;
  return { seconds, nanoseconds: Number(((units % perSecond) * 1_000_000_000n) / perSecond) };
}
