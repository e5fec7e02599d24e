/** What the kinds `tcp` and `udp` share: a port is tried from a node, and is open, closed or filtered. */
import { z } from 'zod';
import { say } from '../../base/sentence.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { nodeName, port } from '../fields.ts';
import { verdict } from '../verdict.ts';

type Protocol = 'tcp' | 'udp';

function portSchema(states: string) {
  return z.strictObject({
    from: nodeName.describe('The node that tries.'),
    to: z.string().min(1).describe('An address, or the name of a node (its first address).'),
    port: port.describe('The port.'),
    expect: z.enum(['open', 'closed', 'filtered']).default('open').describe(states),
  });
}

type PortSpec = z.output<ReturnType<typeof portSchema>>;

/** `states` says what open, closed and filtered mean with this protocol. */
export function portKind(protocol: Protocol, states: string): CheckKind<PortSpec> {
  return {
    name: protocol,
    cost: 'dear',
    schema: portSchema(states),
    captures: () => [],
    baselines: () => [],
    places: (spec) => [spec.from],
    judge: (spec, context) => judge(protocol, spec, context),
  };
}

async function judge(protocol: Protocol, spec: PortSpec, context: CheckContext): Promise<Verdict> {
  const { from, to, port } = spec;
  const { answer, text } = await context.observer.connect(from, to, port, protocol);
  const what = { protocol: protocol.toUpperCase(), port, to, from };
  return verdict(
    answer === spec.expect,
    say('{protocol} port {port} of {to}, tried from {from}, should be {state}.', { ...what, state: say(spec.expect) }),
    say('{protocol} port {port} of {to}, tried from {from}, is {state}.', { ...what, state: say(answer) }),
    [{ label: say('Tried by the platform'), text: text === '' ? say(answer) : text }],
  );
}
