/** `route`: where the kernel would send a packet. */
import { z } from 'zod';
import type { CheckKind } from '../check.ts';
import { numberCondition, textCondition } from '../condition.ts';
import { address, addressCondition, asked, asksOne, nodeName } from '../fields.ts';
export const routeSchema = z.strictObject({
  node: nodeName,
  to: z.union([z.literal('default'), address]).describe('The destination to look up, or default.'),
  via: addressCondition.optional().describe('The next hop; none for a destination on the link.'),
  dev: textCondition().optional().describe('The interface that the packet leaves by.'),
  src: addressCondition.optional().describe('The source address that the kernel chooses.'),
  mtu: numberCondition('bytes').optional().describe('The MTU that the route knows, also a learned path MTU.'),
  exists: z.boolean().optional().describe('Whether there is a route; true where nothing else is written.'),
});

const ROUTE_ANSWERS = ['via', 'dev', 'src', 'mtu'] as const;

export const routeAskSchema = z
  .strictObject({
    node: nodeName,
    to: routeSchema.shape.to,
    via: asked.optional().describe('The next hop is asked for.'),
    dev: asked.optional().describe('The interface is asked for.'),
    src: asked.optional().describe('The source address is asked for.'),
    mtu: asked.optional().describe('The path MTU that the route has learned is asked for.'),
  })
  .superRefine(asksOne(ROUTE_ANSWERS));

export type RouteSpec = z.output<typeof routeSchema>;
export type RouteAsk = z.output<typeof routeAskSchema>;

export const routeKind: CheckKind<RouteSpec, RouteAsk> = {
  name: 'route',
  cost: 'cheap',
  schema: routeSchema,
  captures: () => [],
  baselines: () => [],
  places: (spec) => [spec.node],
  ask: { schema: routeAskSchema, read: () => Promise.reject(new Error('Reading this kind is not written.')) },
  judge: () => Promise.reject(new Error('Judging this kind is not written.')),
};
