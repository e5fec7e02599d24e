/** `ping`: an echo request that the platform sends. */
import { z } from 'zod';
import type { PingOutcome } from '../../observe/observer.ts';
import { verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { describeCondition, holds, numberCondition } from '../condition.ts';
import { nodeName } from '../fields.ts';
import { say, type Said, type Template } from '../../base/sentence.ts';
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
  const ping = nameOf(spec);
  const isInTime = spec.rtt === undefined || (answer.rttMs !== null && holds(spec.rtt, answer.rttMs));
  const wanted = say(OUTCOMES[spec.expect].expected, { ping });
  const found = say(OUTCOMES[answer.outcome].seen, { ping });
  return verdict(
    answer.outcome === spec.expect && isInTime,
    spec.rtt === undefined
      ? wanted
      : say('{ping} should be answered, with a round trip of {time} on average.', {
          ping,
          time: describeCondition(spec.rtt),
        }),
    spec.rtt === undefined || answer.rttMs === null
      ? found
      : say('{ping} was answered after {time} ms on average.', { ping, time: answer.rttMs.toFixed(1) }),
    [
      {
        label: say('ping sent by the platform'),
        text: answer.text || say('{sent} sent, {received} received', { sent: answer.sent, received: answer.received }),
      },
    ],
  );
}

function nameOf({ from, to, size, df }: PingSpec): Said {
  if (size === undefined) {
    return df === true
      ? say('A ping from {from} to {to} that must not be fragmented', { from, to })
      : say('A ping from {from} to {to}', { from, to });
  }
  return df === true
    ? say('A ping of {size} bytes from {from} to {to} that must not be fragmented', { size, from, to })
    : say('A ping of {size} bytes from {from} to {to}', { size, from, to });
}

const OUTCOMES = {
  reply: { expected: '{ping} should be answered.', seen: '{ping} was answered.' },
  none: { expected: '{ping} should get no answer at all.', seen: '{ping} got no answer within a second.' },
  frag_needed: {
    expected: '{ping} should be refused as too big for the path.',
    seen: '{ping} was refused as too big for the path.',
  },
  unreachable: {
    expected: '{ping} should be refused: destination unreachable.',
    seen: '{ping} was refused: the destination is unreachable, or there is no route to it.',
  },
} as const satisfies Readonly<Record<PingOutcome, { expected: Template; seen: Template }>>;
