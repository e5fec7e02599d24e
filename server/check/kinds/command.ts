/** `command`: what a command says, for what no other kind covers. */
import { z } from 'zod';
import { VethlabError } from '../../base/errors.ts';
import { verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { describeCondition, holds, numberCondition, textCondition } from '../condition.ts';
import { asked, nodeName } from '../fields.ts';
import { say } from '../../base/sentence.ts';
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
  ask: { schema: commandAskSchema, read },
  judge,
};

async function judge(spec: CommandSpec, context: CheckContext): Promise<Verdict> {
  const { exitCode, stdout, stderr } = await context.observer.command(spec.node, spec.run);
  const { run, node } = spec;
  const exit = describeCondition(spec.exit);
  const output = stdout.trim();
  const isPass = holds(spec.exit, exitCode) && (spec.stdout === undefined || holds(spec.stdout, output));
  const shown = output === '' ? stderr.trim() : output;
  return verdict(
    isPass,
    spec.stdout
      ? say('“{run}” on {node} should end with exit status {exit} and print {stdout}.', {
          run,
          node,
          exit,
          stdout: describeCondition(spec.stdout),
        })
      : say('“{run}” on {node} should end with exit status {exit}.', { run, node, exit }),
    spec.stdout
      ? say('It ended with exit status {exit} and printed {stdout}.', {
          exit: exitCode,
          stdout: output === '' ? say('nothing') : `“${output.slice(0, 200)}”`,
        })
      : say('It ended with exit status {exit}.', { exit: exitCode }),
    [{ label: spec.run, text: shown.slice(0, 500) || say('(no output)') }],
  );
}

async function read(ask: CommandAsk, context: CheckContext): Promise<string> {
  const { exitCode, stdout, stderr } = await context.observer.command(ask.node, ask.run);
  if (exitCode === 0) return stdout.trim();
  throw new VethlabError('command_failed', `“${ask.run}” failed on ${ask.node}: ${stderr.trim().slice(0, 200)}`);
}
