/** Keys that several kinds share, with the words an instructor reads in the editor. Pure. */
import { z } from 'zod';
import { canonicalAddress, canonicalPrefix } from '../observe/ip-address.ts';
import { textCondition } from './condition.ts';

export const nodeName = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/, 'Write the name of a node of the topology, for example h1.')
  .describe('The node that is looked at.');

// IFNAMSIZ is 16 with the closing zero (include/uapi/linux/if.h).
const INTERFACE = String.raw`[^\s/:]{1,15}`;

export const interfaceName = z
  .string()
  .regex(new RegExp(`^${INTERFACE}$`), 'Write the name of an interface, at most 15 characters, for example eth0.')
  .describe('The interface of the node, for example eth0.');

export const endpoint = z
  .string()
  .regex(new RegExp(`^[A-Za-z0-9_][A-Za-z0-9_.-]*:${INTERFACE}$`), 'Write node:interface, for example "h1:eth0".');

const toAddress = (written: string, context: z.RefinementCtx): string => {
  const canonical = canonicalAddress(written);
  if (canonical !== null) return canonical;
  context.addIssue({ code: 'custom', message: `“${written}” is not an IPv4 or IPv6 address.` });
  return z.NEVER;
};

export const address = z.string().transform(toAddress);

/** An address to look up, or `default`. */
export const destination = z
  .string()
  .transform((written, context) => (written === 'default' ? written : toAddress(written, context)));

export const prefix = z.string().transform((written, context) => {
  const canonical = canonicalPrefix(written);
  if (canonical !== null) return canonical;
  context.addIssue({ code: 'custom', message: `“${written}” is not an address such as 10.0.0.1/24.` });
  return z.NEVER;
});

/** One text or a list of them; the output is a list of what `one` makes of each. */
export function oneOrMore<T>(one: z.ZodType<T, string>): z.ZodType<T[]> {
  return z
    .union([z.string(), z.array(z.string()).min(1)], { error: () => 'Write one text, or a list of them.' })
    .transform((written) => (typeof written === 'string' ? [written] : written))
    .pipe(z.array(one));
}

export const addressCondition = textCondition(
  (text) => (text === 'none' ? text : canonicalAddress(text)),
  'an address such as 10.0.1.254',
);
export const macCondition = textCondition((text) => {
  const mac = text.toLowerCase().replaceAll('-', ':');
  return /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac) ? mac : null;
}, 'a MAC address such as 02:00:00:00:00:01');
/** States and the like: case does not matter. */
export const wordCondition = textCondition((text) => text.toLowerCase(), 'a word');

export const port = z.number().int().min(1, 'A port is 1 to 65535.').max(65535, 'A port is 1 to 65535.');

/** Refuses a spec in which none of the keys is written, naming them. */
export function needsOneOf<T extends object>(
  keys: readonly (keyof T & string)[],
): (spec: T, context: z.RefinementCtx<T>) => void {
  return (spec, context) => {
    if (context.issues.length > 0 || keys.some((key) => spec[key] !== undefined)) return;
    context.addIssue({ code: 'custom', message: `Nothing is asked for. Write one of ${keys.join(', ')}.` });
  };
}

/** The field a computed answer asks for, written as `mac: true`. */
export const asked = z.literal(true, { error: () => 'Write true at the field that the question asks for.' });

/** The one key of `keys` that is asked for. */
export function askedField<K extends string>(
  spec: Partial<Record<K, true | undefined>>,
  keys: readonly K[],
): K | undefined {
  return keys.find((key) => spec[key] === true);
}

/** Refuses an answer's spec that does not ask for exactly one field. */
export function asksOne<T extends object>(
  keys: readonly (keyof T & string)[],
): (spec: T, context: z.RefinementCtx<T>) => void {
  return (spec, context) => {
    if (context.issues.length > 0 || keys.filter((key) => spec[key] !== undefined).length === 1) return;
    context.addIssue({
      code: 'custom',
      message: `A question asks for one field: write true at one of ${keys.join(', ')}.`,
    });
  };
}
