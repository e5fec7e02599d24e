/** Resource records (RFC 1035 section 4.1.3, RFC 3596, RFC 2782) and EDNS (RFC 6891). */
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';
import { readName } from './dns-name.ts';
import { textAt } from './text.ts';

const NAME = fieldId('dns.resp.name');
const TYPE = fieldId('dns.resp.type');
const CLASS = fieldId('dns.resp.class');
const CACHE_FLUSH = fieldId('dns.resp.cache_flush');
const TTL = fieldId('dns.resp.ttl');
const LEN = fieldId('dns.resp.len');
const A = fieldId('dns.a');
const AAAA = fieldId('dns.aaaa');
const MX_PREFERENCE = fieldId('dns.mx.preference');
const MX_EXCHANGE = fieldId('dns.mx.mail_exchange');
const TXT_LENGTH = fieldId('dns.txt.length');
const TXT = fieldId('dns.txt');
const SOA_NAMES = ['dns.soa.mname', 'dns.soa.rname'].map(fieldId);
const SOA_NUMBERS = [
  'dns.soa.serial_number',
  'dns.soa.refresh_interval',
  'dns.soa.retry_interval',
  'dns.soa.expire_limit',
  'dns.soa.minimum_ttl',
].map(fieldId);
const SRV_SERVICE = fieldId('dns.srv.service');
const SRV_PROTO = fieldId('dns.srv.proto');
const SRV_NAME = fieldId('dns.srv.name');
const SRV_PRIORITY = fieldId('dns.srv.priority');
const SRV_WEIGHT = fieldId('dns.srv.weight');
const SRV_PORT = fieldId('dns.srv.port');
const SRV_TARGET = fieldId('dns.srv.target');
const UDP_PAYLOAD_SIZE = fieldId('dns.rr.udp_payload_size');
const EXT_RCODE = fieldId('dns.resp.ext_rcode');
const EDNS_VERSION = fieldId('dns.resp.edns0_version');
const EDNS_Z = fieldId('dns.resp.z');
const EDNS_DO = fieldId('dns.resp.z.do');
const EDNS_RESERVED = fieldId('dns.resp.z.reserved');
const OPT = fieldId('dns.opt');
const OPT_CODE = fieldId('dns.opt.code');
const OPT_LEN = fieldId('dns.opt.len');
const OPT_DATA = fieldId('dns.opt.data');
/** Types whose data is one name. */
const NAME_TYPES: ReadonlyMap<number, number> = new Map([
  [2, fieldId('dns.ns')],
  [5, fieldId('dns.cname')],
  [12, fieldId('dns.ptr.domain_name')],
]);

const TYPE_A = 1;
const TYPE_SOA = 6;
const TYPE_MX = 15;
const TYPE_TXT = 16;
const TYPE_AAAA = 28;
const TYPE_SRV = 33;
const TYPE_OPT = 41;

/** Reads one record and returns where the next one starts. */
export function readRecord(walk: Walk, start: number, message: number, isMulticast: boolean): number {
  const name = readName(walk, start, message);
  const at = start + name.length;
  const type = walk.u16(at);
  const length = walk.u16(at + 8);
  const data = at + 10;
  if (type === TYPE_SRV) serviceName(walk, start, name.length, name.text);
  else walk.text(NAME, start, name.length, name.text);
  walk.number(TYPE, at, 2, type);
  if (type === TYPE_OPT) edns(walk, at);
  else {
    const classBits = walk.u16(at + 2);
    walk.number(CLASS, at + 2, 2, isMulticast ? classBits & 0x7fff : classBits);
    if (isMulticast) walk.number(CACHE_FLUSH, at + 2, 2, classBits >> 15);
    walk.number(TTL, at + 4, 4, walk.u32(at + 4));
  }
  walk.number(LEN, at + 8, 2, length);
  walk.need(data, length);
  recordData(walk, type, data, length, message);
  return data + length;
}

function recordData(walk: Walk, type: number, at: number, length: number, message: number): void {
  const nameField = NAME_TYPES.get(type);
  if (nameField !== undefined) return void nameInto(walk, nameField, at, message);
  switch (type) {
    case TYPE_A:
      return walk.raw(A, at, 4);
    case TYPE_AAAA:
      return walk.raw(AAAA, at, 16);
    case TYPE_MX:
      walk.number(MX_PREFERENCE, at, 2, walk.u16(at));
      return void nameInto(walk, MX_EXCHANGE, at + 2, message);
    case TYPE_TXT:
      return strings(walk, at, at + length);
    case TYPE_SOA: {
      let place = at;
      for (const field of SOA_NAMES) place += nameInto(walk, field, place, message);
      for (const field of SOA_NUMBERS) {
        walk.number(field, place, 4, walk.u32(place));
        place += 4;
      }
      return;
    }
    case TYPE_SRV:
      walk.number(SRV_PRIORITY, at, 2, walk.u16(at));
      walk.number(SRV_WEIGHT, at + 2, 2, walk.u16(at + 2));
      walk.number(SRV_PORT, at + 4, 2, walk.u16(at + 4));
      return void nameInto(walk, SRV_TARGET, at + 6, message);
    case TYPE_OPT:
      return ednsOptions(walk, at, at + length);
  }
}

function nameInto(walk: Walk, field: number, at: number, message: number): number {
  const name = readName(walk, at, message);
  walk.text(field, at, name.length, name.text);
  return name.length;
}

function strings(walk: Walk, start: number, end: number): void {
  for (let at = start; at < end;) {
    const size = Math.min(walk.u8(at), end - at - 1);
    walk.number(TXT_LENGTH, at, 1, size);
    walk.text(TXT, at + 1, size, textAt(walk.bytes, at + 1, at + 1 + size));
    at += 1 + size;
  }
}

/** `_http._tcp.example.org` says which service, over what, and whose. */
function serviceName(walk: Walk, start: number, length: number, text: string): void {
  const [service = '', protocol = '', ...rest] = text.split('.');
  walk.text(SRV_SERVICE, start, length, service);
  walk.text(SRV_PROTO, start, length, protocol);
  walk.text(SRV_NAME, start, length, rest.join('.'));
}

/** An OPT record keeps other things where a class and a time to live stand. */
function edns(walk: Walk, at: number): void {
  walk.number(UDP_PAYLOAD_SIZE, at + 2, 2, walk.u16(at + 2));
  walk.number(EXT_RCODE, at + 4, 1, walk.u8(at + 4));
  walk.number(EDNS_VERSION, at + 5, 1, walk.u8(at + 5));
  const bits = walk.u16(at + 6);
  walk.number(EDNS_Z, at + 6, 2, bits);
  walk.number(EDNS_DO, at + 6, 2, bits >> 15);
  walk.number(EDNS_RESERVED, at + 6, 2, bits & 0x7fff);
}

function ednsOptions(walk: Walk, start: number, end: number): void {
  for (let at = start; at + 4 <= end;) {
    const length = walk.u16(at + 2);
    walk.number(OPT, at, 4 + length, Number.NaN);
    walk.number(OPT_CODE, at, 2, walk.u16(at));
    walk.number(OPT_LEN, at + 2, 2, length);
    if (at + 4 + length > end) return walk.fault('ednsOptionLength');
    if (length > 0) walk.raw(OPT_DATA, at + 4, length);
    at += 4 + length;
  }
}
