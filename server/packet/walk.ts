/** One pass over one frame: reads within bounds and keeps the fields that somebody wants. Knows no protocol. */
import type { Fault } from './faults.ts';
import { FIELDS } from './fields.ts';

/** Thrown by reads past the end; one frozen value, because a stack trace per cut frame would cost more than decoding it. */
export class CutError extends Error {}
const CUT = Object.freeze(new CutError('The bytes end here.'));

/** Which fields are to be kept, worked out once for many frames. */
export interface Wants {
  /** By field id, 1 for those to keep. */
  readonly fields: Uint8Array;
  /** False when nothing of these is wanted, so that they need not be looked at. */
  readonly applications: boolean;
  readonly tcp: boolean;
  readonly tls: boolean;
  readonly dns: boolean;
  readonly tcpOptions: boolean;
  readonly httpHeaders: boolean;
}

export function wantFields(fields: Uint8Array): Wants {
  const isAny = (names: RegExp): boolean => FIELDS.some((field) => fields[field.id] === 1 && names.test(field.name));
  const applications = isAny(/^(http|tls|dns|json|data)(\.|$)/);
  return {
    fields,
    applications,
    tcp: applications || isAny(/^tcp(\.|$)/),
    tls: isAny(/^tls(\.|$)/),
    dns: isAny(/^dns(\.|$)/),
    tcpOptions: isAny(/^tcp\.option/),
    httpHeaders: isAny(/^http\.(?!request\.(method|uri|version)|response\.(code|phrase|version))/),
  };
}

/** Every field of the packet itself; what a capture adds about it (`frame.*`) is not wanted. */
export function wantAll(): Wants {
  return wantFields(Uint8Array.from(FIELDS, (field) => (/^frame(\.|$)/.test(field.name) ? 0 : 1)));
}

export interface WalkOptions {
  readonly dispatch: Dispatch;
  readonly verifyChecksums: boolean;
  readonly wants: Wants;
  /** Shared by the frames of one capture; without it, each frame stands alone. */
  readonly conversations?: Conversations;
}

/** How a dissector hands over to the next one without knowing it; dissect.ts fills it in. */
export interface Dispatch {
  /** What an EtherType announces. False when it is not known here, and the bytes were left alone. */
  byEtherType(walk: Walk, type: number, offset: number): boolean;
  /** What an IP protocol number announces; `offset` is after all IP headers. */
  byIpProtocol(walk: Walk, protocol: number, offset: number, addresses: IpAddresses): boolean;
}

/** Where source and destination stand, one after the other, for pseudo headers and conversations. */
export interface IpAddresses {
  readonly offset: number;
  readonly length: number;
}

/** What has been learned of TCP conversations on ports without a protocol of their own: by their end points, `http` or `tls`. */
export type Conversations = Map<string, 'http' | 'tls'>;

const MAX_CONVERSATIONS = 4096;

/** Reused from frame to frame, so that a filter allocates nothing per frame. */
export class Walk {
  bytes: Uint8Array = new Uint8Array(0);
  /** Reads must stay below: the captured bytes, or where an outer header says its content ends. */
  end = 0;
  /** Where the frame would end had everything been captured; layers narrow it as they narrow `end`. */
  reportedEnd = 0;
  /** True inside a fragment or an ICMP error's quotation, where checksums cannot be verified. */
  isPartial = false;
  /** True inside the packet that an ICMP error quotes, which is normally cut. */
  isQuoted = false;
  /** When the frame was captured, milliseconds since the epoch; NaN when nobody said. */
  timeMs = Number.NaN;
  depth = 0;
  problem: Fault | undefined;

  /** Kept fields, in order: id, place, and the value (NaN where the bytes or a text say it; of a layer, the end of its content). */
  count = 0;
  readonly ids: number[] = [];
  readonly offsets: number[] = [];
  readonly lengths: number[] = [];
  readonly numbers: number[] = [];
  readonly texts: (string | undefined)[] = [];

  readonly next: Dispatch;
  readonly wanted: Uint8Array;
  readonly groups: Wants;
  readonly verifyChecksums: boolean;
  readonly conversations: Conversations;

  constructor(options: WalkOptions) {
    this.next = options.dispatch;
    this.wanted = options.wants.fields;
    this.groups = options.wants;
    this.verifyChecksums = options.verifyChecksums;
    this.conversations = options.conversations ?? new Map();
  }

  start(bytes: Uint8Array, reportedLength: number, timeMs = Number.NaN): void {
    this.timeMs = timeMs;
    this.bytes = bytes;
    this.end = bytes.length;
    this.reportedEnd = Math.max(bytes.length, reportedLength);
    this.isPartial = false;
    this.isQuoted = false;
    this.depth = 0;
    this.problem = undefined;
    this.count = 0;
  }

  /** Opens a layer; `resize` can tell its length later. */
  layer(id: number, offset: number, length: number): number {
    if (offset > this.end) throw CUT;
    return this.number(id, offset, length, this.end);
  }

  /** A layer's bytes, content included, end where `end` is by now: what `contains` and slices of a protocol see. */
  bound(entry: number): void {
    if (entry >= 0) this.numbers[entry] = this.end;
  }

  resize(entry: number, length: number): void {
    if (entry >= 0) this.lengths[entry] = length;
  }

  /** Keeps a field whose value is a number; returns its entry, or -1 when nobody wants it. */
  number(id: number, offset: number, length: number, value: number): number {
    if (this.wanted[id] === 0) return -1;
    const at = this.count++;
    this.ids[at] = id;
    this.offsets[at] = offset;
    this.lengths[at] = length;
    this.numbers[at] = value;
    this.texts[at] = undefined;
    return at;
  }

  /** Keeps a field whose value is its bytes: an address, or bytes themselves. */
  raw(id: number, offset: number, length: number): void {
    if (offset + length > this.end) throw CUT;
    this.number(id, offset, length, Number.NaN);
  }

  /** The same, for a field that a cut capture shows in part. */
  rawUpTo(id: number, offset: number, length: number): void {
    const kept = Math.min(length, this.end - offset);
    if (kept >= 0) this.number(id, offset, kept, Number.NaN);
  }

  /** Keeps a field whose value is a text. Ask `wants` before making a text that costs. */
  text(id: number, offset: number, length: number, value: string): void {
    const at = this.number(id, offset, length, Number.NaN);
    if (at >= 0) this.texts[at] = value;
  }

  wants(id: number): boolean {
    return this.wanted[id] !== 0;
  }

  need(offset: number, length: number): void {
    if (offset + length > this.end) throw CUT;
  }

  cut(): never {
    throw CUT;
  }

  u8(offset: number): number {
    if (offset >= this.end) throw CUT;
    return this.bytes[offset] as number;
  }

  u16(offset: number): number {
    if (offset + 2 > this.end) throw CUT;
    const bytes = this.bytes;
    return ((bytes[offset] as number) << 8) | (bytes[offset + 1] as number);
  }

  u24(offset: number): number {
    return (this.u16(offset) << 8) | this.u8(offset + 2);
  }

  u32(offset: number): number {
    if (offset + 4 > this.end) throw CUT;
    const bytes = this.bytes;
    return (
      (((bytes[offset] as number) << 24) |
        ((bytes[offset + 1] as number) << 16) |
        ((bytes[offset + 2] as number) << 8) |
        (bytes[offset + 3] as number)) >>>
      0
    );
  }

  /** Says once what is wrong: the first fault of a frame is the one that explains it. */
  fault(...fault: Fault): void {
    this.problem ??= fault;
  }

  remember(key: string, kind: 'http' | 'tls'): void {
    if (this.conversations.size >= MAX_CONVERSATIONS) this.conversations.clear();
    this.conversations.set(key, kind);
  }
}
