/** `qdisc`: the queueing discipline of an interface. */
import { z } from 'zod';
import type { CheckKind } from '../check.ts';
import { numberCondition } from '../condition.ts';
import { asked, asksOne, interfaceName, nodeName } from '../fields.ts';
export const qdiscSchema = z.strictObject({
  node: nodeName,
  interface: interfaceName,
  kind: z.string().min(1).describe('netem, tbf, htb, pfifo, …'),
  delay: numberCondition('ms').optional().describe('The delay of netem, for example 20ms.'),
  loss: numberCondition('percent').optional().describe('The loss of netem, for example 1%.'),
  rate: numberCondition('bitsPerSecond')
    .optional()
    .describe('The rate of tbf, netem or an htb class, for example 10mbit.'),
  limit: numberCondition('bytes').optional().describe('The length of the queue: packets, or bytes for tbf and bfifo.'),
  exists: z.boolean().optional().describe('Whether it is there; true where nothing else is written.'),
});

const QDISC_ANSWERS = ['delay', 'loss', 'rate', 'limit'] as const;

export const qdiscAskSchema = z
  .strictObject({
    node: nodeName,
    interface: interfaceName,
    kind: qdiscSchema.shape.kind,
    delay: asked.optional().describe('The delay is asked for, in milliseconds.'),
    loss: asked.optional().describe('The loss is asked for, in percent.'),
    rate: asked.optional().describe('The rate is asked for, in bits per second.'),
    limit: asked.optional().describe('The length of the queue is asked for.'),
  })
  .superRefine(asksOne(QDISC_ANSWERS));

export type QdiscSpec = z.output<typeof qdiscSchema>;
export type QdiscAsk = z.output<typeof qdiscAskSchema>;

export const qdiscKind: CheckKind<QdiscSpec, QdiscAsk> = {
  name: 'qdisc',
  cost: 'cheap',
  schema: qdiscSchema,
  captures: () => [],
  baselines: () => [],
  places: (spec) => [spec.node, `${spec.node}:${spec.interface}`],
  ask: { schema: qdiscAskSchema, read: () => Promise.reject(new Error('Reading this kind is not written.')) },
  judge: () => Promise.reject(new Error('Judging this kind is not written.')),
};
