/** `process`: a program running in a node. */
import { z } from 'zod';
import type { CheckKind } from '../check.ts';
import { regularExpression } from '../condition.ts';
import { nodeName } from '../fields.ts';
export const processSchema = z.strictObject({
  node: nodeName,
  matches: regularExpression.describe('A regular expression on the command line.'),
  running: z.boolean().default(true).describe('Whether such a process runs.'),
});

export type ProcessSpec = z.output<typeof processSchema>;

export const processKind: CheckKind<ProcessSpec> = {
  name: 'process',
  cost: 'dear',
  schema: processSchema,
  captures: () => [],
  baselines: () => [],
  places: (spec) => [spec.node],
  judge: () => Promise.reject(new Error('Judging this kind is not written.')),
};
