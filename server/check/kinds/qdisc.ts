/** `qdisc`: the queueing discipline of an interface. */
import { z } from 'zod';
import { VethlabError } from '../../base/errors.ts';
import { judgeProperties, verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { numberCondition } from '../condition.ts';
import { asked, askedField, asksOne, interfaceName, nodeName } from '../fields.ts';
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
  ask: { schema: qdiscAskSchema, read },
  judge,
};

async function judge(spec: QdiscSpec, context: CheckContext): Promise<Verdict> {
  const name = `${spec.node}:${spec.interface}`;
  const qdiscs = await context.observer.qdiscs(spec.node, spec.interface);
  const qdisc = qdiscs.find((one) => one.kind === spec.kind);
  const exists = spec.exists ?? true;
  const evidence = [
    { label: `tc qdisc show dev ${spec.interface}`, text: qdiscs.map((one) => one.kind).join(', ') || 'none' },
  ];
  const properties = [
    { label: 'delay', value: qdisc?.delayMs ?? null, condition: spec.delay },
    { label: 'loss', value: qdisc?.lossPercent ?? null, condition: spec.loss },
    { label: 'rate', value: qdisc?.rateBitsPerSecond ?? null, condition: spec.rate },
    { label: 'limit', value: qdisc?.limit ?? null, condition: spec.limit },
  ];
  if (!qdisc || !exists || properties.every((property) => property.condition === undefined)) {
    return verdict(
      (qdisc !== undefined) === exists,
      `${name} should have ${exists ? 'a' : 'no'} qdisc ${spec.kind}.`,
      `${name} has ${evidence[0]?.text === 'none' ? 'no qdisc' : `the qdisc ${evidence[0]?.text}`}.`,
      evidence,
    );
  }
  return judgeProperties(`${spec.kind} at ${name}`, properties, evidence);
}

async function read(ask: QdiscAsk, context: CheckContext): Promise<number> {
  const qdiscs = await context.observer.qdiscs(ask.node, ask.interface);
  const qdisc = qdiscs.find((one) => one.kind === ask.kind);
  const field = askedField(ask, QDISC_ANSWERS) ?? 'limit';
  const fields = { delay: 'delayMs', loss: 'lossPercent', rate: 'rateBitsPerSecond', limit: 'limit' } as const;
  const value = qdisc?.[fields[field]];
  if (value !== undefined && value !== null) return value;
  throw new VethlabError(
    'not_found',
    `${ask.node}:${ask.interface} has no qdisc ${ask.kind} with a ${field} at the moment.`,
  );
}
