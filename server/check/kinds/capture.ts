/** `capture`: how many frames at an endpoint match a filter. */
import { z } from 'zod';
import type { CheckKind } from '../check.ts';
import { AT_LEAST_ONE, numberCondition } from '../condition.ts';
import { asked, endpoint, needsOneOf } from '../fields.ts';
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
  ask: { schema: captureAskSchema, read: () => Promise.reject(new Error('Reading this kind is not written.')) },
  judge: () => Promise.reject(new Error('Judging this kind is not written.')),
};
