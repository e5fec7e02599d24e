/** `route`: where the kernel would send a packet. */
import { z } from 'zod';
import { VethlabError } from '../../base/errors.ts';
import { judgeProperties, verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { numberCondition, textCondition } from '../condition.ts';
import { addressCondition, asked, askedField, asksOne, destination, nodeName } from '../fields.ts';
export const routeSchema = z.strictObject({
  node: nodeName,
  to: destination.describe('The destination to look up, or default.'),
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
  ask: { schema: routeAskSchema, read },
  judge,
};

async function judge(spec: RouteSpec, context: CheckContext): Promise<Verdict> {
  const route = await context.observer.route(spec.node, spec.to);
  const goal = spec.to === 'default' ? 'a default route' : `a route to ${spec.to}`;
  const evidence = [{ label: `ip route ${spec.to === 'default' ? 'show' : 'get'} ${spec.to}`, text: route.text }];
  const exists = spec.exists ?? true;
  if (!route.exists || !exists) {
    return verdict(
      route.exists === exists,
      `${spec.node} should have ${exists ? goal : goal.replace(/^a /, 'no ')}.`,
      route.exists ? `${spec.node} has ${goal}: ${route.text}.` : `${spec.node} has ${goal.replace(/^a /, 'no ')}.`,
      evidence,
    );
  }
  const properties = [
    { label: 'next hop', value: route.via ?? 'none', condition: spec.via },
    { label: 'interface', value: route.dev, condition: spec.dev },
    { label: 'source address', value: route.src, condition: spec.src },
    { label: 'MTU', value: route.mtu, condition: spec.mtu, missing: 'not known to the route' },
  ];
  if (properties.every((property) => property.condition === undefined)) {
    return verdict(true, `${spec.node} should have ${goal}.`, `${spec.node} has ${goal}: ${route.text}.`, evidence);
  }
  return judgeProperties(`The way from ${spec.node} to ${spec.to}`, properties, evidence);
}

async function read(ask: RouteAsk, context: CheckContext): Promise<string | number> {
  const route = await context.observer.route(ask.node, ask.to);
  const field = askedField(ask, ROUTE_ANSWERS) ?? 'via';
  if (!route.exists) {
    throw new VethlabError('not_found', `${ask.node} has no route to ${ask.to} at the moment.`, {
      hint: 'Give it back, or reset the lab.',
    });
  }
  return route[field] ?? 'none';
}
