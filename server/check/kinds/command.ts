/** `command`: what a command says, for what no other kind covers. */
import { z } from 'zod';
import type { CheckKind } from '../check.ts';
import { numberCondition, textCondition } from '../condition.ts';
import { asked, nodeName } from '../fields.ts';
export const commandSchema = z.strictObject({
  node: nodeName,
  run: z
    .string()
    .min(1)
    .describe('A shell line. The files of the node are read-only, the programs are those of the lab image.'),
  exit: numberCondition()
    .default({ unit: 'none', clauses: [{ op: 'equals', value: 0 }] })
    .describe('Its exit status; 0 where nothing is written.'),
  stdout: textCondition((text) => text.trim())
    .optional()
    .describe('What it prints, without blank space at both ends.'),
});

export const commandAskSchema = z.strictObject({
  node: nodeName,
  run: commandSchema.shape.run,
  stdout: asked.optional().describe('What it prints is asked for.'),
});

export type CommandSpec = z.output<typeof commandSchema>;
export type CommandAsk = z.output<typeof commandAskSchema>;

export const commandKind: CheckKind<CommandSpec, CommandAsk> = {
  name: 'command',
  cost: 'dear',
  schema: commandSchema,
  captures: () => [],
  baselines: () => [],
  places: (spec) => [spec.node],
  ask: { schema: commandAskSchema, read: () => Promise.reject(new Error('Reading this kind is not written.')) },
  judge: () => Promise.reject(new Error('Judging this kind is not written.')),
};
