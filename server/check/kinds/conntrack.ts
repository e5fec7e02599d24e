/** `conntrack`: connections that the firewall of a node tracks. */
import { z } from 'zod';
import type { ConntrackRow } from '../../observe/observer.ts';
import { counted, nounAfter, verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { AT_LEAST_ONE, describeCondition, holds, numberCondition } from '../condition.ts';
import { addressCondition, asked, nodeName, wordCondition } from '../fields.ts';
import { say } from '../../base/sentence.ts';
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
  ask: { schema: conntrackAskSchema, read },
  judge,
};

async function judge(spec: ConntrackSpec, context: CheckContext): Promise<Verdict> {
  const rows = await find(spec, context);
  return verdict(
    holds(spec.count, rows.length),
    say('{node} should track {condition} {noun} of this kind.', {
      node: spec.node,
      condition: describeCondition(spec.count),
      noun: nounAfter(spec.count, say('connection'), say('connections')),
    }),
    say('{node} tracks {count}.', {
      node: spec.node,
      count: counted(rows.length, say('such connection'), say('such connections')),
    }),
    rows.slice(0, 5).map((row) => ({ label: `conntrack -L on ${spec.node}`, text: row.text })),
  );
}

async function read(ask: ConntrackAsk, context: CheckContext): Promise<number> {
  return (await find(ask, context)).length;
}

async function find(spec: Omit<ConntrackSpec, 'count'>, context: CheckContext): Promise<ConntrackRow[]> {
  const rows = await context.observer.conntrack(spec.node);
  return rows.filter(
    (row) =>
      (spec.proto === undefined || row.proto === spec.proto) &&
      (spec.state === undefined || row.states.some((state) => spec.state !== undefined && holds(spec.state, state))) &&
      (spec.src === undefined || holds(spec.src, row.src)) &&
      (spec.dst === undefined || holds(spec.dst, row.dst)) &&
      (spec.dport === undefined || holds(spec.dport, row.dport)),
  );
}
