/** `sysctl`: a setting of the kernel in the node. */
import { z } from 'zod';
import { VethlabError } from '../../base/errors.ts';
import { verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { describeCondition, holds, textCondition } from '../condition.ts';
import { asked, nodeName } from '../fields.ts';
import { say } from '../../base/sentence.ts';
export const sysctlSchema = z.strictObject({
  node: nodeName,
  key: z
    .string()
    .regex(/^net(?:[./][A-Za-z0-9_@-]+)+$/, 'Write a key that begins with net., for example net.ipv4.ip_forward.')
    .describe('The key, net.* only, for example net.ipv4.ip_forward.'),
  value: textCondition((text) => text.trim().split(/\s+/).join(' ')).describe(
    'What it is set to; several numbers are joined by one space.',
  ),
});

export const sysctlAskSchema = z.strictObject({
  node: nodeName,
  key: sysctlSchema.shape.key,
  value: asked.optional().describe('The value is asked for.'),
});

export type SysctlSpec = z.output<typeof sysctlSchema>;
export type SysctlAsk = z.output<typeof sysctlAskSchema>;

export const sysctlKind: CheckKind<SysctlSpec, SysctlAsk> = {
  name: 'sysctl',
  cost: 'cheap',
  schema: sysctlSchema,
  captures: () => [],
  baselines: () => [],
  places: (spec) => [spec.node],
  ask: { schema: sysctlAskSchema, read },
  judge,
};

async function judge(spec: SysctlSpec, context: CheckContext): Promise<Verdict> {
  const { node, key } = spec;
  const value = await context.observer.sysctl(node, key);
  return verdict(
    value !== null && holds(spec.value, value),
    say('{key} on {node} should be {condition}.', { key, node, condition: describeCondition(spec.value) }),
    value === null
      ? say('{node} has no setting {key}.', { node, key })
      : say('{key} on {node} is {value}.', { key, node, value }),
    [{ label: `sysctl ${key}`, text: value ?? say('not there') }],
  );
}

async function read(ask: SysctlAsk, context: CheckContext): Promise<string> {
  const value = await context.observer.sysctl(ask.node, ask.key);
  if (value !== null) return value;
  throw new VethlabError('not_found', `${ask.node} has no setting ${ask.key} at the moment.`);
}
