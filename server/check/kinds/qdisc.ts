/** `qdisc`: the queueing discipline of an interface. */
import { z } from 'zod';
import { VethlabError } from '../../base/errors.ts';
import { judgeProperties, verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { numberCondition } from '../condition.ts';
import { asked, askedField, asksOne, interfaceName, nodeName } from '../fields.ts';
import { say } from '../../base/sentence.ts';
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
  const { kind } = spec;
  const place = `${spec.node}:${spec.interface}`;
  const qdiscs = await context.observer.qdiscs(spec.node, spec.interface);
  const qdisc = qdiscs.find((one) => one.kind === spec.kind);
  const exists = spec.exists ?? true;
  const kinds = qdiscs.map((one) => one.kind).join(', ');
  const evidence = [{ label: `tc qdisc show dev ${spec.interface}`, text: kinds || say('none') }];
  const properties = [
    { label: say('delay'), value: qdisc?.delayMs ?? null, condition: spec.delay },
    { label: say('loss'), value: qdisc?.lossPercent ?? null, condition: spec.loss },
    { label: say('rate'), value: qdisc?.rateBitsPerSecond ?? null, condition: spec.rate },
    { label: say('limit'), value: qdisc?.limit ?? null, condition: spec.limit },
  ];
  if (!qdisc || !exists || properties.every((property) => property.condition === undefined)) {
    return verdict(
      (qdisc !== undefined) === exists,
      exists
        ? say('{place} should have a qdisc {kind}.', { place, kind })
        : say('{place} should have no qdisc {kind}.', { place, kind }),
      kinds === '' ? say('{place} has no qdisc.', { place }) : say('{place} has the qdisc {kinds}.', { place, kinds }),
      evidence,
    );
  }
  return judgeProperties(say('{kind} at {place}', { kind, place }), properties, evidence);
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
