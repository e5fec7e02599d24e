/** `udp`: whether a port takes datagrams. */
import { z } from 'zod';
import type { CheckKind } from '../check.ts';
import { nodeName, port } from '../fields.ts';
export const udpSchema = z.strictObject({
  from: nodeName.describe('The node that tries.'),
  to: z.string().min(1).describe('An address, or the name of a node (its first address).'),
  port: port.describe('The port.'),
  expect: z
    .enum(['open', 'closed', 'filtered'])
    .default('open')
    .describe(
      'open (no error came back) | closed (port unreachable) | filtered (another ICMP error, or no way there).',
    ),
});

export type UdpSpec = z.output<typeof udpSchema>;

export const udpKind: CheckKind<UdpSpec> = {
  name: 'udp',
  cost: 'dear',
  schema: udpSchema,
  captures: () => [],
  baselines: () => [],
  places: (spec) => [spec.from],
  judge: () => Promise.reject(new Error('Judging this kind is not written.')),
};
