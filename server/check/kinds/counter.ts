/** `counter`: the value of a kernel counter, or its growth since the task opened. */
import { z } from 'zod';
import type { CheckKind } from '../check.ts';
import { numberCondition } from '../condition.ts';
import { counterInterface } from '../../observe/counter-name.ts';
import { asked, nodeName } from '../fields.ts';
const name = z
  .string()
  .regex(/^[^\s.][^\s]*\.[A-Za-z0-9_]+$/, 'Write a counter such as Ip.FragCreates or eth0.rx_packets.')
  .describe('The counter: Ip.FragCreates, TcpExt.ListenOverflows, eth0.rx_packets, conntrack.count, qdisc.eth0.drops.');

export const counterSchema = z
  .strictObject({
    node: nodeName,
    name,
    value: numberCondition('bytes').optional().describe('What the counter stands at.'),
    grows: numberCondition('bytes').optional().describe('By how much it has grown since the task opened.'),
  })
  .superRefine((spec, context) => {
    if ((spec.value === undefined) !== (spec.grows === undefined)) return;
    context.addIssue({
      code: 'custom',
      message: 'Write either value or grows: what the counter stands at, or its growth.',
    });
  });

export const counterAskSchema = z.strictObject({
  node: nodeName,
  name,
  grown: asked
    .optional()
    .describe('true asks for the growth since the question opened; otherwise the value is asked for.'),
});

export type CounterSpec = z.output<typeof counterSchema>;
export type CounterAsk = z.output<typeof counterAskSchema>;

export const counterKind: CheckKind<CounterSpec, CounterAsk> = {
  name: 'counter',
  cost: 'cheap',
  schema: counterSchema,
  captures: () => [],
  baselines: (spec) =>
    ('grows' in spec && spec.grows) || ('grown' in spec && spec.grown) ? [{ node: spec.node, name: spec.name }] : [],
  places: placesOf,
  ask: { schema: counterAskSchema, read: () => Promise.reject(new Error('Reading this kind is not written.')) },
  judge: () => Promise.reject(new Error('Judging this kind is not written.')),
};

/** Counters of an interface are a place too: `eth0.rx_packets`, `qdisc.eth0.drops`. */
function placesOf(spec: CounterSpec | CounterAsk): string[] {
  const interfaceName = counterInterface(spec.name);
  return interfaceName === null ? [spec.node] : [spec.node, `${spec.node}:${interfaceName}`];
}
