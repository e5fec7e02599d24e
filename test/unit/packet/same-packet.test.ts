import { describe, expect, it } from 'vitest';
import { identify, isSamePacket } from '../../../server/packet/same-packet.ts';

const MACS = '020000000102020000000101';

function frame(hexText: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hexText.replaceAll(/\s/g, ''), 'hex'));
}

/** An IPv4 packet of 16 bytes of content, or a part of it; `offset` in units of eight bytes. */
function ipv4({
  macs = MACS,
  ttl = '40',
  checksum = '0000',
  offset = 0,
  more = false,
  content = CONTENT,
  protocol = '01',
}) {
  const length = (20 + content.length / 2).toString(16).padStart(4, '0');
  const flags = ((more ? 0x2000 : 0) | offset).toString(16).padStart(4, '0');
  return frame(`${macs}0800 4500${length} 1234${flags} ${ttl}${protocol}${checksum} 0a000001 0a000102 ${content}`);
}

const CONTENT = '0800f7ff00010001aabbccddeeff0011';

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  const [first, second] = [identify(a), identify(b)];
  return first !== null && second !== null && isSamePacket(first, second);
}

describe('the same packet at two places', () => {
  it('is the same with other MAC addresses, another TTL and another header checksum', () => {
    const later = ipv4({ macs: '020000000202020000000201', ttl: '3f', checksum: 'abcd' });
    expect(isSame(ipv4({}), later)).toBe(true);
  });

  it('is the same under a VLAN tag and with padding', () => {
    const tagged = Buffer.concat([Buffer.from(`${MACS}81000064`, 'hex'), ipv4({}).subarray(12), new Uint8Array(6)]);
    expect(isSame(ipv4({}), tagged)).toBe(true);
  });

  it('is found in its pieces, which are not the same as each other', () => {
    const first = ipv4({ content: CONTENT.slice(0, 16), more: true });
    const second = ipv4({ content: CONTENT.slice(16), offset: 1 });
    expect(isSame(ipv4({}), first)).toBe(true);
    expect(isSame(ipv4({}), second)).toBe(true);
    expect(isSame(first, second)).toBe(false);
  });

  it('is another with another content', () => {
    expect(isSame(ipv4({}), ipv4({ content: CONTENT.replace('0001aabb', '0002aabb') }))).toBe(false);
  });

  it('may have its transport checksum filled in on the way', () => {
    const udp = '1234003500100000aabbccddeeff0011';
    const sent = ipv4({ protocol: '11', content: udp });
    expect(isSame(sent, ipv4({ protocol: '11', content: udp.replace('00100000', '0010beef') }))).toBe(true);
    expect(isSame(sent, ipv4({ protocol: '11', content: udp.replace('1234', '1235') }))).toBe(false);
  });

  it('ignores the hop limit of IPv6', () => {
    const ipv6 = (hops: string): Uint8Array =>
      frame(`${MACS}86dd 60000000 0004 3a${hops} ${'20'.repeat(16)} ${'30'.repeat(16)} 80001234`);
    expect(isSame(ipv6('40'), ipv6('3f'))).toBe(true);
  });

  it('takes frames that are too short for anything', () => {
    for (let length = 0; length < 60; length += 1) expect(() => identify(ipv4({}).subarray(0, length))).not.toThrow();
    expect(identify(new Uint8Array(14))).toBeNull();
  });
});
