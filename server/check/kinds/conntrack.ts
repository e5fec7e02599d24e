/** `conntrack`: connections that the firewall of a node tracks. */
import { z } from 'zod';
import type { CheckKind } from '../check.ts';
import { AT_LEAST_ONE, numberCondition } from '../condition.ts';
import { addressCondition, asked, nodeName, wordCondition } from '../fields.ts';
export const conntrackSchema = z.strictObject({
  node: nodeName,
  proto: z.enum(['tcp', 'udp', 'icmp', 'icmpv6', 'sctp']).optional().describe('tcp, udp, icmp, …'),
  state: wordCondition.optional().describe('established, syn_sent, time_wait, assured, unreplied, …'),
  src: addressCondition.optional().describe('The source address of the first packet.'),
  dst: addressCondition.optional().describe('The destination address of the first packet.'),
  dport: numberCondition().optional().describe('The destination port of the first packet.'),
  count: numberCondition()
    .default(AT_LEAST_ONE)
    .describe('How many such entries there are; at least one where nothing is written.'),
});

export const conntrackAskSchema = z.strictObject({
  ...conntrackSchema.shape,
  count: asked.optional().describe('The number of such entries is asked for.'),
});

export type ConntrackSpec = z.output<typeof conntrackSchema>;
export type ConntrackAsk = z.output<typeof conntrackAskSchema>;

export const conntrackKind: CheckKind<ConntrackSpec, ConntrackAsk> = {
  name: 'conntrack',
  cost: 'cheap',
  schema: conntrackSchema,
  captures: () => [],
  baselines: () => [],
  places: (spec) => [spec.node],
  ask: { schema: conntrackAskSchema, read: () => Promise.reject(new Error('Reading this kind is not written.')) },
  judge: () => Promise.reject(new Error('Judging this kind is not written.')),
};
