/** DHCP over its BOOTP frame (RFC 2131), and the options people meet (RFC 2132). */
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';
import { textUpToZero } from './text.ts';

const DHCP = fieldId('dhcp');
const TYPE = fieldId('dhcp.type');
const HW_TYPE = fieldId('dhcp.hw.type');
const HW_LEN = fieldId('dhcp.hw.len');
const HOPS = fieldId('dhcp.hops');
const ID = fieldId('dhcp.id');
const SECS = fieldId('dhcp.secs');
const FLAGS = fieldId('dhcp.flags');
const FLAG_BC = fieldId('dhcp.flags.bc');
const FLAGS_RESERVED = fieldId('dhcp.flags.reserved');
const ADDRESSES = ['dhcp.ip.client', 'dhcp.ip.your', 'dhcp.ip.server', 'dhcp.ip.relay'].map(fieldId);
const MAC = fieldId('dhcp.hw.mac_addr');
const HW_ADDR = fieldId('dhcp.hw.addr');
const HW_PADDING = fieldId('dhcp.hw.addr_padding');
const SERVER = fieldId('dhcp.server');
const FILE = fieldId('dhcp.file');
const COOKIE = fieldId('dhcp.cookie');
const OPTION_TYPE = fieldId('dhcp.option.type');
const OPTION_LENGTH = fieldId('dhcp.option.length');
const OPTION_VALUE = fieldId('dhcp.option.value');
const OPTION_END = fieldId('dhcp.option.end');
const OPTION_PADDING = fieldId('dhcp.option.padding');

type OptionKind = 'address' | 'addresses' | 'byte' | 'bytes' | 'u16' | 'u32' | 'text';
const OPTIONS: ReadonlyMap<number, { field: number; kind: OptionKind }> = new Map(
  (
    [
      [1, 'subnet_mask', 'address'],
      [3, 'router', 'addresses'],
      [6, 'domain_name_server', 'addresses'],
      [12, 'hostname', 'text'],
      [15, 'domain_name', 'text'],
      [26, 'interface_mtu', 'u16'],
      [28, 'broadcast_address', 'address'],
      [42, 'ntp_server', 'addresses'],
      [50, 'requested_ip_address', 'address'],
      [51, 'ip_address_lease_time', 'u32'],
      [53, 'dhcp', 'byte'],
      [54, 'dhcp_server_id', 'address'],
      [55, 'request_list_item', 'bytes'],
      [56, 'message', 'text'],
      [57, 'dhcp_max_message_size', 'u16'],
      [58, 'renewal_time_value', 'u32'],
      [59, 'rebinding_time_value', 'u32'],
      [60, 'vendor_class_id', 'text'],
    ] as const
  ).map(([code, name, kind]) => [code, { field: fieldId(`dhcp.option.${name}`), kind }]),
);

const FIXED_BYTES = 236;
const MAGIC_COOKIE = 0x63825363;
const PAD = 0;
const END = 255;

/** False when this cannot be BOOTP: its first byte is neither request nor reply. */
export function dhcp(walk: Walk, offset: number): boolean {
  const type = walk.u8(offset);
  if (type !== 1 && type !== 2) return false;
  walk.layer(DHCP, offset, walk.end - offset);
  walk.number(TYPE, offset, 1, type);
  const hwType = walk.u8(offset + 1);
  const hwLength = walk.u8(offset + 2);
  walk.number(HW_TYPE, offset + 1, 1, hwType);
  walk.number(HW_LEN, offset + 2, 1, hwLength);
  walk.number(HOPS, offset + 3, 1, walk.u8(offset + 3));
  walk.number(ID, offset + 4, 4, walk.u32(offset + 4));
  walk.number(SECS, offset + 8, 2, walk.u16(offset + 8));
  const flags = walk.u16(offset + 10);
  walk.number(FLAGS, offset + 10, 2, flags);
  walk.number(FLAG_BC, offset + 10, 2, flags >> 15);
  walk.number(FLAGS_RESERVED, offset + 10, 2, flags & 0x7fff);
  for (const [index, field] of ADDRESSES.entries()) walk.raw(field, offset + 12 + index * 4, 4);
  if (hwLength > 0 && hwLength <= 16) {
    walk.raw(hwType === 1 && hwLength === 6 ? MAC : HW_ADDR, offset + 28, hwLength);
    if (hwLength < 16) walk.raw(HW_PADDING, offset + 28 + hwLength, 16 - hwLength);
  }
  walk.need(offset, FIXED_BYTES);
  textField(walk, SERVER, offset + 44, 64);
  textField(walk, FILE, offset + 108, 128);
  const options = offset + FIXED_BYTES;
  if (walk.reportedEnd - options < 4 || walk.u32(options) !== MAGIC_COOKIE) return true;
  walk.raw(COOKIE, options, 4);
  readOptions(walk, options + 4);
  return true;
}

function textField(walk: Walk, field: number, at: number, length: number): void {
  if (walk.wants(field)) walk.text(field, at, length, textUpToZero(walk.bytes, at, at + length));
}

function readOptions(walk: Walk, start: number): void {
  for (let at = start; at < walk.reportedEnd;) {
    const code = walk.u8(at);
    if (code === END) {
      // tshark gives the two codes without a length type 0.
      walk.number(OPTION_TYPE, at, 1, 0);
      walk.number(OPTION_END, at, 1, END);
      if (at + 1 < walk.end) walk.raw(OPTION_PADDING, at + 1, walk.end - at - 1);
      return;
    }
    if (code === PAD) {
      let end = at + 1;
      while (end < walk.end && walk.bytes[end] === PAD) end++;
      walk.number(OPTION_TYPE, at, 1, 0);
      walk.raw(OPTION_PADDING, at, end - at);
      at = end;
      continue;
    }
    const length = walk.u8(at + 1);
    walk.number(OPTION_TYPE, at, 2 + length, code);
    walk.number(OPTION_LENGTH, at + 1, 1, length);
    walk.need(at + 2, length);
    if (length > 0) option(walk, code, at + 2, length);
    at += 2 + length;
  }
}

function option(walk: Walk, code: number, at: number, length: number): void {
  walk.raw(OPTION_VALUE, at, length);
  const known = OPTIONS.get(code);
  if (!known) return;
  const { field, kind } = known;
  switch (kind) {
    case 'address':
      return length === 4 ? walk.raw(field, at, 4) : wrongLength(walk, code, length);
    case 'addresses':
      if (length % 4 !== 0) return wrongLength(walk, code, length);
      for (let each = 0; each < length; each += 4) walk.raw(field, at + each, 4);
      return;
    case 'byte':
      if (length !== 1) return wrongLength(walk, code, length);
      walk.number(field, at, 1, walk.u8(at));
      return;
    case 'bytes':
      for (let each = 0; each < length; each++) walk.number(field, at + each, 1, walk.u8(at + each));
      return;
    case 'u16':
      if (length !== 2) return wrongLength(walk, code, length);
      walk.number(field, at, 2, walk.u16(at));
      return;
    case 'u32':
      if (length !== 4) return wrongLength(walk, code, length);
      walk.number(field, at, 4, walk.u32(at));
      return;
    case 'text':
      if (walk.wants(field)) walk.text(field, at, length, textUpToZero(walk.bytes, at, at + length));
      return;
  }
}

function wrongLength(walk: Walk, code: number, length: number): void {
  walk.fault('dhcpOptionLength', code, length);
}
