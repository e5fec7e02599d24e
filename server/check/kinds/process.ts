/** `process`: a program running in a node. */
import { z } from 'zod';
import { VethlabError } from '../../base/errors.ts';
import { verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
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
  judge,
};

async function judge(spec: ProcessSpec, context: CheckContext): Promise<Verdict> {
  const { exitCode, stdout } = await context.observer.command(
    spec.node,
    'exec ps -e -o pid= -o args= --no-headers -ww',
  );
  if (exitCode !== 0) throw new VethlabError('command_failed', `The processes of ${spec.node} could not be listed.`);
  const expression = new RegExp(spec.matches.pattern, spec.matches.flags);
  // The listing itself is a process of the node for as long as it runs.
  const rows = stdout
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^\d+ ps -e -o pid= /.test(line));
  const found = rows.filter((row) => expression.test(row.replace(/^\d+ /, '')));
  return verdict(
    found.length > 0 === spec.running,
    `${spec.running ? 'A' : 'No'} process that matches /${spec.matches.pattern}/ should run on ${spec.node}.`,
    found.length === 0 ? `No such process runs on ${spec.node}.` : `${spec.node} runs ${found.slice(0, 3).join('; ')}.`,
    found.slice(0, 5).map((row) => ({ label: `ps on ${spec.node}`, text: row.slice(0, 200) })),
  );
}
