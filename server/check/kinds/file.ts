/** `file`: a file of a node. */
import { z } from 'zod';
import type { CheckKind } from '../check.ts';
import { regularExpression } from '../condition.ts';
import { needsOneOf, nodeName, oneOrMore } from '../fields.ts';
export const fileSchema = z
  .strictObject({
    node: nodeName,
    path: z.string().regex(/^\//, 'Write an absolute path.').describe('The absolute path in the node.'),
    exists: z.boolean().optional().describe('Whether it is there.'),
    contains: oneOrMore(z.string()).optional().describe('Text, or texts, that it contains.'),
    matches: regularExpression
      .optional()
      .describe('A regular expression that its text matches; ^ and $ stand for lines.'),
  })
  .superRefine(needsOneOf(['exists', 'contains', 'matches']));

export type FileSpec = z.output<typeof fileSchema>;

export const fileKind: CheckKind<FileSpec> = {
  name: 'file',
  cost: 'dear',
  schema: fileSchema,
  captures: () => [],
  baselines: () => [],
  places: (spec) => [spec.node],
  judge: () => Promise.reject(new Error('Judging this kind is not written.')),
};
