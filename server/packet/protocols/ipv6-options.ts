/** Options of the hop-by-hop and destination headers (RFC 8200 section 4.2, RFC 2711). */
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';

const OPT = fieldId('ipv6.opt');
const TYPE = fieldId('ipv6.opt.type');
const ACTION = fieldId('ipv6.opt.type.action');
const CHANGE = fieldId('ipv6.opt.type.change');
const REST = fieldId('ipv6.opt.type.rest');
const LENGTH = fieldId('ipv6.opt.length');
const PAD1 = fieldId('ipv6.opt.pad1');
const PADN = fieldId('ipv6.opt.padn');
const ROUTER_ALERT = fieldId('ipv6.opt.router_alert');
const JUMBO = fieldId('ipv6.opt.jumbo');

export function ipv6Options(walk: Walk, start: number, end: number): void {
  for (let at = start; at < end;) {
    const type = walk.u8(at);
    const isPad1 = type === 0;
    const length = isPad1 ? 0 : walk.u8(at + 1);
    walk.number(TYPE, at, 1, type);
    if (isPad1) {
      walk.number(PAD1, at, 1, Number.NaN);
      at += 1;
      continue;
    }
    walk.number(OPT, at, 2 + length, Number.NaN);
    walk.number(ACTION, at, 1, type >> 6);
    walk.number(CHANGE, at, 1, (type >> 5) & 1);
    walk.number(REST, at, 1, type & 31);
    walk.number(LENGTH, at + 1, 1, length);
    if (at + 2 + length > end) return walk.fault('ipv6OptionLength', at);
    if (type === 1) walk.raw(PADN, at + 2, length);
    else if (type === 5 && length === 2) walk.number(ROUTER_ALERT, at + 2, 2, walk.u16(at + 2));
    else if (type === 0xc2 && length === 4) walk.number(JUMBO, at + 2, 4, walk.u32(at + 2));
    at += 2 + length;
  }
}
