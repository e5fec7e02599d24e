/** Frames made by hand, header by header, with right checksums unless told otherwise. */
import { addWords, fold } from '../../../server/packet/checksum.ts';

export type Bytes = readonly number[] | Uint8Array;

export function bytes(...parts: (Bytes | number | string)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'number' ? [part] : typeof part === 'string' ? [...new TextEncoder().encode(part)] : [...part],
    ),
  );
}

export const hex = (digits: string): Uint8Array =>
  Uint8Array.from(digits.replaceAll(/[\s:]/g, '').match(/../g) ?? [], (pair) => parseInt(pair, 16));
export const u16 = (value: number): number[] => [(value >> 8) & 255, value & 255];
export const u32 = (value: number): number[] => [...u16(Math.floor(value / 65536)), ...u16(value % 65536)];

export const MAC_A = hex('02:00:00:00:00:0a');
export const MAC_B = hex('02:00:00:00:00:0b');
const IP_A = [10, 0, 0, 1];
const IP_B = [10, 0, 0, 2];
const IP6_A = hex('fd00000000000000000000000000000a');
const IP6_B = hex('fd00000000000000000000000000000b');

export function eth(type: number, payload: Bytes, dst: Bytes = MAC_B, src: Bytes = MAC_A): Uint8Array {
  return bytes(dst, src, u16(type), payload);
}

export interface Ip4Options {
  readonly id?: number;
  readonly flagsAndOffset?: number;
  readonly ttl?: number;
  readonly tos?: number;
  readonly options?: Bytes;
  readonly totalLength?: number;
  readonly checksum?: number;
  readonly src?: Bytes;
  readonly dst?: Bytes;
  readonly versionAndLength?: number;
}

export function ip4(protocol: number, payload: Bytes, how: Ip4Options = {}): Uint8Array {
  const options = bytes(how.options ?? []);
  const headerLength = 20 + options.length;
  const header = bytes(
    how.versionAndLength ?? 0x40 + headerLength / 4,
    how.tos ?? 0,
    u16(how.totalLength ?? headerLength + payload.length),
    u16(how.id ?? 1),
    u16(how.flagsAndOffset ?? 0),
    how.ttl ?? 64,
    protocol,
    0,
    0,
    how.src ?? IP_A,
    how.dst ?? IP_B,
    options,
  );
  header.set(u16(how.checksum ?? ~fold(addWords(header, 0, header.length)) & 0xffff), 10);
  return bytes(header, payload);
}

export function ip6(next: number, payload: Bytes, how: { plen?: number; src?: Bytes; dst?: Bytes } = {}): Uint8Array {
  const first = [0x60, 0x01, 0x23, 0x45];
  return bytes(first, u16(how.plen ?? payload.length), next, 64, how.src ?? IP6_A, how.dst ?? IP6_B, payload);
}

/** Fills in the checksum at `at` over a pseudo header of the default addresses. */
function withChecksum(protocol: number, segment: Uint8Array, at: number, isIp6: boolean): Uint8Array {
  const addresses = isIp6 ? bytes(IP6_A, IP6_B) : bytes(IP_A, IP_B);
  const sum = addWords(addresses, 0, addresses.length) + protocol + segment.length;
  segment.set(u16(~fold(addWords(segment, 0, segment.length, sum)) & 0xffff), at);
  return segment;
}

export function udp(
  src: number,
  dst: number,
  payload: Bytes,
  how: { length?: number; checksum?: number; isIp6?: boolean } = {},
): Uint8Array {
  const datagram = bytes(u16(src), u16(dst), u16(how.length ?? 8 + payload.length), 0, 0, payload);
  if (how.checksum === undefined) return withChecksum(17, datagram, 6, how.isIp6 ?? false);
  datagram.set(u16(how.checksum), 6);
  return datagram;
}

export interface TcpOptions {
  readonly flags?: number;
  readonly options?: Bytes;
  readonly checksum?: number;
  readonly isIp6?: boolean;
  readonly dataOffset?: number;
  readonly seq?: number;
}

export function tcp(src: number, dst: number, payload: Bytes = [], how: TcpOptions = {}): Uint8Array {
  const options = bytes(how.options ?? []);
  const words = how.dataOffset ?? 5 + options.length / 4;
  const segment = bytes(
    u16(src),
    u16(dst),
    u32(how.seq ?? 1000),
    u32(2000),
    u16((words << 12) | (how.flags ?? 0x018)),
    u16(500),
    [0, 0, 0, 0],
    options,
    payload,
  );
  if (how.checksum === undefined) return withChecksum(6, segment, 16, how.isIp6 ?? false);
  segment.set(u16(how.checksum), 16);
  return segment;
}

export function icmp(type: number, code: number, rest: Bytes): Uint8Array {
  const message = bytes(type, code, 0, 0, rest);
  message.set(u16(~fold(addWords(message, 0, message.length)) & 0xffff), 2);
  return message;
}

export function icmp6(type: number, code: number, rest: Bytes): Uint8Array {
  return withChecksum(58, bytes(type, code, 0, 0, rest), 2, true);
}

export const ip4Frame = (protocol: number, payload: Bytes, how: Ip4Options = {}): Uint8Array =>
  eth(0x0800, ip4(protocol, payload, how));
export const ip6Frame = (next: number, payload: Bytes): Uint8Array => eth(0x86dd, ip6(next, payload));

/** `www.example.org` as labels. */
export function dnsName(name: string): Uint8Array {
  return bytes(
    ...name
      .split('.')
      .filter(Boolean)
      .flatMap((label) => [label.length, label]),
    0,
  );
}

export function arp(opcode: number, src: { mac: Bytes; ip: Bytes }, dst: { mac: Bytes; ip: Bytes }): Uint8Array {
  return eth(0x0806, bytes(u16(1), u16(0x0800), 6, 4, u16(opcode), src.mac, src.ip, dst.mac, dst.ip));
}
