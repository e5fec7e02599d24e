/** `capture`: how many frames at an endpoint match a filter. */
import { z } from 'zod';
import type { CaptureQuery } from '../../observe/observer.ts';
import { VethlabError } from '../../base/errors.ts';
import { counted, nounAfter, verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { AT_LEAST_ONE, describeCondition, holds, numberCondition } from '../condition.ts';
import { asked, endpoint, needsOneOf } from '../fields.ts';
import { say, series } from '../../base/sentence.ts';
export const captureSchema = z
  .strictObject({
    at: endpoint.describe('Where the frames are captured: node:interface. The platform captures there from the start.'),
    filter: z
      .string()
      .min(1)
      .optional()
      .describe('A Wireshark display filter; each frame is judged by itself, without reassembly.'),
    bpf: z.string().min(1).optional().describe('A capture filter as tcpdump takes it.'),
    count: numberCondition()
      .default(AT_LEAST_ONE)
      .describe('How many frames match; at least one where nothing is written.'),
    since: z
      .enum(['task', 'lab'])
      .default('task')
      .describe('Frames count from the opening of the task, or from the start of the lab.'),
  })
  .superRefine(needsOneOf(['filter', 'bpf']));

export const captureAskSchema = z
  .strictObject({ ...captureSchema.shape, count: asked.optional().describe('The number of frames is asked for.') })
  .superRefine(needsOneOf(['filter', 'bpf']));

export type CaptureSpec = z.output<typeof captureSchema>;
export type CaptureAsk = z.output<typeof captureAskSchema>;

export const captureKind: CheckKind<CaptureSpec, CaptureAsk> = {
  name: 'capture',
  cost: 'cheap',
  schema: captureSchema,
  captures: (spec) => [spec.at],
  baselines: () => [],
  places: (spec) => [spec.at],
  ask: { schema: captureAskSchema, read },
  judge,
};

async function judge(spec: CaptureSpec, context: CheckContext): Promise<Verdict> {
  const answer = await context.observer.capture(queryOf(spec, context));
  const filters = [spec.filter, spec.bpf].flatMap((text) => (text === undefined ? [] : [`“${text}”`]));
  const filter = series(filters, 'and');
  const since = spec.since === 'task' ? say('since the task opened') : say('since the lab began');
  const place = spec.at;
  const isPass = holds(spec.count, answer.count);
  // Frames that were lost may have been the ones: too few seen proves nothing then.
  if (!isPass && answer.isIncomplete && wouldHoldWithMore(spec, answer.count)) throw framesLost(place);
  return verdict(
    isPass,
    say('At {place}, {condition} {noun} should match {filter} {since}.', {
      place,
      condition: describeCondition(spec.count),
      noun: nounAfter(spec.count, say('frame'), say('frames')),
      filter,
      since,
    }),
    answer.total === 0
      ? say('No frame at all passed {place} {since}.', { place, since })
      : say('Of {total} at {place}, {count} matched {since}.', {
          total: counted(answer.total, say('frame'), say('frames')),
          place,
          count: counted(answer.count, say('frame'), say('frames')),
          since,
        }),
    answer.frames.map((frame) => ({
      label: `${spec.at} #${frame.number}`,
      text: say('{summary} ({length} bytes)', { summary: frame.summary, length: frame.length }),
    })),
  );
}

function wouldHoldWithMore(spec: CaptureSpec, count: number): boolean {
  return spec.count.clauses.some(
    (clause) =>
      (clause.op === 'at_least' && count < clause.value) ||
      (clause.op === 'between' && count < clause.low) ||
      (clause.op === 'equals' && count < Number(clause.value)) ||
      clause.op === 'one_of',
  );
}

async function read(ask: CaptureAsk, context: CheckContext): Promise<number> {
  const answer = await context.observer.capture(queryOf(ask, context));
  // Nobody knows the number then.
  if (answer.isIncomplete) throw framesLost(ask.at);
  return answer.count;
}

function framesLost(place: string): VethlabError {
  return new VethlabError(
    'unexpected',
    say('So much traffic passed {place} that older frames were dropped before they were looked at.', { place }),
    { hint: say('Do the exercise once more, with less traffic.') },
  );
}

function queryOf(spec: Omit<CaptureSpec, 'count'>, context: CheckContext): CaptureQuery {
  const colon = spec.at.indexOf(':');
  const { atMs, labAtMs } = context.baseline;
  return {
    node: spec.at.slice(0, colon),
    interface: spec.at.slice(colon + 1),
    sinceMs: spec.since === 'lab' ? labAtMs : atMs,
    ...(spec.filter === undefined ? {} : { filter: spec.filter }),
    ...(spec.bpf === undefined ? {} : { bpf: spec.bpf }),
  };
}
