/** 802.1Q tags (customer, and service tags of 802.1ad). */
import { data } from './data.ts';
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';

const VLAN = fieldId('vlan');
const VLAN_PRIORITY = fieldId('vlan.priority');
const VLAN_DEI = fieldId('vlan.dei');
const VLAN_ID = fieldId('vlan.id');
const VLAN_ETYPE = fieldId('vlan.etype');
const VLAN_LEN = fieldId('vlan.len');
const AD = fieldId('ieee8021ad');
const AD_PRIORITY = fieldId('ieee8021ad.priority');
const AD_DEI = fieldId('ieee8021ad.dei');
const AH_ETYPE = fieldId('ieee8021ah.etype');
const AD_ID = fieldId('ieee8021ad.id');

export function vlan(walk: Walk, offset: number, isService: boolean): void {
  walk.layer(isService ? AD : VLAN, offset, 4);
  const tag = walk.u16(offset);
  const bitsLength = isService ? 1 : 2;
  walk.number(isService ? AD_PRIORITY : VLAN_PRIORITY, offset, bitsLength, tag >> 13);
  walk.number(isService ? AD_DEI : VLAN_DEI, offset, bitsLength, (tag >> 12) & 1);
  walk.number(isService ? AD_ID : VLAN_ID, offset, 2, tag & 0xfff);
  const type = walk.u16(offset + 2);
  walk.number(isService ? AH_ETYPE : type <= 1500 ? VLAN_LEN : VLAN_ETYPE, offset + 2, 2, type);
  if (!walk.next.byEtherType(walk, type, offset + 4)) data(walk, offset + 4);
}
