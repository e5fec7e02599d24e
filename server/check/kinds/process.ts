/** `process`: a program running in a node. */
import { z } from 'zod';
import { VethlabError } from '../../base/errors.ts';
import { verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { regularExpression } from '../condition.ts';
import { nodeName } from '../fields.ts';
import { say, series } from '../../base/sentence.ts';
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
  judge,
};

async function judge(spec: ProcessSpec, context: CheckContext): Promise<Verdict> {
  const { node } = spec;
  const pattern = `/${spec.matches.pattern}/`;
  const { exitCode, stdout } = await context.observer.command(
    spec.node,
    'exec ps -e -o pid= -o args= --no-headers -ww',
  );
  if (exitCode !== 0)
    throw new VethlabError('command_failed', say('The processes of {node} could not be listed.', { node }));
  const expression = new RegExp(spec.matches.pattern, spec.matches.flags);
  // The listing itself is a process of the node for as long as it runs.
  const rows = stdout
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^\d+ ps -e -o pid= /.test(line));
  const found = rows.filter((row) => expression.test(row.replace(/^\d+ /, '')));
  return verdict(
    found.length > 0 === spec.running,
    spec.running
      ? say('A process that matches {pattern} should run on {node}.', { pattern, node })
      : say('No process that matches {pattern} should run on {node}.', { pattern, node }),
    found.length === 0
      ? say('No such process runs on {node}.', { node })
      : say('{node} runs {processes}.', { node, processes: series(found.slice(0, 3), 'semicolon') }),
    found.slice(0, 5).map((row) => ({ label: `ps on ${spec.node}`, text: row.slice(0, 200) })),
  );
}
