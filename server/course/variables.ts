/** Values that differ between learners: chosen from a seed, and put where `${name}` stands. Pure. */
import { createHash } from 'node:crypto';
import {
  bitsOf,
  formatAddress,
  formatCidr,
  networkOf,
  overlaps,
  parseAddress,
  parseCidr,
  type Cidr,
} from './addresses.ts';
import type { AuthorVariable } from './schema/lab-schema.ts';

export type Scalar = string | number | boolean;

export type Choice =
  | { readonly type: 'picked'; readonly value: Scalar }
  /** Values that are chosen together: `${fault.repair}`. `index` counts the entries of the list from 0. */
  | { readonly type: 'record'; readonly members: Readonly<Record<string, unknown>>; readonly index: number }
  | { readonly type: 'subnet'; readonly network: Cidr };

/** The values of one attempt, by the name of the variable. */
export type Choices = ReadonlyMap<string, Choice>;

export interface ChooseOptions {
  readonly seed: string;
  /** Networks that the lab writes literally; chosen ones keep clear of them. */
  readonly taken?: readonly Cidr[];
  /** Picks the entry of this number (modulo the list) instead of one by the seed: lint tries them all. */
  readonly pickIndex?: number;
}

/** What cannot be chosen, by variable. */
export interface ChoiceFault {
  readonly name: string;
  readonly key: 'pick' | 'subnet' | 'prefix';
  readonly message: string;
}

const MAX_TRIES = 200;

/** Chooses in the order of the file. The same seed and variables give the same values, on every machine. */
export function chooseValues(
  variables: Readonly<Record<string, AuthorVariable>>,
  options: ChooseOptions,
): { choices: Choices; faults: ChoiceFault[] } {
  const choices = new Map<string, Choice>();
  const faults: ChoiceFault[] = [];
  const networks: Cidr[] = [];
  for (const [name, variable] of Object.entries(variables)) {
    if (variable.pick) {
      choices.set(name, choosePick(name, variable.pick, options));
      continue;
    }
    const chosen = chooseSubnet(name, variable, options, networks);
    if ('message' in chosen) faults.push(chosen);
    else {
      networks.push(chosen);
      choices.set(name, { type: 'subnet', network: chosen });
    }
  }
  // Texts of a record may hold any variable that is none itself, wherever it stands in the file.
  const plain = new Map([...choices].filter(([, { type }]) => type !== 'record'));
  for (const [name, choice] of choices) {
    if (choice.type !== 'record') continue;
    choices.set(name, { ...choice, members: substitute(choice.members, plain) as typeof choice.members });
  }
  return { choices, faults };
}

function choosePick(name: string, entries: NonNullable<AuthorVariable['pick']>, options: ChooseOptions): Choice {
  const drawn = options.pickIndex ?? Number(hash(options.seed, name, 0) % BigInt(entries.length));
  const index = drawn % entries.length;
  const entry = entries[index] ?? '';
  return typeof entry === 'object' ? { type: 'record', members: entry, index } : { type: 'picked', value: entry };
}

/** The texts that a translation has for entries of records, put in place of the original's. */
export function translateChoices(
  choices: Choices,
  texts: Readonly<Record<string, { readonly pick: readonly Readonly<Record<string, string>>[] }>>,
): Choices {
  const translated = new Map(choices);
  for (const [name, choice] of choices) {
    const entry = choice.type === 'record' ? texts[name]?.pick[choice.index] : undefined;
    if (choice.type !== 'record' || !entry) continue;
    const members = { ...choice.members, ...(substitute(entry, choices) as Record<string, string>) };
    translated.set(name, { ...choice, members });
  }
  return translated;
}

function chooseSubnet(
  name: string,
  variable: AuthorVariable,
  options: ChooseOptions,
  chosen: readonly Cidr[],
): Cidr | ChoiceFault {
  const from = parseCidr(variable.subnet ?? '');
  const prefix = variable.prefix ?? 0;
  if (!from)
    return { name, key: 'subnet', message: `\`${variable.subnet}\` is not a network. Write one such as 10.0.0.0/8.` };
  const bits = bitsOf(from.version);
  if (prefix < from.prefix || prefix > bits) {
    return {
      name,
      key: 'prefix',
      message: `A /${prefix} cannot be cut out of ${variable.subnet}: write ${from.prefix} to ${bits}.`,
    };
  }
  const base = networkOf(from);
  const count = 1n << BigInt(prefix - from.prefix);
  const size = 1n << BigInt(bits - prefix);
  const candidate = (index: bigint): Cidr => ({
    version: base.version,
    prefix,
    value: base.value + (index % count) * size,
  });
  const isFree = (network: Cidr, taken: readonly Cidr[]): boolean => taken.every((other) => !overlaps(network, other));
  // A literal network as wide as the one to cut from (a route to 10.0.0.0/8, say) leaves no room to keep clear of.
  const literal = (options.taken ?? []).filter((other) => other.prefix > from.prefix);
  const start = hash(options.seed, name, 0);
  for (const taken of [[...chosen, ...literal], chosen]) {
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      const network = candidate(hash(options.seed, name, attempt));
      if (isFree(network, taken)) return network;
    }
    // Few candidates: look at each of them.
    const lookedAt = count <= 4096n ? count : 0n;
    for (let index = 0n; index < lookedAt; index++) {
      const network = candidate(start + index);
      if (isFree(network, taken)) return network;
    }
  }
  return {
    name,
    key: 'subnet',
    message: `${variable.subnet} has no room for another /${prefix} beside the other variables.`,
  };
}

function hash(seed: string, name: string, attempt: number): bigint {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, name, attempt]))
    .digest();
  return digest.readBigUInt64BE(0);
}

// `$${name}` is how a shell's own ${name} is written.
const REFERENCE = /\$(\$?)\{([a-z][a-z0-9_]*)(?:\.([a-z0-9_]+))?\}/g;

export interface Reference {
  readonly name: string;
  readonly member: string | undefined;
  /** Within the text. */
  readonly offset: number;
  readonly length: number;
}

/** All `${name}` of a text; escaped ones are none. */
export function referencesIn(text: string): Reference[] {
  return [...text.matchAll(REFERENCE)]
    .filter((match) => match[1] === '')
    .map((match) => ({ name: match[2] ?? '', member: match[3], offset: match.index, length: match[0].length }));
}

/** The value of a reference, or why it has none. */
export function valueOf(
  reference: Pick<Reference, 'name' | 'member'>,
  choices: Choices,
): { value: unknown } | { fault: string } {
  const { name, member } = reference;
  const choice = choices.get(name);
  if (!choice) return { fault: `There is no variable \`${name}\`.` };
  if (choice.type === 'record') return memberOf(name, choice.members, member);
  if (member === undefined) return { value: choice.type === 'picked' ? choice.value : formatCidr(choice.network) };
  if (choice.type === 'picked')
    return { fault: `\`${name}\` is one value; only a subnet has parts such as \`\${${name}.1}\`.` };
  const { network } = choice;
  if (member === 'prefix') return { value: network.prefix };
  if (!/^\d{1,18}$/.test(member))
    return {
      fault: `\`${member}\` is not a part of a subnet: write a number, such as \`\${${name}.1}\`, or \`\${${name}.prefix}\`.`,
    };
  const host = BigInt(member);
  if (host >= 1n << BigInt(bitsOf(network.version) - network.prefix))
    return { fault: `A /${network.prefix} has no address number ${member}.` };
  return { value: formatAddress({ version: network.version, value: network.value + host }) };
}

function memberOf(
  name: string,
  members: Readonly<Record<string, unknown>>,
  member: string | undefined,
): { value: unknown } | { fault: string } {
  const written = Object.keys(members).map((key) => `\`\${${name}.${key}}\``);
  if (member === undefined) return { fault: `\`${name}\` is a map: write one of its values, ${written.join(', ')}.` };
  if (Object.hasOwn(members, member)) return { value: members[member] };
  return { fault: `\`${name}\` has no key \`${member}\`. It has ${written.join(', ')}.` };
}

/** What can stand in the middle of a text. */
export function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Puts the values into a text; references without a value stay as they are. */
export function substituteText(text: string, choices: Choices): string {
  if (!text.includes('${')) return text;
  return text.replace(REFERENCE, (whole, escape: string, name: string, member: string | undefined) => {
    if (escape) return whole.slice(1);
    const found = valueOf({ name, member }, choices);
    return 'value' in found && isScalar(found.value) ? String(found.value) : whole;
  });
}

/** Puts the values into all texts of plain data. A text that is one reference alone takes the value's own type. */
export function substitute(data: unknown, choices: Choices): unknown {
  if (typeof data === 'string') {
    const [only] = data.startsWith('${') ? referencesIn(data) : [];
    if (only?.length !== data.length) return substituteText(data, choices);
    const found = valueOf(only, choices);
    return 'value' in found ? found.value : data;
  }
  if (Array.isArray(data)) return data.map((item: unknown) => substitute(item, choices));
  if (typeof data === 'object' && data !== null) {
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, substitute(value, choices)]));
  }
  return data;
}

/** The values as texts, for whoever shows them: `lan`, `lan.prefix`, `size`. */
export function namedValues(choices: Choices): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, choice] of choices) {
    if (choice.type === 'picked') values[name] = String(choice.value);
    else if (choice.type === 'record') values[name] = `entry ${choice.index + 1}`;
    else {
      values[name] = formatCidr(choice.network);
      values[`${name}.prefix`] = String(choice.network.prefix);
    }
  }
  return values;
}

/** Networks and addresses written literally in plain data. */
export function literalNetworks(data: unknown): Cidr[] {
  const found: Cidr[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      for (const [text] of value.matchAll(/\d+\.\d+\.\d+\.\d+(?:\/\d+)?/g)) {
        const network = parseCidr(text) ?? asHost(text);
        if (network && network.prefix > 0) found.push(networkOf(network));
      }
    } else if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(data);
  return found;
}

function asHost(text: string): Cidr | null {
  const address = parseAddress(text);
  return address && { ...address, prefix: bitsOf(address.version) };
}
