/** `udp`: whether a port takes datagrams. */
import { z } from 'zod';
import { verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { nodeName, port } from '../fields.ts';
import { say } from '../../base/sentence.ts';
export const udpSchema = z.strictObject({
  from: nodeName.describe('The node that tries.'),
  to: z.string().min(1).describe('An address, or the name of a node (its first address).'),
  port: port.describe('The port.'),
  expect: z
    .enum(['open', 'closed', 'filtered'])
    .default('open')
    .describe(
      'open (no error came back) | closed (port unreachable) | filtered (another ICMP error, or no way there).',
    ),
});

export type UdpSpec = z.output<typeof udpSchema>;

export const udpKind: CheckKind<UdpSpec> = {
  name: 'udp',
  cost: 'dear',
  schema: udpSchema,
  captures: () => [],
  baselines: () => [],
  places: (spec) => [spec.from],
  judge,
};

async function judge(spec: UdpSpec, context: CheckContext): Promise<Verdict> {
  const { answer, text } = await context.observer.connect(spec.from, spec.to, spec.port, 'udp');
  const { from, to, port } = spec;
  const what = { protocol: 'UDP', port, to, from };
  return verdict(
    answer === spec.expect,
    say('{protocol} port {port} of {to}, tried from {from}, should be {state}.', { ...what, state: say(spec.expect) }),
    say('{protocol} port {port} of {to}, tried from {from}, is {state}.', { ...what, state: say(answer) }),
    [{ label: say('Tried by the platform'), text: text === '' ? say(answer) : text }],
  );
}
