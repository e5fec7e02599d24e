/** VXLAN (RFC 7348) with the group policy bits of draft-smith-vxlan-group-policy. */
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';

const VXLAN = fieldId('vxlan');
const FLAGS = fieldId('vxlan.flags');
const FLAG_G = fieldId('vxlan.flag_g');
const FLAG_I = fieldId('vxlan.flag_i');
const FLAG_D = fieldId('vxlan.flag_d');
const FLAG_A = fieldId('vxlan.flag_a');
const FLAGS_RESERVED = fieldId('vxlan.flags_reserved');
const GBP = fieldId('vxlan.gbp');
const VNI = fieldId('vxlan.vni');
const RESERVED8 = fieldId('vxlan.reserved8');

const ETHERTYPE_BRIDGED = 0x6558;

export function vxlan(walk: Walk, offset: number): void {
  walk.layer(VXLAN, offset, Math.min(8, walk.end - offset));
  const flags = walk.u16(offset);
  walk.number(FLAGS, offset, 2, flags);
  walk.number(FLAG_G, offset, 2, flags >> 15);
  walk.number(FLAG_I, offset, 2, (flags >> 11) & 1);
  walk.number(FLAG_D, offset, 2, (flags >> 6) & 1);
  walk.number(FLAG_A, offset, 2, (flags >> 3) & 1);
  walk.number(FLAGS_RESERVED, offset, 2, flags & 0x77b7);
  walk.number(GBP, offset + 2, 2, walk.u16(offset + 2));
  walk.number(VNI, offset + 4, 3, walk.u24(offset + 4));
  walk.number(RESERVED8, offset + 7, 1, walk.u8(offset + 7));
  walk.next.byEtherType(walk, ETHERTYPE_BRIDGED, offset + 8);
}
