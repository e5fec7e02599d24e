/** `neighbor`: an entry of the neighbour table (ARP, ND). */
import { z } from 'zod';
import type { NeighborEntry } from '../../observe/observer.ts';
import { VethlabError } from '../../base/errors.ts';
import { judgeProperties, verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { address, asked, asksOne, macCondition, nodeName, wordCondition } from '../fields.ts';
import { say } from '../../base/sentence.ts';
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
  ask: { schema: neighborAskSchema, read },
  judge,
};

async function judge(spec: NeighborSpec, context: CheckContext): Promise<Verdict> {
  const entry = await find(spec, context);
  const exists = spec.exists ?? true;
  const { node, ip } = spec;
  const line = entry ? `${entry.dev} ${entry.mac ?? '-'} ${entry.state.toUpperCase()}` : '';
  const evidence = [{ label: `ip neigh show ${ip}`, text: entry ? line : say('no entry') }];
  const knows = say('{node} knows {ip}: {entry}.', { node, ip, entry: line });
  const wanted = say('{node} should have an entry for {ip} in its neighbour table.', { node, ip });
  if (!entry || !exists) {
    return verdict(
      (entry !== undefined) === exists,
      exists ? wanted : say('{node} should have no entry for {ip} in its neighbour table.', { node, ip }),
      entry ? knows : say('{node} has no entry for {ip}.', { node, ip }),
      evidence,
    );
  }
  const properties = [
    { label: say('MAC address'), value: entry.mac, condition: spec.mac },
    { label: say('state'), value: entry.state, condition: spec.state },
  ];
  if (properties.every((property) => property.condition === undefined)) {
    return verdict(true, wanted, knows, evidence);
  }
  return judgeProperties(say('The entry for {ip} on {node}', { ip, node }), properties, evidence);
}

async function read(ask: NeighborAsk, context: CheckContext): Promise<string> {
  const entry = await find(ask, context);
  const value = ask.mac === true ? entry?.mac : entry?.state;
  if (value !== undefined && value !== null) return value;
  throw new VethlabError('not_found', `${ask.node} does not know its neighbour ${ask.ip} at the moment.`, {
    hint: 'Send a packet to it, then answer again.',
  });
}

async function find(spec: { node: string; ip: string }, context: CheckContext): Promise<NeighborEntry | undefined> {
  const entries = await context.observer.neighbors(spec.node);
  return entries.find((one) => one.ip === spec.ip);
}
