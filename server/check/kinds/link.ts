/** `link`: state and settings of an interface. */
import { z } from 'zod';
import type { InterfaceState } from '../../observe/observer.ts';
import { VethlabError } from '../../base/errors.ts';
import { judgeProperties, verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { isExactly, numberCondition, textCondition } from '../condition.ts';
import {
  asked,
  askedField,
  asksOne,
  interfaceName,
  macCondition,
  needsOneOf,
  nodeName,
  wordCondition,
} from '../fields.ts';
import { say } from '../../base/sentence.ts';
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
  ask: { schema: linkAskSchema, read },
  judge,
};

async function judge(spec: LinkSpec, context: CheckContext): Promise<Verdict> {
  const name = `${spec.node}:${spec.interface}`;
  const place = { node: spec.node, interface: spec.interface };
  const link = await find(spec, context);
  const exists = spec.exists ?? true;
  if (!link || !exists) {
    return verdict(
      (link !== undefined) === exists,
      exists
        ? say('There should be an interface {interface} on {node}.', place)
        : say('There should be no interface {interface} on {node}.', place),
      link ? say('{node} has an interface {interface}.', place) : say('{node} has no interface {interface}.', place),
    );
  }
  return judgeProperties(
    name,
    [
      // Where nothing else is asked for, that it is there is the answer.
      { label: say('existence'), value: true, condition: spec.exists === undefined ? undefined : isExactly(true) },
      { label: say('state'), value: stateOf(link), condition: spec.state },
      { label: 'MTU', value: link.mtu, condition: spec.mtu },
      { label: say('MAC address'), value: link.mac, condition: spec.mac },
      {
        label: say('promiscuous mode'),
        value: link.isPromiscuous,
        condition: spec.promisc === undefined ? undefined : isExactly(spec.promisc),
      },
      { label: say('master'), value: link.master ?? 'none', condition: spec.master },
    ],
    [
      {
        label: `ip link show ${spec.interface}`,
        text: `${link.isUp ? 'UP' : 'not UP'}, state ${link.state}, mtu ${link.mtu}, ${link.mac}${link.isPromiscuous ? ', promiscuous' : ''}${link.master === null ? '' : `, master ${link.master}`}`,
      },
    ],
  );
}

async function read(ask: LinkAsk, context: CheckContext): Promise<string | number> {
  const link = await find(ask, context);
  if (!link) {
    throw new VethlabError('not_found', `${ask.node} has no interface ${ask.interface} at the moment.`, {
      hint: 'Bring it back, or reset the lab.',
    });
  }
  switch (askedField(ask, LINK_ANSWERS)) {
    case 'state':
      return stateOf(link);
    case 'mtu':
      return link.mtu;
    case 'master':
      return link.master ?? 'none';
    case 'mac':
    case undefined:
      return link.mac;
  }
}

async function find(
  spec: { node: string; interface: string },
  context: CheckContext,
): Promise<InterfaceState | undefined> {
  const interfaces = await context.observer.interfaces(spec.node);
  return interfaces.find((one) => one.name === spec.interface);
}

/** Loopback and tunnels have no carrier to report: their kernel state is unknown for as long as they are set up. */
function stateOf(link: InterfaceState): string {
  if (!link.isUp) return 'down';
  return link.state === 'unknown' ? 'up' : link.state;
}
