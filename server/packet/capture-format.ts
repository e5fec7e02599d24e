/** What a capture file holds, whichever of the two formats it is in. */

export interface PcapngInterface {
  readonly linkType: number;
  readonly snapLength: number;
  /** Time units per second: 1e6 unless option if_tsresol says otherwise. */
  readonly unitsPerSecond: number;
  /** Seconds to add to every time (option if_tsoffset). */
  readonly offsetSeconds: number;
}

/** What the start of a capture says about the rest. Of pcapng, `interfaces` and `littleEndian` follow the blocks as they are read. */
export type CaptureFormat =
  | {
      readonly kind: 'pcap';
      readonly littleEndian: boolean;
      readonly nanoseconds: boolean;
      readonly linkType: number;
      readonly snapLength: number;
      /** Offset of the first record. */
      readonly start: number;
    }
  | {
      readonly kind: 'pcapng';
      littleEndian: boolean;
      interfaces: PcapngInterface[];
      interfacesReadUpTo: number;
      readonly start: number;
    };

export interface PacketRecord {
  /** Milliseconds since the epoch, with a fraction; good to about 0.3 µs. */
  readonly timeMs: number;
  /** The same, exact: whole seconds and the rest. */
  readonly seconds: number;
  readonly nanoseconds: number;
  /** Bytes on the wire. */
  readonly length: number;
  /** The bytes kept: a view into the buffer given, not a copy. */
  readonly bytes: Uint8Array;
  readonly linkType: number;
  /** Offset just after this record: where to go on when more bytes have come. */
  readonly end: number;
}

/** A record longer than this is taken as damage, not as a packet (tcpdump's MAXIMUM_SNAPLEN for most link types). */
export const MAX_RECORD_BYTES = 262_144;

/** The bytes are no capture from here on. */
export class CaptureDamage extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'CaptureDamage';
    this.offset = offset;
  }
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
