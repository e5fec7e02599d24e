/** ARP (RFC 826). */
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';

const ARP = fieldId('arp');
const HW_TYPE = fieldId('arp.hw.type');
const PROTO_TYPE = fieldId('arp.proto.type');
const HW_SIZE = fieldId('arp.hw.size');
const PROTO_SIZE = fieldId('arp.proto.size');
const OPCODE = fieldId('arp.opcode');
const IS_GRATUITOUS = fieldId('arp.isgratuitous');
const IS_PROBE = fieldId('arp.isprobe');
const IS_ANNOUNCEMENT = fieldId('arp.isannouncement');
const SRC_HW = fieldId('arp.src.hw');
const SRC_MAC = fieldId('arp.src.hw_mac');
const SRC_PROTO = fieldId('arp.src.proto');
const SRC_IPV4 = fieldId('arp.src.proto_ipv4');
const DST_HW = fieldId('arp.dst.hw');
const DST_MAC = fieldId('arp.dst.hw_mac');
const DST_PROTO = fieldId('arp.dst.proto');
const DST_IPV4 = fieldId('arp.dst.proto_ipv4');

export function arp(walk: Walk, offset: number): void {
  const layer = walk.layer(ARP, offset, walk.end - offset);
  const hwType = walk.u16(offset);
  walk.number(HW_TYPE, offset, 2, hwType);
  const protoType = walk.u16(offset + 2);
  walk.number(PROTO_TYPE, offset + 2, 2, protoType);
  const hwSize = walk.u8(offset + 4);
  walk.number(HW_SIZE, offset + 4, 1, hwSize);
  const protoSize = walk.u8(offset + 5);
  walk.number(PROTO_SIZE, offset + 5, 1, protoSize);
  const opcode = walk.u16(offset + 6);
  walk.number(OPCODE, offset + 6, 2, opcode);
  const length = 8 + 2 * hwSize + 2 * protoSize;
  walk.resize(layer, Math.min(length, walk.end - offset));
  const isMac = hwType === 1 && hwSize === 6;
  const isIpv4 = protoType === 0x0800 && protoSize === 4;
  const srcHw = offset + 8;
  const srcProto = srcHw + hwSize;
  const dstHw = srcProto + protoSize;
  const dstProto = dstHw + hwSize;
  if (isIpv4) flags(walk, offset, { srcProto, dstHw, dstProto, hwSize });
  if (hwSize > 0) walk.raw(isMac ? SRC_MAC : SRC_HW, srcHw, hwSize);
  if (protoSize > 0) walk.raw(isIpv4 ? SRC_IPV4 : SRC_PROTO, srcProto, protoSize);
  if (hwSize > 0) walk.raw(isMac ? DST_MAC : DST_HW, dstHw, hwSize);
  if (protoSize > 0) walk.raw(isIpv4 ? DST_IPV4 : DST_PROTO, dstProto, protoSize);
  const end = offset + length;
  walk.reportedEnd = Math.min(walk.reportedEnd, end);
  walk.end = Math.min(walk.end, end);
}

/** RFC 5227 section 2.1.1 and 2.3. */
function flags(
  walk: Walk,
  offset: number,
  at: { srcProto: number; dstHw: number; dstProto: number; hwSize: number },
): void {
  walk.need(at.dstProto, 4);
  const src = walk.u32(at.srcProto);
  const dst = walk.u32(at.dstProto);
  const opcode = walk.u16(offset + 6);
  let isTargetZero = true;
  for (let index = 0; index < at.hwSize; index++) isTargetZero &&= walk.u8(at.dstHw + index) === 0;
  if (src === dst && (opcode === 1 || opcode === 2)) {
    walk.number(IS_GRATUITOUS, offset, 0, 1);
    if (opcode === 1 && isTargetZero) walk.number(IS_ANNOUNCEMENT, offset, 0, 1);
  } else if (opcode === 1 && src === 0 && isTargetZero) walk.number(IS_PROBE, offset, 0, 1);
}
