/** DNS messages (RFC 1035), also as multicast DNS (RFC 6762) and LLMNR (RFC 4795). */
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';
import { readName } from './dns-name.ts';
import { readRecord } from './dns-record.ts';

export type DnsKind = 'dns' | 'mdns' | 'llmnr';

const LAYERS: Readonly<Record<DnsKind, number>> = {
  dns: fieldId('dns'),
  mdns: fieldId('mdns'),
  llmnr: fieldId('llmnr'),
};
const LENGTH = fieldId('dns.length');
const ID = fieldId('dns.id');
const FLAGS = fieldId('dns.flags');
const RESPONSE = fieldId('dns.flags.response');
const OPCODE = fieldId('dns.flags.opcode');
const AUTHORITATIVE = fieldId('dns.flags.authoritative');
const CONFLICT = fieldId('dns.flags.conflict');
const TRUNCATED = fieldId('dns.flags.truncated');
const RECDESIRED = fieldId('dns.flags.recdesired');
const TENTATIVE = fieldId('dns.flags.tentative');
const RECAVAIL = fieldId('dns.flags.recavail');
const Z = fieldId('dns.flags.z');
const AUTHENTICATED = fieldId('dns.flags.authenticated');
const CHECKDISABLE = fieldId('dns.flags.checkdisable');
const RCODE = fieldId('dns.flags.rcode');
const QUERIES = fieldId('dns.count.queries');
const ANSWERS = fieldId('dns.count.answers');
const AUTHORITIES = fieldId('dns.count.auth_rr');
const ADDITIONALS = fieldId('dns.count.add_rr');
const QRY_NAME = fieldId('dns.qry.name');
const QRY_NAME_LEN = fieldId('dns.qry.name.len');
const LABELS = fieldId('dns.count.labels');
const QRY_TYPE = fieldId('dns.qry.type');
const QRY_CLASS = fieldId('dns.qry.class');
const QRY_QU = fieldId('dns.qry.qu');

const HEADER_BYTES = 12;

/** Over TCP a message starts with its length (RFC 1035 section 4.2.2). */
export function dnsOverTcp(walk: Walk, offset: number): void {
  dns(walk, offset + 2, 'dns', offset);
}

export function dns(walk: Walk, offset: number, kind: DnsKind, layerStart = offset): void {
  walk.layer(LAYERS[kind], layerStart, walk.end - layerStart);
  if (layerStart < offset) walk.number(LENGTH, layerStart, 2, walk.u16(layerStart));
  walk.number(ID, offset, 2, walk.u16(offset));
  flags(walk, offset + 2, kind);
  const questions = walk.u16(offset + 4);
  walk.number(QUERIES, offset + 4, 2, questions);
  const answers = walk.u16(offset + 6);
  walk.number(ANSWERS, offset + 6, 2, answers);
  const authorities = walk.u16(offset + 8);
  walk.number(AUTHORITIES, offset + 8, 2, authorities);
  const additionals = walk.u16(offset + 10);
  walk.number(ADDITIONALS, offset + 10, 2, additionals);
  let at = offset + HEADER_BYTES;
  for (let index = 0; index < questions; index++) at = question(walk, at, offset, kind);
  const records = answers + authorities + additionals;
  for (let index = 0; index < records; index++) at = readRecord(walk, at, offset, kind === 'mdns');
}

function flags(walk: Walk, at: number, kind: DnsKind): void {
  const bits = walk.u16(at);
  const isResponse = bits >> 15 === 1;
  const isLlmnr = kind === 'llmnr';
  walk.number(FLAGS, at, 2, bits);
  walk.number(RESPONSE, at, 2, bits >> 15);
  walk.number(OPCODE, at, 2, (bits >> 11) & 15);
  if (isLlmnr) walk.number(CONFLICT, at, 2, (bits >> 10) & 1);
  else if (isResponse) walk.number(AUTHORITATIVE, at, 2, (bits >> 10) & 1);
  walk.number(TRUNCATED, at, 2, (bits >> 9) & 1);
  walk.number(isLlmnr ? TENTATIVE : RECDESIRED, at, 2, (bits >> 8) & 1);
  if (!isLlmnr) {
    if (isResponse) walk.number(RECAVAIL, at, 2, (bits >> 7) & 1);
    walk.number(Z, at, 2, (bits >> 6) & 1);
    if (isResponse || (bits >> 5) & 1) walk.number(AUTHENTICATED, at, 2, (bits >> 5) & 1);
    walk.number(CHECKDISABLE, at, 2, (bits >> 4) & 1);
  }
  if (isResponse) walk.number(RCODE, at, 2, bits & 15);
}

function question(walk: Walk, start: number, message: number, kind: DnsKind): number {
  const name = readName(walk, start, message);
  walk.text(QRY_NAME, start, name.length, name.text);
  walk.number(QRY_NAME_LEN, start, name.length, name.textLength);
  walk.number(LABELS, start, name.length, name.labels);
  const at = start + name.length;
  walk.number(QRY_TYPE, at, 2, walk.u16(at));
  const classBits = walk.u16(at + 2);
  const hasQuBit = kind === 'mdns';
  walk.number(QRY_CLASS, at + 2, 2, hasQuBit ? classBits & 0x7fff : classBits);
  if (hasQuBit) walk.number(QRY_QU, at + 2, 2, classBits >> 15);
  return at + 4;
}
