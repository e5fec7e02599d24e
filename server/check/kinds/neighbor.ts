/** `neighbor`: an entry of the neighbour table (ARP, ND). */
import { z } from 'zod';
import type { CheckKind } from '../check.ts';
import { address, asked, asksOne, macCondition, nodeName, wordCondition } from '../fields.ts';
export const neighborSchema = z.strictObject({
  node: nodeName,
  ip: address.describe('The address of the neighbour.'),
  mac: macCondition.optional().describe('The MAC address that the entry holds.'),
  state: wordCondition.optional().describe('reachable, stale, delay, probe, failed, incomplete, permanent, noarp.'),
  exists: z.boolean().optional().describe('Whether there is an entry; true where nothing else is written.'),
});

export const neighborAskSchema = z
  .strictObject({
    node: nodeName,
    ip: neighborSchema.shape.ip,
    mac: asked.optional().describe('Its MAC address is asked for.'),
    state: asked.optional().describe('The state of the entry is asked for.'),
  })
  .superRefine(asksOne(['mac', 'state']));

export type NeighborSpec = z.output<typeof neighborSchema>;
export type NeighborAsk = z.output<typeof neighborAskSchema>;

export const neighborKind: CheckKind<NeighborSpec, NeighborAsk> = {
  name: 'neighbor',
  cost: 'cheap',
  schema: neighborSchema,
  captures: () => [],
  baselines: () => [],
  places: (spec) => [spec.node],
  ask: { schema: neighborAskSchema, read: () => Promise.reject(new Error('Reading this kind is not written.')) },
  judge: () => Promise.reject(new Error('Judging this kind is not written.')),
};
