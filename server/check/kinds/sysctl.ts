/** `sysctl`: a setting of the kernel in the node. */
import { z } from 'zod';
import type { CheckKind } from '../check.ts';
import { textCondition } from '../condition.ts';
import { asked, nodeName } from '../fields.ts';
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
  ask: { schema: sysctlAskSchema, read: () => Promise.reject(new Error('Reading this kind is not written.')) },
  judge: () => Promise.reject(new Error('Judging this kind is not written.')),
};
