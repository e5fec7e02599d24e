/** `route`: where the kernel would send a packet. */
import { z } from 'zod';
import { VethlabError } from '../../base/errors.ts';
import { judgeProperties, verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { numberCondition, textCondition } from '../condition.ts';
import { addressCondition, asked, askedField, asksOne, destination, nodeName } from '../fields.ts';
import { say, type Said } from '../../base/sentence.ts';
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
  const { node, to } = spec;
  const isDefault = to === 'default';
  const wanted = isDefault
    ? say('{node} should have a default route.', { node })
    : say('{node} should have a route to {to}.', { node, to });
  const found = isDefault
    ? say('{node} has a default route: {route}.', { node, route: route.text })
    : say('{node} has a route to {to}: {route}.', { node, to, route: route.text });
  const evidence = [{ label: `ip route ${spec.to === 'default' ? 'show' : 'get'} ${spec.to}`, text: route.text }];
  const exists = spec.exists ?? true;
  if (!route.exists || !exists) {
    return verdict(
      route.exists === exists,
      exists ? wanted : refusedRoute(node, to),
      route.exists ? found : missingRoute(node, to),
      evidence,
    );
  }
  const properties = [
    { label: say('next hop'), value: route.via ?? 'none', condition: spec.via },
    { label: say('interface'), value: route.dev, condition: spec.dev },
    { label: say('source address'), value: route.src, condition: spec.src },
    { label: 'MTU', value: route.mtu, condition: spec.mtu, missing: say('not known to the route') },
  ];
  if (properties.every((property) => property.condition === undefined)) {
    return verdict(true, wanted, found, evidence);
  }
  return judgeProperties(say('The way from {node} to {to}', { node, to }), properties, evidence);
}

function refusedRoute(node: string, to: string): Said {
  if (to === 'default') return say('{node} should have no default route.', { node });
  return say('{node} should have no route to {to}.', { node, to });
}

function missingRoute(node: string, to: string): Said {
  if (to === 'default') return say('{node} has no default route.', { node });
  return say('{node} has no route to {to}.', { node, to });
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
