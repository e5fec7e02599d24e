/** `counter`: the value of a kernel counter, or its growth since the task opened. */
import { z } from 'zod';
import { VethlabError } from '../../base/errors.ts';
import { verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { AT_LEAST_ONE, describeCondition, holds, numberCondition } from '../condition.ts';
import { counterInterface } from '../../observe/counter-name.ts';
import { asked, nodeName } from '../fields.ts';
import { say } from '../../base/sentence.ts';
const name = z
  .string()
  .regex(/^[^\s.][^\s]*\.[A-Za-z0-9_]+$/, 'Write a counter such as Ip.FragCreates or eth0.rx_packets.')
  .describe('The counter: Ip.FragCreates, TcpExt.ListenOverflows, eth0.rx_packets, conntrack.count, qdisc.eth0.drops.');

export const counterSchema = z
  .strictObject({
    node: nodeName,
    name,
    value: numberCondition('bytes').optional().describe('What the counter stands at.'),
    grows: numberCondition('bytes').optional().describe('By how much it has grown since the task opened.'),
  })
  .superRefine((spec, context) => {
    if ((spec.value === undefined) !== (spec.grows === undefined)) return;
    context.addIssue({
      code: 'custom',
      message: 'Write either value or grows: what the counter stands at, or its growth.',
    });
  });

export const counterAskSchema = z.strictObject({
  node: nodeName,
  name,
  grown: asked
    .optional()
    .describe('true asks for the growth since the question opened; otherwise the value is asked for.'),
});

export type CounterSpec = z.output<typeof counterSchema>;
export type CounterAsk = z.output<typeof counterAskSchema>;

export const counterKind: CheckKind<CounterSpec, CounterAsk> = {
  name: 'counter',
  cost: 'cheap',
  schema: counterSchema,
  captures: () => [],
  baselines: (spec) =>
    ('grows' in spec && spec.grows) || ('grown' in spec && spec.grown) ? [{ node: spec.node, name: spec.name }] : [],
  places: placesOf,
  ask: { schema: counterAskSchema, read },
  judge,
};

async function judge(spec: CounterSpec, context: CheckContext): Promise<Verdict> {
  const { node, name } = spec;
  const now = await valueOf(spec, context);
  const expected = spec.grows
    ? say('{name} on {node} should grow by {condition} since the task opened.', {
        name,
        node,
        condition: describeCondition(spec.grows),
      })
    : say('{name} on {node} should be {condition}.', {
        name,
        node,
        condition: describeCondition(spec.value ?? AT_LEAST_ONE),
      });
  if (now === null)
    return verdict(
      false,
      expected,
      say('{node} has no interface {interface}, so nothing is counted there.', {
        node,
        interface: counterInterface(name) ?? '',
      }),
    );
  if (spec.grows) {
    const before = baselineOf(spec, context);
    const grown = growth(spec, before, now);
    return verdict(
      holds(spec.grows, grown),
      expected,
      grown === 0
        ? say('{name} on {node} has not moved: it was {before} when the task opened and is {now}.', {
            name,
            node,
            before,
            now,
          })
        : say('{name} on {node} has grown by {grown} since the task opened: {before} → {now}.', {
            name,
            node,
            grown,
            before,
            now,
          }),
      [{ label: `${node} ${name}`, text: `${before} → ${now}` }],
    );
  }
  return verdict(
    holds(spec.value ?? AT_LEAST_ONE, now),
    expected,
    say('{name} on {node} is {now}.', { name, node, now }),
    [{ label: `${node} ${name}`, text: String(now) }],
  );
}

async function read(ask: CounterAsk, context: CheckContext): Promise<number> {
  const now = await valueOf(ask, context);
  if (now === null) {
    throw new VethlabError('not_found', `${ask.node} has no interface ${counterInterface(ask.name)} at the moment.`, {
      hint: 'Bring it back, or reset the lab.',
    });
  }
  return ask.grown === true ? growth(ask, baselineOf(ask, context), now) : now;
}

function baselineOf({ node, name }: { node: string; name: string }, context: CheckContext): number {
  return context.baseline.counters[node]?.[name] ?? 0;
}

/** An interface that was made anew began again at zero; everything it shows came after the task opened. */
function growth({ name }: { name: string }, before: number, now: number): number {
  return now < before && counterInterface(name) !== null ? now : now - before;
}

/** Null when the counter is one of an interface that is not there. */
async function valueOf({ node, name }: { node: string; name: string }, context: CheckContext): Promise<number | null> {
  const counters = await context.observer.counters(node, [name]);
  const value = counters.get(name);
  if (value !== undefined) return value;
  // The kernel lists message types (Icmp6.InType128, IcmpMsg.InType8) only once one of them was seen.
  if (/^(IcmpMsg|Icmp6)\.(In|Out)Type\d+$/.test(name)) return 0;
  // With IPv6 switched off there is nothing to count.
  if (/^(Ip6|Icmp6|Udp6|UdpLite6)\./.test(name) && !counters.has('Ip6.InReceives')) return 0;
  const interfaceName = counterInterface(name);
  if (interfaceName !== null && !counters.has(`${interfaceName}.rx_packets`)) return null;
  throw new VethlabError('lab_invalid', say('The kernel of {node} has no counter {name}.', { node, name }), {
    hint: say(
      'The names are those of /proc/net/snmp, netstat and snmp6, or an interface and a field of its statistics.',
    ),
  });
}

/** Counters of an interface are a place too: `eth0.rx_packets`, `qdisc.eth0.drops`. */
function placesOf(spec: CounterSpec | CounterAsk): string[] {
  const interfaceName = counterInterface(spec.name);
  return interfaceName === null ? [spec.node] : [spec.node, `${spec.node}:${interfaceName}`];
}
