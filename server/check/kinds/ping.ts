/** `ping`: an echo request that the platform sends. */
import { z } from 'zod';
import type { CheckKind } from '../check.ts';
import { nodeName } from '../fields.ts';
export const pingSchema = z.strictObject({
  from: nodeName.describe('The node that sends.'),
  to: z.string().min(1).describe('An address, or the name of a node (its first address).'),
  size: z.number().int().min(0).max(65507).optional().describe('Bytes of payload; 56 where nothing is written.'),
  df: z.boolean().optional().describe('Sets the bit Do not fragment.'),
  count: z
    .number()
    .int()
    .min(1)
    .max(5)
    .optional()
    .describe('How many requests; 1 where nothing is written. One answer is enough.'),
  expect: z
    .enum(['reply', 'none', 'frag_needed', 'unreachable'])
    .default('reply')
    .describe(
      'reply | none (silence) | frag_needed (too big for the path) | unreachable (an ICMP error, or no route).',
    ),
});

export type PingSpec = z.output<typeof pingSchema>;

export const pingKind: CheckKind<PingSpec> = {
  name: 'ping',
  cost: 'dear',
  schema: pingSchema,
  captures: () => [],
  baselines: () => [],
  places: (spec) => [spec.from],
  judge: () => Promise.reject(new Error('Judging this kind is not written.')),
};
