/** `ping`: an echo request that the platform sends. */
import { z } from 'zod';
import type { PingOutcome } from '../../observe/observer.ts';
import { verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { describeCondition, holds, numberCondition } from '../condition.ts';
import { nodeName } from '../fields.ts';
export const pingSchema = z
  .strictObject({
    from: nodeName.describe('The node that sends.'),
    to: z.string().min(1).describe('An address, or the name of a node (its first address).'),
    size: z.number().int().min(0).max(65507).optional().describe('Bytes of payload; 56 where nothing is written.'),
    df: z.boolean().optional().describe('Sets the bit Do not fragment.'),
    count: z
      .number()
      .int()
      .min(1)
      .max(5)
      .optional()
      .describe('How many requests; 1 where nothing is written. One answer is enough.'),
    expect: z
      .enum(['reply', 'none', 'frag_needed', 'unreachable'])
      .default('reply')
      .describe(
        'reply | none (silence) | frag_needed (too big for the path) | unreachable (an ICMP error, or no route).',
      ),
    rtt: numberCondition('ms')
      .optional()
      .describe('The average round trip of the requests, for example { at_most: 20ms }.'),
  })
  .superRefine((spec, context) => {
    if (spec.rtt === undefined || spec.expect === 'reply') return;
    context.addIssue({ code: 'custom', path: ['rtt'], message: 'Only a ping that is answered has a round trip.' });
  });

export type PingSpec = z.output<typeof pingSchema>;

export const pingKind: CheckKind<PingSpec> = {
  name: 'ping',
  cost: 'dear',
  schema: pingSchema,
  captures: () => [],
  baselines: () => [],
  places: (spec) => [spec.from],
  judge,
};

async function judge(spec: PingSpec, context: CheckContext): Promise<Verdict> {
  const options = {
    ...(spec.size === undefined ? {} : { size: spec.size }),
    ...(spec.df === undefined ? {} : { df: spec.df }),
    ...(spec.count === undefined ? {} : { count: spec.count }),
  };
  const answer = await context.observer.ping(spec.from, spec.to, options);
  const what = `${spec.size === undefined ? 'A ping' : `A ping of ${spec.size} bytes`} from ${spec.from} to ${spec.to}${spec.df === true ? ' that must not be fragmented' : ''}`;
  const isInTime = spec.rtt === undefined || (answer.rttMs !== null && holds(spec.rtt, answer.rttMs));
  const time = spec.rtt === undefined ? '' : `, with a round trip of ${describeCondition(spec.rtt)} on average`;
  const took = spec.rtt === undefined || answer.rttMs === null ? '' : ` after ${answer.rttMs.toFixed(1)} ms on average`;
  return verdict(
    answer.outcome === spec.expect && isInTime,
    `${what} should ${OUTCOMES[spec.expect].expected}${time}.`,
    `${what} ${OUTCOMES[answer.outcome].seen}${took}.`,
    [{ label: `ping sent by the platform`, text: answer.text || `${answer.sent} sent, ${answer.received} received` }],
  );
}

const OUTCOMES: Readonly<Record<PingOutcome, { expected: string; seen: string }>> = {
  reply: { expected: 'be answered', seen: 'was answered' },
  none: { expected: 'get no answer at all', seen: 'got no answer within a second' },
  frag_needed: { expected: 'be refused as too big for the path', seen: 'was refused as too big for the path' },
  unreachable: {
    expected: 'be refused: destination unreachable',
    seen: 'was refused: the destination is unreachable, or there is no route to it',
  },
};
