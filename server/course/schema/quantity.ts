/** Schemas of single values that authors write as text: quantities, addresses, names. */
import { z } from 'zod';
import { exampleOf, parseQuantity, type Unit } from '../../check/units.ts';
import { parseAddress, parseCidr, type IpVersion } from '../addresses.ts';

export interface Range {
  readonly min?: number;
  readonly max?: number;
  /** How the bounds are said: "between 68 and 65535 bytes". */
  readonly words?: string;
}

/** A number, or a text with a unit. The output is in the unit's base. Times need their unit: 0 is the only bare one. */
export function quantity(unit: Unit, range: Range = {}): z.ZodType<number, number | string> {
  return z
    .union([z.number(), z.string()], { error: () => `Write ${exampleOf(unit)}.` })
    .transform((written, context) => {
      const isBareTime = unit === 'ms' && written !== 0 && /^[\d.]+$/.test(String(written));
      const value = typeof written === 'number' ? written : parseQuantity(written, unit);
      if (value === null || !Number.isFinite(value) || isBareTime) {
        const reason = isBareTime ? `\`${written}\` lacks a unit.` : `\`${written}\` is not understood.`;
        context.addIssue({ code: 'custom', message: `${reason} Write ${exampleOf(unit)}.` });
        return z.NEVER;
      }
      const { min = 0, max = Number.MAX_SAFE_INTEGER } = range;
      if (value < min || value > max) {
        context.addIssue({
          code: 'custom',
          message: `\`${written}\` is out of range: ${range.words ?? `${min} to ${max}`}.`,
        });
        return z.NEVER;
      }
      return value;
    });
}

export const percent = (): z.ZodType<number, number | string> => quantity('percent', { max: 100, words: '0% to 100%' });

/** Text with at least one visible character. */
export const text = (): z.ZodString =>
  z.string().refine((value) => value.trim() !== '', { error: 'Write some text here.' });

/** An address with its prefix length. The output is the text, as `ip addr add` takes it. */
export function cidr(version: IpVersion): z.ZodType<string, string> {
  const example = version === 4 ? '10.0.1.1/24' : 'fd00:1::1/64';
  return z
    .string({ error: () => `Write an address with its prefix length, such as ${example}.` })
    .superRefine((written, context) => {
      const parsed = parseCidr(written);
      if (parsed?.version === version) return;
      let reason = `\`${written}\` is not an IPv${version} address.`;
      if (parsed) reason = `\`${written}\` is an IPv${parsed.version} address.`;
      else if (parseAddress(written)) reason = `\`${written}\` lacks a prefix length.`;
      context.addIssue({
        code: 'custom',
        message: `${reason} Write it like ${example}.`,
        params: { code: 'bad_address' },
      });
    });
}

/** RFC 7042: the low bit of the first byte marks group addresses, which no interface can have. */
export const mac: z.ZodType<string, string> = z.string().superRefine((written, context) => {
  if (!/^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(written)) {
    context.addIssue({
      code: 'custom',
      message: `\`${written}\` is not a MAC address. Write six bytes like 02:00:00:00:00:01.`,
    });
  } else if (Number.parseInt(written.slice(0, 2), 16) % 2 === 1) {
    context.addIssue({
      code: 'custom',
      message: `\`${written}\` is a group address: its first byte is odd. Write one like 02:00:00:00:00:01.`,
    });
  }
});

export const NODE_NAME = /^[A-Za-z][A-Za-z0-9-]{0,30}$/;
export const NODE_NAME_RULE = 'A node name has up to 31 letters, digits and dashes, and begins with a letter.';
export const TASK_NAME = /^[a-z][a-z0-9_-]{0,40}$/;
export const TASK_NAME_RULE =
  'A task name has up to 41 lower-case letters, digits, underscores and dashes, and begins with a letter.';

/** What the kernel takes as an interface name (dev_valid_name in net/core/dev.c), and why not; null when it does. */
export function interfaceNameFault(name: string): string | null {
  const bytes = Buffer.byteLength(name);
  if (bytes > 15) return `The interface name \`${name}\` has ${bytes} bytes; the kernel takes at most 15.`;
  if (name === '' || name === '.' || name === '..' || /[/:\s]/.test(name)) {
    return `\`${name}\` cannot be an interface name: it must not be empty or hold \`/\`, \`:\` or white space.`;
  }
  return null;
}
