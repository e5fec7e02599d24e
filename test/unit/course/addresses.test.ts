import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAddress,
  formatCidr,
  isWithin,
  networkOf,
  overlaps,
  parseAddress,
  parseCidr,
} from '../../../server/course/addresses.ts';

describe('addresses', () => {
  it('are read with their prefix', () => {
    expect(parseCidr('10.0.1.1/24')).toEqual({ version: 4, value: 0x0a000101n, prefix: 24 });
    expect(parseCidr('fd00:1::1/64')).toEqual({ version: 6, value: (0xfd000001n << 96n) + 1n, prefix: 64 });
  });

  it.each([
    '10.0.1.1',
    '10.0.1/24',
    '10.0.1.256/24',
    '10.0.1.1/33',
    '010.0.0.1/8',
    '10.0.1.1/24/8',
    ':::/64',
    'fd00:::1/64',
    '1:2:3:4:5:6:7/64',
    '',
    '/24',
    '::1/129',
  ])('refuses %j', (text) => {
    expect(parseCidr(text)).toBeNull();
  });

  it('are written as RFC 5952 asks', () => {
    const written = (text: string): string | null => {
      const address = parseAddress(text);
      return address && formatAddress(address);
    };
    expect(written('2001:0DB8:0:0:1:0:0:1')).toBe('2001:db8::1:0:0:1');
    expect(written('0:0:0:0:0:0:0:0')).toBe('::');
    expect(written('fe80:0:0:0:0:0:0:1')).toBe('fe80::1');
    expect(written('1:2:3:0:5:6:7:8')).toBe('1:2:3:0:5:6:7:8');
    expect(written('::ffff:10.0.0.1')).toBe('::ffff:a00:1');
  });

  it('are what they were after writing and reading', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.record({ version: fc.constant(4 as const), value: fc.bigInt(0n, 2n ** 32n - 1n) }),
          fc.record({ version: fc.constant(6 as const), value: fc.bigInt(0n, 2n ** 128n - 1n) }),
        ),
        (address) => {
          expect(parseAddress(formatAddress(address))).toEqual(address);
        },
      ),
    );
  });

  it('belong to networks', () => {
    const network = parseCidr('10.0.4.0/22');
    const address = parseAddress('10.0.7.9');
    if (!network || !address) throw new Error('The examples do not parse.');
    expect(isWithin(address, network)).toBe(true);
    expect(formatCidr(networkOf({ ...address, prefix: 24 }))).toBe('10.0.7.0/24');
    expect(overlaps(network, { ...address, prefix: 32 })).toBe(true);
    expect(overlaps(network, { ...network, value: network.value + 1024n })).toBe(false);
  });
});
