/** `address`: addresses of an interface. */
import { z } from 'zod';
import type { CheckKind } from '../check.ts';
import { asked, asksOne, interfaceName, needsOneOf, nodeName, oneOrMore, prefix } from '../fields.ts';
export const addressSchema = z
  .strictObject({
    node: nodeName,
    interface: interfaceName,
    has: oneOrMore(prefix)
      .optional()
      .describe('Addresses it must have, 10.0.0.1/24; without a length any length is right.'),
    lacks: oneOrMore(prefix).optional().describe('Addresses it must not have.'),
  })
  .superRefine(needsOneOf(['has', 'lacks']));

export const addressAskSchema = z
  .strictObject({
    node: nodeName,
    interface: interfaceName,
    ipv4: asked.optional().describe('Its first IPv4 address is asked for, without the length.'),
    ipv6: asked.optional().describe('Its first IPv6 address that is not link-local is asked for, without the length.'),
    length: asked.optional().describe('The length of the prefix of its first IPv4 address is asked for.'),
  })
  .superRefine(asksOne(['ipv4', 'ipv6', 'length']));

export type AddressSpec = z.output<typeof addressSchema>;
export type AddressAsk = z.output<typeof addressAskSchema>;

export const addressKind: CheckKind<AddressSpec, AddressAsk> = {
  name: 'address',
  cost: 'cheap',
  schema: addressSchema,
  captures: () => [],
  baselines: () => [],
  places: (spec) => [spec.node, `${spec.node}:${spec.interface}`],
  ask: { schema: addressAskSchema, read: () => Promise.reject(new Error('Reading this kind is not written.')) },
  judge: () => Promise.reject(new Error('Judging this kind is not written.')),
};
