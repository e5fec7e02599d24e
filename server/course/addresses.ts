/** IP addresses and networks as numbers: RFC 791, RFC 4291 (text forms), RFC 5952 (how IPv6 is written). Pure. */

export type IpVersion = 4 | 6;

export interface Address {
  readonly version: IpVersion;
  readonly value: bigint;
}

/** An address with a prefix length, as `ip addr` takes it. */
export interface Cidr extends Address {
  readonly prefix: number;
}

export function bitsOf(version: IpVersion): number {
  return version === 4 ? 32 : 128;
}

export function parseAddress(text: string): Address | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/** `10.0.1.1/24` or `fd00::1/64`; null where the prefix is missing or too long. */
export function parseCidr(text: string): Cidr | null {
  const [host, length, ...rest] = text.split('/');
  const address = host === undefined ? null : parseAddress(host);
  if (!address || length === undefined || rest.length > 0 || !/^\d{1,3}$/.test(length)) return null;
  const prefix = Number(length);
  return prefix <= bitsOf(address.version) ? { ...address, prefix } : null;
}

export function networkOf(cidr: Cidr): Cidr {
  const hostBits = BigInt(bitsOf(cidr.version) - cidr.prefix);
  return { ...cidr, value: (cidr.value >> hostBits) << hostBits };
}

export function isWithin(address: Address, network: Cidr): boolean {
  if (address.version !== network.version) return false;
  const hostBits = BigInt(bitsOf(network.version) - network.prefix);
  return address.value >> hostBits === network.value >> hostBits;
}

export function overlaps(one: Cidr, other: Cidr): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

export function formatCidr(cidr: Cidr): string {
  return `${formatAddress(cidr)}/${cidr.prefix}`;
}

export function formatAddress(address: Address): string {
  if (address.version === 4) {
    return [24n, 16n, 8n, 0n].map((shift) => String((address.value >> shift) & 255n)).join('.');
  }
  const groups = Array.from({ length: 8 }, (_, index) => Number((address.value >> BigInt(112 - 16 * index)) & 0xffffn));
  const zeros = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (zeros.length < 2) return hex.join(':');
  return `${hex.slice(0, zeros.start).join(':')}::${hex.slice(zeros.start + zeros.length).join(':')}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  return best;
}

function parseIpv4(text: string): Address | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let value = 0n;
  for (const part of parts) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null;
    value = (value << 8n) | BigInt(part);
  }
  return { version: 4, value };
}

function parseIpv6(text: string): Address | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groupsOf(halves[0] ?? '');
  const tail = groupsOf(halves[1] ?? '');
  if (!head || !tail) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...tail];
  return { version: 6, value: groups.reduce((sum, group) => (sum << 16n) | group, 0n) };
}

function groupsOf(text: string): bigint[] | null {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (part.includes('.') && index === parts.length - 1) {
      const embedded = parseIpv4(part);
      if (!embedded) return null;
      groups.push(embedded.value >> 16n, embedded.value & 0xffffn);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return null;
  }
  return groups;
}

/** RFC 3927 and RFC 4291: every interface may have one of these beside its other addresses. */
export function isLinkLocal(cidr: Cidr): boolean {
  return cidr.version === 4 ? cidr.value >> 16n === 0xa9fen : cidr.value >> 118n === 0x3fan;
}
