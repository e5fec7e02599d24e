/** `address`: addresses of an interface. */
import { z } from 'zod';
import { VethlabError } from '../../base/errors.ts';
import { verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { asked, asksOne, interfaceName, needsOneOf, nodeName, oneOrMore, prefix } from '../fields.ts';
import { say, series } from '../../base/sentence.ts';
export const addressSchema = z
  .strictObject({
    node: nodeName,
    interface: interfaceName,
    has: oneOrMore(prefix)
      .optional()
      .describe('Addresses it must have, 10.0.0.1/24; without a length any length is right.'),
    lacks: oneOrMore(prefix).optional().describe('Addresses it must not have.'),
  })
  .superRefine(needsOneOf(['has', 'lacks']));

export const addressAskSchema = z
  .strictObject({
    node: nodeName,
    interface: interfaceName,
    ipv4: asked.optional().describe('Its first IPv4 address is asked for, without the length.'),
    ipv6: asked.optional().describe('Its first IPv6 address that is not link-local is asked for, without the length.'),
    length: asked.optional().describe('The length of the prefix of its first IPv4 address is asked for.'),
  })
  .superRefine(asksOne(['ipv4', 'ipv6', 'length']));

export type AddressSpec = z.output<typeof addressSchema>;
export type AddressAsk = z.output<typeof addressAskSchema>;

export const addressKind: CheckKind<AddressSpec, AddressAsk> = {
  name: 'address',
  cost: 'cheap',
  schema: addressSchema,
  captures: () => [],
  baselines: () => [],
  places: (spec) => [spec.node, `${spec.node}:${spec.interface}`],
  ask: { schema: addressAskSchema, read },
  judge,
};

async function judge(spec: AddressSpec, context: CheckContext): Promise<Verdict> {
  const place = `${spec.node}:${spec.interface}`;
  const addresses = await addressesOf(spec, context);
  const has = spec.has ?? [];
  const lacks = spec.lacks ?? [];
  const missing = has.filter((wanted) => !addresses?.some((address) => isThis(wanted, address)));
  const unwanted = lacks.filter((refused) => addresses?.some((address) => isThis(refused, address)));
  const demands = [
    ...(has.length > 0
      ? [say('{place} should have the address {addresses}.', { place, addresses: series(has, 'and') })]
      : []),
    ...(lacks.length > 0
      ? [say('{place} should not have the address {addresses}.', { place, addresses: series(lacks, 'or') })]
      : []),
  ];
  const expected = series(demands, 'sentences');
  // Without the interface nothing is said about its addresses; a `lacks` must not pass because it was deleted.
  if (!addresses) return verdict(false, expected, say('{node} has no interface {interface}.', spec));
  return verdict(
    missing.length + unwanted.length === 0,
    expected,
    addresses.length === 0
      ? say('{place} has no address.', { place })
      : say('{place} has {addresses}.', { place, addresses: series(addresses, 'comma') }),
    [{ label: `ip addr show ${spec.interface}`, text: addresses.join(', ') || say('none') }],
  );
}

async function read(ask: AddressAsk, context: CheckContext): Promise<string | number> {
  const addresses = (await addressesOf(ask, context)) ?? [];
  const ipv4 = addresses.find((address) => !address.includes(':'));
  const ipv6 = addresses.find((address) => address.includes(':') && !address.startsWith('fe80:'));
  const [address, length] = (ask.ipv6 === true ? ipv6 : ipv4)?.split('/') ?? [];
  if (address === undefined) {
    throw new VethlabError('not_found', `${ask.node}:${ask.interface} has no such address at the moment.`, {
      hint: 'Give it back, or reset the lab.',
    });
  }
  return ask.length === true ? Number(length) : address;
}

async function addressesOf(
  spec: { node: string; interface: string },
  context: CheckContext,
): Promise<readonly string[] | undefined> {
  const interfaces = await context.observer.interfaces(spec.node);
  return interfaces.find((one) => one.name === spec.interface)?.addresses;
}

function isThis(written: string, address: string): boolean {
  return written === (written.includes('/') ? address : address.split('/')[0]);
}
