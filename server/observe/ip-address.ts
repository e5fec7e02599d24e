/** Addresses in one written form, so that `fd00::1` and `FD00:0::1` compare equal. Pure. */
import { isIPv4, isIPv6 } from 'node:net';

/** The address in canonical text (RFC 5952 for IPv6, no zone); null when it is no IPv4 or IPv6 address. */
export function canonicalAddress(text: string): string | null {
  const address = text.trim().replace(/%.*$/, '');
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return null;
  // A URL's host is serialised as RFC 5952 asks for.
  return new URL(`http://[${address}]/`).hostname.slice(1, -1);
}

/** `10.0.0.1/24` or `10.0.0.1` with a canonical address; null when it is neither. */
export function canonicalPrefix(text: string): string | null {
  const [address = '', length, ...rest] = text.trim().split('/');
  const canonical = canonicalAddress(address);
  if (canonical === null || rest.length > 0) return null;
  if (length === undefined) return canonical;
  const bits = /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  return bits <= (isIPv4(canonical) ? 32 : 128) ? `${canonical}/${bits}` : null;
}

/** 4 or 6. */
export function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}
