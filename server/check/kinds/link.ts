/** `link`: state and settings of an interface. */
import { z } from 'zod';
import type { CheckKind } from '../check.ts';
import { numberCondition, textCondition } from '../condition.ts';
import { asked, asksOne, interfaceName, macCondition, needsOneOf, nodeName, wordCondition } from '../fields.ts';
export const linkSchema = z
  .strictObject({
    node: nodeName,
    interface: interfaceName,
    exists: z.boolean().optional().describe('Whether the interface is there.'),
    state: wordCondition.optional().describe('up, or down when it is not set up or has no carrier.'),
    mtu: numberCondition('bytes').optional().describe('The largest packet in bytes.'),
    mac: macCondition.optional().describe('Its MAC address.'),
    promisc: z.boolean().optional().describe('Whether it takes frames for every MAC address.'),
    master: textCondition().optional().describe('The bridge or bond that it belongs to; none for none.'),
  })
  .superRefine(needsOneOf(['exists', 'state', 'mtu', 'mac', 'promisc', 'master']));

const LINK_ANSWERS = ['state', 'mtu', 'mac', 'master'] as const;

export const linkAskSchema = z
  .strictObject({
    node: nodeName,
    interface: interfaceName,
    state: asked.optional().describe('Its state is asked for: up or down.'),
    mtu: asked.optional().describe('Its MTU is asked for.'),
    mac: asked.optional().describe('Its MAC address is asked for.'),
    master: asked.optional().describe('The name of its bridge is asked for.'),
  })
  .superRefine(asksOne(LINK_ANSWERS));

export type LinkSpec = z.output<typeof linkSchema>;
export type LinkAsk = z.output<typeof linkAskSchema>;

export const linkKind: CheckKind<LinkSpec, LinkAsk> = {
  name: 'link',
  cost: 'cheap',
  schema: linkSchema,
  captures: () => [],
  baselines: () => [],
  places: (spec) => [spec.node, `${spec.node}:${spec.interface}`],
  ask: { schema: linkAskSchema, read: () => Promise.reject(new Error('Reading this kind is not written.')) },
  judge: () => Promise.reject(new Error('Judging this kind is not written.')),
};
