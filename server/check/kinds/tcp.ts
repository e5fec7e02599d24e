/** `tcp`: whether a connection can be opened. */
import { z } from 'zod';
import { verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { nodeName, port } from '../fields.ts';
import { say } from '../../base/sentence.ts';
export const tcpSchema = z.strictObject({
  from: nodeName.describe('The node that tries.'),
  to: z.string().min(1).describe('An address, or the name of a node (its first address).'),
  port: port.describe('The port.'),
  expect: z
    .enum(['open', 'closed', 'filtered'])
    .default('open')
    .describe('open | closed (refused) | filtered (no answer).'),
});

export type TcpSpec = z.output<typeof tcpSchema>;

export const tcpKind: CheckKind<TcpSpec> = {
  name: 'tcp',
  cost: 'dear',
  schema: tcpSchema,
  captures: () => [],
  baselines: () => [],
  places: (spec) => [spec.from],
  judge,
};

async function judge(spec: TcpSpec, context: CheckContext): Promise<Verdict> {
  const { answer, text } = await context.observer.connect(spec.from, spec.to, spec.port, 'tcp');
  const { from, to, port } = spec;
  const what = { protocol: 'TCP', port, to, from };
  return verdict(
    answer === spec.expect,
    say('{protocol} port {port} of {to}, tried from {from}, should be {state}.', { ...what, state: say(spec.expect) }),
    say('{protocol} port {port} of {to}, tried from {from}, is {state}.', { ...what, state: say(answer) }),
    [{ label: say('Tried by the platform'), text: text === '' ? say(answer) : text }],
  );
}
