/** `unchanged`: nodes are set up as they were when the lab began. */
import { z } from 'zod';
import { VethlabError } from '../../base/errors.ts';
import { compareConfigurations } from '../../observe/configuration.ts';
import { verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Evidence, Verdict } from '../check.ts';
import { nodeName } from '../fields.ts';
import { say, series } from '../../base/sentence.ts';

export const unchangedSchema = z.strictObject({
  nodes: z
    .array(nodeName)
    .min(1, 'Write at least one node.')
    .describe(
      'Nodes whose links, addresses, routes, rules, fixed neighbours, queueing disciplines, firewall and settings are as they were when the lab began, before any `setup`.',
    ),
});

export type UnchangedSpec = z.output<typeof unchangedSchema>;

export const unchangedKind: CheckKind<UnchangedSpec> = {
  name: 'unchanged',
  cost: 'dear',
  schema: unchangedSchema,
  captures: () => [],
  baselines: () => [],
  configurations: (spec) => spec.nodes,
  places: (spec) => spec.nodes,
  judge,
};

const MAX_LINES = 8;

async function judge(spec: UnchangedSpec, context: CheckContext): Promise<Verdict> {
  const differing = (await Promise.all(spec.nodes.map((node) => differenceOf(node, context)))).flat();
  const expected = say('{nodes} should be set up as they were when the lab began.', {
    nodes: series(spec.nodes, 'comma'),
  });
  if (differing.length === 0) return verdict(true, expected, say('Nothing is different.'));
  const nodes = series(
    differing.map(({ label }) => label),
    'and',
  );
  return verdict(false, expected, say('Something is different on {nodes}.', { nodes }), differing);
}

async function differenceOf(node: string, { observer, baseline }: CheckContext): Promise<Evidence[]> {
  const before = baseline.configurations?.[node];
  if (!before)
    throw new VethlabError('lab_invalid', say('How {node} was set up at the start is not known.', { node }), {
      hint: say('Reset the lab.'),
    });
  const { lacking, added } = compareConfigurations(before, await observer.configuration(node));
  const lines = [...lacking.map((line) => `missing: ${line}`), ...added.map((line) => `new: ${line}`)];
  if (lines.length === 0) return [];
  const rest = lines.length > MAX_LINES ? [`and ${lines.length - MAX_LINES} more`] : [];
  return [{ label: node, text: [...lines.slice(0, MAX_LINES), ...rest].join('\n') }];
}
